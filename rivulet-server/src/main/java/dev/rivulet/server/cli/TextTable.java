package dev.rivulet.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as they need. Not safe for use by several threads. */
final class TextTable {
  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(Column... columns) {
    this.columns = List.of(columns);
  }

  /** A column's heading, and whether its cells are numbers, which stand to the right. */
  record Column(String heading, boolean number) {
    static Column text(String heading) {
      return new Column(heading, false);
    }

    static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  void add(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    rows.add(List.of(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The heading and the rows, without trailing blanks. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(line(columns.stream().map(Column::heading).toList()));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    var line = new StringBuilder();
    for (var i = 0; i < columns.size(); i++) {
      var cell = cells.get(i);
      var padding = " ".repeat(Math.max(0, width(i) - length(cell)));
      line.append(i == 0 ? "" : "  ");
      line.append(columns.get(i).number() ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    var width = length(columns.get(column).heading());
    for (var row : rows) {
      width = Math.max(width, length(row.get(column)));
    }
    return width;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
