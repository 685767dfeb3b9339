package dev.rivulet.server;

import dev.rivulet.Rivulet;
import dev.rivulet.projects.Access;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.Projects;
import dev.rivulet.projects.Role;
import dev.rivulet.server.http.Bounds;
import dev.rivulet.server.http.WebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server: the library with its doors open. */
public final class RivuletServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RivuletServer.class);
  private static final int GUESSABLE = 16;

  private final Rivulet rivulet;
  private final WebServer web;
  private final URI address;
  private final Map<Role, String> issued;

  private RivuletServer(Rivulet rivulet, WebServer web, URI address, Map<Role, String> issued) {
    this.rivulet = rivulet;
    this.web = web;
    this.address = address;
    this.issued = issued;
  }

  /**
   * Starts a server.
   *
   * @throws IllegalStateException when the port is taken, saying what to do
   * @throws RuntimeException when the store cannot be reached or the data is in use, saying so
   */
  public static RivuletServer start(Settings settings) {
    return start(settings, settings.bounds());
  }

  /** Starts a server with bounds of its own. */
  public static RivuletServer start(Settings settings, Bounds bounds) {
    checkPort(settings);
    Rivulet rivulet = Rivulet.open(settings.options());
    try {
      Map<Role, String> issued = keys(rivulet.projects(), settings);
      WebServer web = WebServer.start(rivulet, bounds, settings.host(), settings.port());
      return new RivuletServer(rivulet, web, address(settings.host(), web.port()), issued);
    } catch (BindException e) {
      rivulet.close();
      throw taken(settings, e);
    } catch (RuntimeException e) {
      rivulet.close();
      throw e;
    }
  }

  /** Where it listens. */
  public URI address() {
    return address;
  }

  public Rivulet rivulet() {
    return rivulet;
  }

  /** The keys that were made at this start; they are not shown again. */
  public Map<Role, String> issuedKeys() {
    return issued;
  }

  /** Stops to accept, finishes what is under way, then closes the library. */
  @Override
  public void close() {
    try {
      web.close();
    } finally {
      rivulet.close();
    }
  }

  private static Map<Role, String> keys(Projects projects, Settings settings) {
    var issued = new EnumMap<Role, String>(Role.class);
    for (Role role : Role.values()) {
      String set = settings.keys().get(role);
      if (set != null) {
        if (set.length() < GUESSABLE) {
          log.warn(
              "the {} key has {} characters and can be guessed: take 16 or more, for example from"
                  + " `openssl rand -hex 16`",
              role.word(),
              set.length());
        }
        projects.trust(set, new Access(Project.DEFAULT, role));
      } else if (!projects.hasKey(Project.DEFAULT, role)) {
        issued.put(role, projects.issue(Project.DEFAULT, role).key());
      }
    }
    if (settings.embedded() && !issued.isEmpty()) {
      new KeyFile(settings.data()).add(issued);
    }
    return issued;
  }

  /** Before the store is opened, so that a taken port is told at once and by its name. */
  private static void checkPort(Settings settings) {
    if (settings.port() == 0) {
      return;
    }
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
    } catch (IOException e) {
      throw taken(settings, e);
    }
  }

  private static IllegalStateException taken(Settings settings, IOException e) {
    return new IllegalStateException(
        "cannot listen on "
            + settings.host()
            + " port "
            + settings.port()
            + ": "
            + e.getMessage()
            + ". Choose another port with --port (RIVULET_PORT), or stop what listens there",
        e);
  }

  private static URI address(String host, int port) {
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    String name = everywhere ? "127.0.0.1" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port);
  }
}
