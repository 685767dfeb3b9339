package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.Printable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * CSV records as events. A cell that looks like a plain number or {@code true}/{@code false} keeps
 * that type; an empty cell is an absent property.
 */
final class CsvFormat implements LineFormat {
  /** Longer digit runs are identifiers, and doubles would round them. */
  private static final int MAX_NUMBER_CHARS = 15;

  private final CsvMapping mapping;
  private final CsvRecord record;
  private final CellTime times;
  private final @Nullable String defaultEvent;

  /**
   * @param zone where times without an offset were written
   */
  CsvFormat(CsvMapping mapping, @Nullable String defaultEvent, ZoneId zone) {
    this.mapping = mapping;
    this.record = new CsvRecord(mapping.separator());
    this.times = new CellTime(zone);
    this.defaultEvent = defaultEvent;
  }

  @Override
  public @Nullable String write(LineBlock block, int index, EventWriter out) {
    if (block.starts[index] == block.ends[index]) {
      return "the line is empty";
    }
    var problem = record.split(block.bytes, block.starts[index], block.ends[index]);
    if (problem != null) {
      return problem;
    }
    var columns = mapping.columns();
    if (record.size() != columns.size()) {
      return "it has %d cells, the header has %d".formatted(record.size(), columns.size());
    }
    out.raw(ascii("{\"properties\":{"));
    var properties = 0;
    for (var i = 0; i < columns.size(); i++) {
      if (columns.get(i).role() == CsvMapping.Role.PROPERTY && !isEmpty(i)) {
        if (properties++ > 0) {
          out.raw(',');
        }
        out.string(columns.get(i).name());
        out.raw(':');
        value(out, i);
      }
    }
    out.raw('}');
    return envelope(block, index, out);
  }

  private @Nullable String envelope(LineBlock block, int index, EventWriter out) {
    var hasEvent = false;
    var hasId = false;
    var columns = mapping.columns();
    for (var i = 0; i < columns.size(); i++) {
      if (isEmpty(i)) {
        if (columns.get(i).role() == CsvMapping.Role.USER) {
          return "its user is empty";
        }
        continue;
      }
      switch (columns.get(i).role()) {
        case USER -> field(out, ",\"user\":", i);
        case ID -> {
          hasId = true;
          field(out, ",\"id\":", i);
        }
        case EVENT -> {
          hasEvent = true;
          field(out, ",\"event\":", i);
        }
        case TIME -> {
          try {
            var millis = times.millis(record.string(i).strip());
            out.raw(ascii(",\"time\":"));
            out.number(millis);
          } catch (DateTimeException unreadable) {
            return "its time \"%s\" is neither ISO-8601 nor a number of seconds or milliseconds"
                .formatted(Printable.of(record.string(i), EXCERPT));
          }
        }
        case PROPERTY -> {}
      }
    }
    if (!hasEvent) {
      if (defaultEvent == null) {
        return "its event is empty";
      }
      out.raw(ascii(",\"event\":"));
      out.string(defaultEvent);
    }
    if (!hasId) {
      out.raw(ascii(",\"id\":"));
      out.id(block.digests[index], block.numbers[index]);
    }
    out.raw('}');
    return null;
  }

  private void field(EventWriter out, String name, int cell) {
    out.raw(ascii(name));
    out.string(record.bytes(), record.start(cell), record.end(cell));
  }

  private void value(EventWriter out, int cell) {
    var bytes = record.bytes();
    var from = record.start(cell);
    var to = record.end(cell);
    if (isNumber(bytes, from, to) || is(bytes, from, to, "true") || is(bytes, from, to, "false")) {
      out.raw(bytes, from, to);
    } else {
      out.string(bytes, from, to);
    }
  }

  private boolean isEmpty(int cell) {
    return record.start(cell) == record.end(cell);
  }

  /** A JSON number as people write them: no leading zeros, no exponent. */
  private static boolean isNumber(byte[] b, int from, int to) {
    var at = from < to && b[from] == '-' ? from + 1 : from;
    if (at == to || to - at > MAX_NUMBER_CHARS) {
      return false;
    }
    var whole = digits(b, at, to);
    if (whole == at || (b[at] == '0' && whole > at + 1)) {
      return false;
    }
    if (whole == to) {
      return true;
    }
    return b[whole] == '.' && whole + 1 < to && digits(b, whole + 1, to) == to;
  }

  private static int digits(byte[] b, int from, int to) {
    var at = from;
    while (at < to && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at;
  }

  private static boolean is(byte[] b, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (var i = 0; i < word.length(); i++) {
      if (b[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
