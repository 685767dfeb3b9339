package dev.rivulet.boards;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes the canonical JSON of a {@link Board}. */
final class BoardWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private BoardWriter() {}

  static String write(Board board) {
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("title", board.title());
      write(out, "last", board.last());
      out.writeArrayFieldStart("tiles");
      for (Tile tile : board.tiles()) {
        write(out, tile);
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be written", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Tile tile) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", tile.id());
    out.writeStringField("title", tile.title());
    out.writeStringField("kind", tile.kind().word());
    if (!tile.query().isEmpty()) {
      out.writeStringField("query", tile.query());
    }
    if (!tile.options().equals(TileOptions.NONE)) {
      out.writeObjectFieldStart("options");
      write(out, tile.options());
      out.writeEndObject();
    }
    Place place = tile.place();
    out.writeObjectFieldStart("place");
    out.writeNumberField("column", place.column());
    out.writeNumberField("row", place.row());
    out.writeNumberField("width", place.width());
    out.writeNumberField("height", place.height());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, TileOptions options) throws IOException {
    write(out, "unit", options.unit());
    write(out, "stat", options.stat());
    write(out, "better", options.better());
    Boolean compare = options.compare();
    if (compare != null) {
      out.writeBooleanField("compare", compare);
    }
    write(out, "style", options.style());
    if (!options.thresholds().isEmpty()) {
      out.writeArrayFieldStart("thresholds");
      for (Threshold threshold : options.thresholds()) {
        out.writeStartObject();
        out.writeNumberField("from", threshold.from());
        out.writeStringField("level", threshold.level().word());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    write(out, "text", options.text());
  }

  private static void write(JsonGenerator out, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      out.writeStringField(field, value);
    }
  }
}
