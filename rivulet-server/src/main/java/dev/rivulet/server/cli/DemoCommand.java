package dev.rivulet.server.cli;

import dev.rivulet.projects.Project;
import dev.rivulet.projects.Role;
import dev.rivulet.server.RivuletServer;
import dev.rivulet.server.Settings;
import dev.rivulet.server.cli.shop.ShopFunnels;
import dev.rivulet.server.cli.shop.ShopSimulator;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A server on data of its own, with a simulated shop whose visitors send events over HTTP. */
@Command(
    name = "demo",
    description =
        "Runs a server with a simulated shop on three nodes: seven weeks of history, then live"
            + " visitors.",
    modelTransformer = ServerOptions.class,
    footer = {"", "Its data is in ~/.rivulet/demo, apart from that of `rivulet serve`."})
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 8_321;
  private static final String MARK = "shop-sent";
  private static final String CLEARED = "\r\u001b[2K";
  private static final String SENDING =
      CLEARED + "Sending its last seven weeks: %,d events and %,d samples, %.0f %%";

  /** Cohorts of seven weeks, and all of the first day. */
  private static final Duration HISTORY = Duration.ofDays(50);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    var line = RivuletCommand.of(spec);
    var out = line.getOut();
    var settings = settings(line.getCommandSpec());
    var shop = new AtomicReference<@Nullable ShopSimulator>();
    var running = RunningServer.start(settings, () -> close(shop.get()));
    var server = running.server();
    var keys = keys(server, settings);
    running.ready(out);
    out.println();
    out.println("  Open  " + server.address() + "/#key=" + keys.get(Role.READ));
    out.println();
    out.println(
        "A simulated shop sends its visitors as they come, what its three nodes measure, and its last"
            + " seven weeks. Ctrl+C stops it.");
    out.flush();

    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    var simulator =
        new ShopSimulator(
            http,
            server.address(),
            required(keys, Role.WRITE),
            InstantSource.system(),
            SEED,
            settings.embedded() ? settings.data().resolve(MARK) : null);
    shop.set(simulator);
    ShopFunnels.define(server.rivulet().definitions());
    simulator.live();
    sendHistory(simulator, Terminal.of(line));
    running.await();
    return 0;
  }

  /** In the foreground, since a server that does not take it is a reason to stop. */
  private static void sendHistory(ShopSimulator simulator, Terminal terminal)
      throws InterruptedException {
    long began = System.nanoTime();
    var all =
        simulator.history(
            HISTORY,
            (sent, share) -> {
              if (terminal.ansi()) {
                terminal
                    .out()
                    .print(
                        String.format(
                            Locale.ROOT, SENDING, sent.events(), sent.samples(), 100 * share));
                terminal.out().flush();
              }
            });
    double seconds = (System.nanoTime() - began) / 1e9;
    terminal.print(
        (terminal.ansi() ? CLEARED : "")
            + String.format(
                Locale.ROOT,
                "Its last seven weeks: %,d events and %,d samples in %.1f s.",
                all.events(),
                all.samples(),
                seconds));
  }

  /** Unless told where, the demonstration keeps apart from real data. */
  private static Settings settings(CommandSpec spec) {
    Settings settings = ServerOptions.settings(spec, System.getenv());
    boolean told =
        spec.commandLine().getParseResult().hasMatchedOption("--data")
            || Environment.named(System.getenv(), "RIVULET_DATA") != null;
    return told ? settings : settings.withData(home().resolve("demo"));
  }

  private static Path home() {
    return Environment.dataDirectory(Map.of());
  }

  /** The keys set, just made or kept; a lost one is replaced. */
  private static Map<Role, String> keys(RivuletServer server, Settings settings) {
    var keys = new HashMap<Role, String>(settings.keys());
    server.issuedKeys().forEach(keys::putIfAbsent);
    var kept = Keys.of(Map.of(), settings.data());
    if (settings.embedded()) {
      putIfPresent(keys, Role.WRITE, kept.write());
      putIfPresent(keys, Role.READ, kept.read());
    }
    for (Role role : new Role[] {Role.WRITE, Role.READ}) {
      keys.computeIfAbsent(
          role, lost -> server.rivulet().projects().issue(Project.DEFAULT, lost).key());
    }
    return keys;
  }

  private static void putIfPresent(Map<Role, String> keys, Role role, @Nullable String key) {
    if (key != null) {
      keys.putIfAbsent(role, key);
    }
  }

  private static String required(Map<Role, String> keys, Role role) {
    String key = keys.get(role);
    if (key == null) {
      throw new IllegalStateException("no " + role.word() + " key");
    }
    return key;
  }

  private static void close(@Nullable ShopSimulator shop) {
    if (shop != null) {
      shop.close();
    }
  }
}
