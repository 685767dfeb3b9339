package dev.rivulet.server.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client command takes from its surroundings.
 *
 * @param url the server
 * @param data the data directory of a local server, whether or not it exists
 * @param keys the keys to present
 */
public record Environment(URI url, Path data, Keys keys) {
  static final String DEFAULT_URL = "http://127.0.0.1:8321";

  /**
   * Reads {@code RIVULET_URL}, {@code RIVULET_DATA} and the keys.
   *
   * @throws CommandFailure when the address is not one, or the key file cannot be read
   */
  public static Environment of(Map<String, String> variables) {
    var data = dataDirectory(variables);
    return new Environment(url(variables), data, Keys.of(variables, data));
  }

  static Path dataDirectory(Map<String, String> variables) {
    var named = named(variables, "RIVULET_DATA");
    return named == null
        ? Path.of(System.getProperty("user.home", "."), ".rivulet")
        : Path.of(named);
  }

  private static URI url(Map<String, String> variables) {
    var named = named(variables, "RIVULET_URL");
    var text = named == null ? DEFAULT_URL : named;
    try {
      var url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException unreadable) {
      throw wrongUrl(text, unreadable);
    }
    throw wrongUrl(text, null);
  }

  private static CommandFailure wrongUrl(String text, @Nullable Throwable cause) {
    var message = "RIVULET_URL is \"%s\"; it must look like %s".formatted(text, DEFAULT_URL);
    return cause == null ? new CommandFailure(message) : new CommandFailure(message, cause);
  }

  static @Nullable String named(Map<String, String> variables, String name) {
    var value = variables.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
