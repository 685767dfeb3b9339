package dev.rivulet.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A server without persistence for one test. */
record Throwaway(RedisProcess process, Path folder) implements AutoCloseable {
  private static final int START_ATTEMPTS = 3;

  static Throwaway start(String... options) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start(LoopbackPort.free(), options);
      } catch (RedisUnavailable e) {
        // Somebody may have taken the port between the look and the start.
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static Throwaway start(int port, String... options) {
    Path folder;
    try {
      folder = Files.createTempDirectory("rivulet-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var arguments = new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1"));
    arguments.addAll(List.of("--dir", folder.toString(), "--save", "", "--databases", "2"));
    arguments.addAll(List.of(options));
    var address = new RedisAddress.Standalone(new HostPort("127.0.0.1", port), null, 0, false);
    var process =
        RedisProcess.launch(
            RedisBinary.find(folder.resolve("bin")), arguments, address, folder.resolve("log"));
    var started = new Throwaway(process, folder);
    try {
      process.awaitReady(loading -> {});
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  RedisAddress.Standalone address() {
    return process.address();
  }

  @Override
  public void close() {
    process.kill();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
