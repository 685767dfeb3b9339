package dev.rivulet.server.cli.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.server.cli.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One native event a line, passed on as it stands. An event without an id gets the line's; one
 * without a name gets the default. The server judges the rest.
 */
final class NdjsonFormat implements LineFormat {
  private static final byte[] ID = ",\"id\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = ",\"event\":".getBytes(StandardCharsets.US_ASCII);

  private final JsonFactory json = new JsonFactory();
  private final @Nullable String defaultEvent;

  NdjsonFormat(@Nullable String defaultEvent) {
    this.defaultEvent = defaultEvent;
  }

  @Override
  public @Nullable String write(LineBlock block, int index, EventWriter out) {
    var b = block.bytes;
    var from = block.starts[index];
    var to = block.ends[index];
    while (from < to && b[from] <= ' ' && b[from] >= 0) {
      from++;
    }
    if (from == to) {
      return "the line is empty";
    }
    Fields fields;
    try (var parser = json.createParser(b, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "it is not a JSON object: " + Printable.of(b, from, to, EXCERPT);
      }
      fields = topLevel(parser);
      if (parser.nextToken() != null) {
        return "something follows its JSON object";
      }
    } catch (JsonProcessingException broken) {
      return "it is not valid JSON: " + Printable.of(broken.getOriginalMessage(), EXCERPT);
    } catch (IOException broken) {
      return "it is not valid JSON: " + Printable.of(String.valueOf(broken.getMessage()), EXCERPT);
    }
    if (fields.isEmpty) {
      return "it is an empty object";
    }
    // At the end, where they also win over an explicit null.
    out.raw(b, from, lastIndexOfBrace(b, to));
    if (!fields.hasId) {
      out.raw(ID);
      out.id(block.digests[index], block.numbers[index]);
    }
    if (!fields.hasEvent && defaultEvent != null) {
      out.raw(EVENT);
      out.string(defaultEvent);
    }
    out.raw('}');
    return null;
  }

  private static Fields topLevel(JsonParser parser) throws IOException {
    var hasId = false;
    var hasEvent = false;
    var isEmpty = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      isEmpty = false;
      var name = parser.currentName();
      var present = parser.nextToken() != JsonToken.VALUE_NULL;
      hasId |= present && "id".equals(name);
      hasEvent |= present && "event".equals(name);
      parser.skipChildren();
    }
    return new Fields(hasId, hasEvent, isEmpty);
  }

  private static int lastIndexOfBrace(byte[] b, int to) {
    var at = to - 1;
    while (b[at] != '}') {
      at--;
    }
    return at;
  }

  private record Fields(boolean hasId, boolean hasEvent, boolean isEmpty) {}
}
