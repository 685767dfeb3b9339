package dev.rivulet.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A server program that can be run here.
 *
 * @param product "Redis" or "Valkey"
 * @param bundled whether it came with the library; that build costs about twice the CPU
 */
public record RedisBinary(Path executable, String product, String version, boolean bundled) {
  private static final Pattern VERSION = Pattern.compile("(Redis|Valkey) server v=(\\S+)");
  private static final String BUNDLED_VERSION = "7.0.15";

  /**
   * The newest-enough server on the PATH, or else the bundled one.
   *
   * @param cache where the bundled one is unpacked; created if missing
   * @throws IllegalStateException when there is neither
   */
  public static RedisBinary find(Path cache) {
    return onPath().orElseGet(() -> bundled(cache));
  }

  /** The first {@code redis-server} ≥ 7, or else {@code valkey-server} ≥ 8, on the PATH. */
  public static Optional<RedisBinary> onPath() {
    var path = System.getenv("PATH");
    var folders = path == null ? new String[0] : path.split(Pattern.quote(File.pathSeparator));
    for (var name : List.of("redis-server", "valkey-server")) {
      for (var folder : folders) {
        var file = Path.of(folder.isEmpty() ? "." : folder, name);
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          var found = probe(file.toAbsolutePath());
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The server inside the library, unpacked and compared with the original at each call.
   *
   * @param cache where it is unpacked; created if missing
   * @throws IllegalStateException when there is none for this system
   */
  public static RedisBinary bundled(Path cache) {
    var name = "redis-server-%s-%s".formatted(BUNDLED_VERSION, system());
    try (var resource = RedisBinary.class.getResourceAsStream("/" + name)) {
      if (resource == null) {
        throw new IllegalStateException(
            "No Redis for %s is bundled; install redis-server 7 or newer, or give the address of one."
                .formatted(system()));
      }
      var file = unpack(resource, cache.toAbsolutePath().resolve(name));
      return new RedisBinary(file, "Redis", BUNDLED_VERSION, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack the bundled Redis to " + cache, e);
    }
  }

  private static Path unpack(InputStream resource, Path file) throws IOException {
    var original = resource.readAllBytes();
    if (Files.isExecutable(file)
        && Files.size(file) == original.length
        && Arrays.equals(sha256(Files.readAllBytes(file)), sha256(original))) {
      return file;
    }
    var folder = Files.createDirectories(file.resolveSibling(""));
    // Written aside and renamed, so that another process never runs half a program.
    var aside = Files.createTempFile(folder, "redis-server", ".part");
    try {
      Files.write(aside, original);
      if (!aside.toFile().setExecutable(true, true)) {
        throw new IOException("Cannot make " + aside + " executable");
      }
      return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static Optional<RedisBinary> probe(Path file) {
    try {
      var process =
          new ProcessBuilder(file.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      var output = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
      var match = VERSION.matcher(output);
      if (!match.find()) {
        return Optional.empty();
      }
      var product = match.group(1);
      return ServerCheck.recentEnough(product.equals("Valkey"), match.group(2))
          ? Optional.of(new RedisBinary(file, product, match.group(2), false))
          : Optional.empty();
    } catch (IOException notRunnable) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String system() {
    var os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    var family = os.startsWith("mac") ? "darwin" : os.startsWith("linux") ? "linux" : os;
    var cpu =
        switch (arch) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          case "x86", "i386", "i686" -> "386";
          default -> arch;
        };
    return family + "-" + cpu;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
