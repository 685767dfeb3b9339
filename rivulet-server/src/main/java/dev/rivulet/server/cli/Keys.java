package dev.rivulet.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The keys at hand. Keys from the environment win; only when it holds none are they taken from the
 * file {@code keys} that a local server writes into its data directory at its first start.
 *
 * @param source where they are from, in words for a person
 */
public record Keys(
    @Nullable String admin, @Nullable String write, @Nullable String read, String source) {
  /** The file in the data directory: properties {@code admin}, {@code write} and {@code read}. */
  public static final String FILE = "keys";

  static Keys of(Map<String, String> variables, Path data) {
    var admin = Environment.named(variables, "RIVULET_ADMIN_KEY");
    var write = Environment.named(variables, "RIVULET_WRITE_KEY");
    var read = Environment.named(variables, "RIVULET_READ_KEY");
    if (admin != null || write != null || read != null) {
      return new Keys(admin, write, read, "the environment");
    }
    var file = data.resolve(FILE);
    if (!Files.isReadable(file)) {
      return new Keys(null, null, null, "nowhere: neither the environment nor " + file);
    }
    var kept = new Properties();
    try (var in = Files.newInputStream(file)) {
      kept.load(in);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CommandFailure(
          "the key file %s cannot be read: %s".formatted(file, unreadable.getMessage()),
          unreadable);
    }
    return new Keys(
        kept.getProperty("admin"),
        kept.getProperty("write"),
        kept.getProperty("read"),
        file.toString());
  }

  /** The key to send events with, if there is one. */
  @Nullable String forWriting() {
    return write != null ? write : admin;
  }

  /** The key to ask with, if there is one. */
  @Nullable String forReading() {
    return read != null ? read : admin;
  }
}
