package dev.rivulet.server.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a format makes of each line: an event, or a reason. */
record Parsed(long line, JsonNode event, String reason) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Parsed one(LineFormat format, String line) {
    return all(format, line.getBytes(StandardCharsets.UTF_8), false).get(0);
  }

  static List<Parsed> all(LineFormat format, byte[] content, boolean quotedBreaks) {
    var parsed = new ArrayList<Parsed>();
    var out = new EventWriter();
    for (var block : blocks(new ByteArrayInputStream(content), quotedBreaks)) {
      for (var i = 0; i < block.count; i++) {
        out.truncate(0);
        var reason = block.cut[i] ? "cut" : format.write(block, i, out);
        parsed.add(new Parsed(block.numbers[i], event(out, reason), reason == null ? "" : reason));
      }
    }
    return parsed;
  }

  static List<LineBlock> blocks(InputStream content, boolean quotedBreaks) {
    var blocks = new ArrayList<LineBlock>();
    try (var lines = new LineReader(content, quotedBreaks)) {
      for (var block = new LineBlock(); lines.fill(block); block = new LineBlock()) {
        blocks.add(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return blocks;
  }

  private static JsonNode event(EventWriter out, String reason) {
    try {
      return reason == null
          ? JSON.readTree(out.bytes(), 0, out.length())
          : JSON.getNodeFactory().missingNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
