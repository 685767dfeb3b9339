package dev.rivulet.server.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads Server-Sent Events as the HTML standard describes them (section 9.2.6). Comments keep a
 * connection open and carry nothing. Not safe for use by several threads.
 */
final class EventStream {
  private @Nullable String lastId;

  /** The id of the newest message, to resume after; null before the first. */
  @Nullable String lastId() {
    return lastId;
  }

  /**
   * Hands on the data of each message until the stream ends.
   *
   * @param onLine called for every line, comments too: the connection is alive
   */
  void read(BufferedReader lines, Consumer<String> onMessage, Runnable onLine) throws IOException {
    var data = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      onLine.run();
      if (line.isEmpty()) {
        if (data.length() > 0) {
          data.setLength(data.length() - 1);
          onMessage.accept(data.toString());
          data.setLength(0);
        }
        continue;
      }
      var colon = line.indexOf(':');
      var field = colon < 0 ? line : line.substring(0, colon);
      var value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      if (field.equals("data")) {
        data.append(value).append('\n');
      } else if (field.equals("id") && value.indexOf('\0') < 0) {
        lastId = value;
      }
    }
  }
}
