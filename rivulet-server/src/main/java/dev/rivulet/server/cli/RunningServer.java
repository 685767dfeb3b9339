package dev.rivulet.server.cli;

import dev.rivulet.projects.Role;
import dev.rivulet.server.RivuletServer;
import dev.rivulet.server.Settings;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** A server in the foreground: says where it is, and stops it when the process is told to. */
final class RunningServer {
  private final RivuletServer server;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private RunningServer(RivuletServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param beforeStop runs when the process is told to stop, before the server does
   * @throws CommandFailure when it cannot start, saying why
   */
  static RunningServer start(Settings settings, Runnable beforeStop) {
    RivuletServer server;
    try {
      server = RivuletServer.start(settings);
    } catch (RuntimeException e) {
      throw new CommandFailure("the server cannot start: " + e.getMessage(), e);
    }
    var running = new RunningServer(server);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> running.stop(beforeStop), "rivulet-stop"));
    return running;
  }

  RivuletServer server() {
    return server;
  }

  /** Says what is kept where, and the keys if they are new. */
  void introduce(Settings settings, PrintWriter out) {
    String redis = settings.redis();
    out.println(
        "Rivulet keeps its data in "
            + (redis == null ? settings.data() : "Redis at " + withoutPassword(redis)));
    var issued = server.issuedKeys();
    if (!issued.isEmpty()) {
      out.println(
          "Keys, shown this once"
              + (settings.embedded() ? " and kept in " + settings.data().resolve(Keys.FILE) : "")
              + ":");
      issued.forEach(
          (role, key) -> out.println("  " + String.format(Locale.ROOT, "%-6s", role.word()) + key));
    }
    String read = issued.get(Role.READ);
    out.println("Page: " + server.address() + "/" + (read == null ? "" : "#key=" + read));
    out.flush();
  }

  void ready(PrintWriter out) {
    double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
    out.println(String.format(Locale.ROOT, "Ready at %s after %.1f s", server.address(), seconds));
    out.flush();
  }

  /** Waits until the process is told to stop. */
  void await() throws InterruptedException {
    stopped.await();
  }

  private void stop(Runnable beforeStop) {
    try {
      beforeStop.run();
    } finally {
      try {
        server.close();
      } finally {
        stopped.countDown();
      }
    }
  }

  private static String withoutPassword(String redis) {
    int at = redis.lastIndexOf('@');
    int scheme = redis.indexOf("://");
    return at < 0 || scheme < 0 ? redis : redis.substring(0, scheme + 3) + redis.substring(at + 1);
  }
}
