package dev.rivulet.server.cli.imports;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one CSV record (RFC 4180), with any one-byte separator. Cells without quotation
 * marks are ranges of the line; quoted ones are unquoted into a buffer. Not safe for use by several
 * threads.
 */
final class CsvRecord {
  private final byte separator;
  private byte[] text = new byte[1024];
  private int textLength;
  private int[] ends = new int[16];
  private int cells;

  CsvRecord(byte separator) {
    this.separator = separator;
  }

  /**
   * Splits a record.
   *
   * @return null, or why it cannot be split
   */
  @Nullable String split(byte[] b, int from, int to) {
    cells = 0;
    textLength = 0;
    if (text.length < to - from) {
      text = new byte[to - from];
    }
    var at = from;
    while (true) {
      if (at < to && b[at] == '"') {
        at++;
        while (true) {
          if (at == to) {
            return "a quotation mark is not closed";
          }
          if (b[at] != '"') {
            text[textLength++] = b[at++];
          } else if (at + 1 < to && b[at + 1] == '"') {
            text[textLength++] = '"';
            at += 2;
          } else {
            at++;
            break;
          }
        }
        if (at < to && b[at] != separator) {
          return "text follows the closing quotation mark of cell " + (cells + 1);
        }
      } else {
        while (at < to && b[at] != separator) {
          text[textLength++] = b[at++];
        }
      }
      endCell();
      if (at == to) {
        return null;
      }
      at++;
    }
  }

  int size() {
    return cells;
  }

  byte[] bytes() {
    return text;
  }

  int start(int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }

  int end(int cell) {
    return ends[cell];
  }

  String string(int cell) {
    return new String(text, start(cell), end(cell) - start(cell), StandardCharsets.UTF_8);
  }

  List<String> strings() {
    var all = new ArrayList<String>();
    for (var cell = 0; cell < cells; cell++) {
      all.add(string(cell));
    }
    return all;
  }

  private void endCell() {
    if (cells == ends.length) {
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    ends[cells++] = textLength;
  }
}
