package dev.rivulet.testkit.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rivulet.redis.HostPort;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisBinary;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.redis.RedisError;
import dev.rivulet.redis.RedisProcess;
import dev.rivulet.redis.RedisUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One server in a folder of its own, that can be killed and started again in place. */
final class Node {
  private final Path folder;
  private final int port;
  private final List<String> options;
  private RedisProcess process;

  private Node(Path folder, int port, List<String> options, RedisProcess process) {
    this.folder = folder;
    this.port = port;
    this.options = options;
    this.process = process;
  }

  static Node start(Path folder, int port, List<String> options) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + folder, e);
    }
    return new Node(folder, port, options, launch(folder, port, options));
  }

  private static RedisProcess launch(Path folder, int port, List<String> options) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    arguments.addAll(List.of("--dir", folder.toString(), "--save", ""));
    arguments.addAll(options);
    // Beside the folder, so that one unpacked copy serves all nodes.
    var binary = RedisBinary.find(folder.resolveSibling("bin"));
    var address = new RedisAddress.Standalone(new HostPort("127.0.0.1", port), null, 0, false);
    var process = RedisProcess.launch(binary, arguments, address, folder.resolve("log"));
    try {
      process.awaitReady(loading -> {});
      requireOurs(process);
      return process;
    } catch (RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  /** Somebody else's server may answer there, who took the port after it was found free. */
  private static void requireOurs(RedisProcess process) {
    try (var connection = RedisConnection.open(process.address())) {
      connection.send(bytes("INFO"), bytes("server"));
      var info = new String((byte[]) Objects.requireNonNull(connection.receive()), UTF_8);
      if (info.lines().noneMatch(("process_id:" + process.pid())::equals)) {
        throw new RedisUnavailable(
            "Another server than pid %d answers at %s"
                .formatted(process.pid(), process.address().node()));
      }
    }
  }

  int port() {
    return port;
  }

  String name() {
    return process.address().node().toString();
  }

  RedisAddress.Standalone address() {
    return process.address();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.alive();
  }

  void kill9() {
    process.kill();
  }

  /** Starts it again in its folder, with what it kept there; kills it first if it runs. */
  void restart() {
    process.kill();
    process = launch(folder, port, options);
  }

  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  /**
   * One command, its reply.
   *
   * @throws RedisError when it is refused, naming the node and the command
   */
  @Nullable Object ask(Object... words) {
    try (var connection = RedisConnection.open(address())) {
      var raw = new byte[words.length][];
      for (int i = 0; i < words.length; i++) {
        raw[i] = words[i] instanceof byte[] word ? word : bytes(words[i].toString());
      }
      connection.send(raw);
      return connection.receive();
    } catch (RedisError e) {
      throw new RedisError(
          "%s, which %s answers to %s".formatted(e.getMessage(), name(), List.of(words)));
    }
  }

  String askText(Object... words) {
    return ask(words) instanceof byte[] text ? new String(text, UTF_8) : "";
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -%s %d failed".formatted(name, pid()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
