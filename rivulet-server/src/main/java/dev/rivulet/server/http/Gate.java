package dev.rivulet.server.http;

import dev.rivulet.projects.Access;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.Projects;
import dev.rivulet.projects.Role;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets an exchange in by its key: 401 when the key is missing or wrong, 403 when it is a right key
 * for another door, project or board, 404 when the project does not exist. Thread-safe.
 */
final class Gate {
  private static final int SCHEME = "Bearer ".length();

  private final Credentials credentials;
  private final FailedKeys failures;
  private final Projects projects;
  private final BoardKeys boards;
  private final Workers workers;

  Gate(Projects projects, BoardKeys boards, Workers workers, Bounds bounds) {
    this.projects = projects;
    this.boards = boards;
    this.workers = workers;
    this.credentials = new Credentials(projects, bounds.eventsPerSecond());
    this.failures = new FailedKeys(bounds.failedKeysPerMinute());
  }

  /** Runs {@code next} on the event loop, at once when the key is known, once it may come in. */
  void admit(Exchange exchange, Consumer<Exchange> next) {
    String key = presented(exchange);
    if (key == null) {
      throw Problem.unauthorized(
          exchange.route().template()
              + " needs a key: send 'Authorization: Bearer <key>' with "
              + exchange.route().door().opener());
    }
    admit(exchange, key, next);
  }

  /** As above with the key at hand. */
  void admit(Exchange exchange, String key, Consumer<Exchange> next) {
    Credential cached = credentials.cached(key);
    if (cached != null) {
      enter(exchange, cached, next);
      return;
    }
    String address = exchange.address();
    long wait = failures.secondsLeft(address, System.nanoTime());
    if (wait > 0) {
      throw Problem.tooManyRequests("too many wrong keys came from " + address, wait);
    }
    exchange.pause();
    workers.execute(
        () -> {
          try {
            Credential found = credentials.lookUp(key);
            exchange.onLoop(() -> lookedUp(exchange, found, address, next));
          } catch (Throwable failure) {
            exchange.onLoop(() -> exchange.fail(failure));
          }
        });
  }

  private void lookedUp(
      Exchange exchange, @Nullable Credential found, String address, Consumer<Exchange> next) {
    if (found == null) {
      failures.add(address, System.nanoTime());
      throw Problem.unauthorized("the key is not known here");
    }
    enter(exchange, found, next);
  }

  private void enter(Exchange exchange, Credential credential, Consumer<Exchange> next) {
    Access access = credential.access();
    if (access.board() != null) {
      enterBoard(exchange, credential, next);
      return;
    }
    Door door = exchange.route().door();
    if (!door.opensFor(access.role())) {
      throw Problem.forbidden(
          "a "
              + access.role().word()
              + " key does not open "
              + exchange.route().template()
              + ": it takes "
              + door.opener());
    }
    String wanted = exchange.parameters().text("project");
    if (wanted == null || wanted.equals(access.project())) {
      exchange.admit(credential, access.project());
      next.accept(exchange);
    } else {
      enterOther(exchange, credential, wanted, next);
    }
  }

  /** The key of one board opens what that board asks. */
  private void enterBoard(Exchange exchange, Credential credential, Consumer<Exchange> next) {
    Access access = credential.access();
    if (boards.admits(exchange, access)) {
      exchange.admit(credential, access.project());
      next.accept(exchange);
      return;
    }
    exchange.pause();
    workers.execute(
        () -> {
          try {
            boards.look(exchange, access);
            exchange.onLoop(
                () -> {
                  exchange.admit(credential, access.project());
                  next.accept(exchange);
                });
          } catch (Throwable failure) {
            exchange.onLoop(() -> exchange.fail(failure));
          }
        });
  }

  /** Only the admin key of the default project reaches into others. */
  private void enterOther(
      Exchange exchange, Credential credential, String wanted, Consumer<Exchange> next) {
    boolean master =
        credential.access().role() == Role.ADMIN
            && credential.access().project().equals(Project.DEFAULT);
    exchange.pause();
    workers.execute(
        () -> {
          try {
            projects.require(wanted);
            if (!master) {
              throw Problem.forbidden(
                  "the key is of project '"
                      + credential.access().project()
                      + "', not of '"
                      + wanted
                      + "'");
            }
            exchange.onLoop(
                () -> {
                  exchange.admit(credential, wanted);
                  next.accept(exchange);
                });
          } catch (Throwable failure) {
            exchange.onLoop(() -> exchange.fail(failure));
          }
        });
  }

  /** The key of the header, else of the parameter {@code key}. */
  static @Nullable String presented(Exchange exchange) {
    String header = exchange.header(HttpHeaderNames.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, "Bearer ", 0, SCHEME)) {
      String key = header.substring(SCHEME).trim();
      return key.isEmpty() ? null : key;
    }
    return exchange.parameters().text("key");
  }

  /**
   * The user name of Basic credentials, which is where Segment's libraries put the key.
   *
   * @throws Problem 401 when the header is malformed
   */
  static @Nullable String basicUser(Exchange exchange) {
    String header = exchange.header(HttpHeaderNames.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).trim());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      String user = colon < 0 ? pair : pair.substring(0, colon);
      return user.isEmpty() ? null : user;
    } catch (IllegalArgumentException e) {
      throw Problem.unauthorized("the Basic credentials are not Base64");
    }
  }
}
