package dev.rivulet.views.people;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.event.Properties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Cuts a JSON object into its members, each value's text as it was sent. */
final class TraitReader {
  private static final JsonFactory JSON = new JsonFactory();

  private TraitReader() {}

  /** What a JSON text stands for: a string without quotation marks and escapes, else itself. */
  static String plain(String json) {
    if (!json.startsWith("\"")) {
      return json;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException("a trait is not JSON", e);
    }
  }

  /** Of two members of one name the last wins, as everywhere in JSON. */
  static Map<String, String> members(Properties properties) {
    byte[] json = new byte[properties.length()];
    properties.copyTo(json, 0);
    var members = new LinkedHashMap<String, String>();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        members.put(name, new String(json, start, end - start, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("traits are not a JSON object", e);
    }
    return members;
  }
}
