package dev.rivulet.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration file of an embedded server, readable by its owner alone since the password is
 * in it. It outlives a crash, and so tells the next owner how to reach a server left behind.
 */
record EmbeddedConfig(Path folder, int port, String password, long maxMemoryBytes) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern PORT = Pattern.compile("(?m)^port (\\d{1,5})$");
  private static final Pattern PASSWORD = Pattern.compile("(?m)^requirepass ([0-9a-f]+)$");

  static EmbeddedConfig fresh(Path folder, long maxMemoryBytes) {
    var secret = new byte[32];
    RANDOM.nextBytes(secret);
    return new EmbeddedConfig(
        folder, LoopbackPort.free(), HexFormat.of().formatHex(secret), maxMemoryBytes);
  }

  /** What the last owner of the folder wrote, if it wrote all of it. */
  static Optional<EmbeddedConfig> left(Path folder) {
    try {
      var text = Files.readString(file(folder));
      Matcher port = PORT.matcher(text);
      Matcher password = PASSWORD.matcher(text);
      return port.find() && password.find()
          ? Optional.of(
              new EmbeddedConfig(folder, Integer.parseInt(port.group(1)), password.group(1), 0))
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  RedisAddress.Standalone address() {
    return RedisAddress.local(port, password);
  }

  Path file() {
    return file(folder);
  }

  Path log() {
    return folder.resolve("redis.log");
  }

  Path pidFile() {
    return folder.resolve("redis.pid");
  }

  void write() {
    try {
      var posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
      var owner =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      var aside = Files.createTempFile(folder, "redis", ".conf", owner);
      Files.writeString(aside, text());
      Files.move(
          aside, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file(), e);
    }
  }

  private String text() {
    return """
        # Written at each start; changes are lost. Rivulet syncs the append-only files each second.
        bind 127.0.0.1
        port %d
        protected-mode yes
        requirepass %s
        daemonize no
        databases 1
        dir %s
        pidfile %s
        logfile %s
        save ""
        appendonly yes
        appendfsync no
        aof-use-rdb-preamble yes
        aof-load-truncated yes
        stop-writes-on-bgsave-error no
        maxmemory %d
        maxmemory-policy noeviction
        """
        .formatted(
            port, password, quoted(folder), quoted(pidFile()), quoted(log()), maxMemoryBytes);
  }

  private static Path file(Path folder) {
    return folder.resolve("redis.conf");
  }

  private static String quoted(Path path) {
    var text = path.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "\"" + text + "\"";
  }
}
