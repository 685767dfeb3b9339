package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.projects.Role;
import dev.rivulet.server.RivuletServer;
import dev.rivulet.server.Settings;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real server, and the commands that talk to it, each in a process of its own. */
public final class ServedCommands implements AutoCloseable {
  public static final String WRITE = "write-key-of-the-commands";
  public static final String READ = "read-key-of-the-commands";
  private static final String ADMIN = "admin-key-of-the-commands";

  /** Long, for a machine that does much else. */
  private static final long PATIENCE_SECONDS = 180;

  private final RivuletServer server;
  private final Path folder;
  private int runs;

  /**
   * @param folder for what the commands keep and print
   */
  public ServedCommands(RealRedis redis, Path folder) {
    this(redis, folder, 10_000_000);
  }

  /**
   * A server that takes no more than so many events a second from a key.
   *
   * @param folder for what the commands keep and print
   */
  public ServedCommands(RealRedis redis, Path folder, long eventsPerSecond) {
    this.folder = folder;
    var at = redis.address().node();
    var keys = new EnumMap<Role, String>(Role.class);
    keys.put(Role.ADMIN, ADMIN);
    keys.put(Role.WRITE, WRITE);
    keys.put(Role.READ, READ);
    this.server =
        RivuletServer.start(
            new Settings(
                "127.0.0.1",
                0,
                "redis://" + at.host() + ":" + at.port(),
                folder,
                ZoneOffset.UTC,
                null,
                1_000,
                eventsPerSecond,
                0,
                keys));
    awaitReady();
  }

  /** A server takes events from its start on, and folds every partition a moment later. */
  private void awaitReady() {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (server.rivulet().status().partitions().stream().anyMatch(row -> row.owner() == null)) {
      if (System.nanoTime() > deadline) {
        server.close();
        throw new AssertionError("not every partition is folded");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** How a command ended. */
  public record Outcome(int status, List<String> out, List<String> err) {
    public String last() {
      return out.isEmpty() ? "" : out.get(out.size() - 1);
    }
  }

  /** Runs a command to its end. */
  public Outcome run(String... arguments) throws IOException, InterruptedException {
    var running = start(arguments);
    if (!running.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      running.process().destroyForcibly();
      throw new AssertionError("still running: " + List.of(arguments) + running.out());
    }
    return new Outcome(running.process().exitValue(), running.out(), running.err());
  }

  /** A command under way. */
  public record Running(Process process, Path outFile, Path errFile) {
    public List<String> out() throws IOException {
      return Files.readAllLines(outFile, StandardCharsets.UTF_8);
    }

    public List<String> err() throws IOException {
      return Files.readAllLines(errFile, StandardCharsets.UTF_8);
    }
  }

  /** Starts a command that may stay. */
  public Running start(String... arguments) throws IOException {
    return startAt(server.address().toString(), arguments);
  }

  /** Starts a command that talks to another server. */
  public Running startAt(String url, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rivulet.server.Main"));
    command.addAll(List.of(arguments));
    var number = ++runs;
    var out = folder.resolve("out-" + number);
    var err = folder.resolve("err-" + number);
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "RIVULET_URL", url,
                "RIVULET_DATA", folder.toString(),
                "RIVULET_ADMIN_KEY", ADMIN,
                "RIVULET_WRITE_KEY", WRITE,
                "RIVULET_READ_KEY", READ));
    return new Running(builder.start(), out, err);
  }

  public ApiClient client() {
    return new ApiClient(
        new Environment(server.address(), folder, new Keys(ADMIN, WRITE, READ, "the test")));
  }

  /** Asks without waiting for anything. */
  public JsonNode askNow(String path, Map<String, String> parameters) {
    return client().ask(path, parameters);
  }

  /** Asks when everything appended is folded. */
  public JsonNode ask(String path, Map<String, String> parameters) throws InterruptedException {
    while (askNow("/api/v1/status", Map.of()).path("pending").asLong() > 0) {
      Thread.sleep(20);
    }
    return askNow(path, parameters);
  }

  @Override
  public void close() {
    server.close();
  }
}
