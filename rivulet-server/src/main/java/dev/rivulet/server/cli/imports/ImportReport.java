package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.imports.ImportRecord.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the lines: each was imported, or not and why, or had been dealt with by an earlier
 * import. Safe for use by several threads.
 */
public final class ImportReport {
  /** Enough to see what is wrong; the total says how much is. */
  static final int REASONS_KEPT = 10;

  private static final int REASONS_IN_LAST_LINE = 3;

  private final TreeMap<Long, String> firstReasons = new TreeMap<>();
  private long imported;
  private long notImported;
  private Point before = Point.START;

  synchronized void startFrom(Point earlier) {
    before = earlier;
  }

  synchronized void add(long linesImported, List<Problem> problems) {
    imported += linesImported;
    notImported += problems.size();
    for (var problem : problems) {
      firstReasons.put(problem.line(), problem.reason());
      if (firstReasons.size() > REASONS_KEPT) {
        firstReasons.pollLastEntry();
      }
    }
  }

  /** A line that was not imported. */
  record Problem(long line, String reason) {}

  public synchronized long imported() {
    return imported;
  }

  public synchronized long notImported() {
    return notImported;
  }

  /** What to print at the end; the last line sums up. */
  public synchronized List<String> lines() {
    var lines = new ArrayList<String>();
    firstReasons.forEach((line, reason) -> lines.add("line %d: %s".formatted(line, reason)));
    if (notImported > firstReasons.size()) {
      lines.add("… and %d lines more".formatted(notImported - firstReasons.size()));
    }
    var summary =
        new StringBuilder("imported %d lines, %d not imported".formatted(imported, notImported));
    if (notImported > 0) {
      summary.append(
          firstReasons.entrySet().stream()
              .limit(REASONS_IN_LAST_LINE)
              .map(e -> "line %d: %s".formatted(e.getKey(), e.getValue()))
              .collect(Collectors.joining("; ", " (", notImported > 3 ? "; …)" : ")")));
    }
    if (before.line() > 0) {
      summary.append(
          "; %d lines had been imported before, %d not"
              .formatted(before.imported(), before.reported()));
    }
    lines.add(summary.toString());
    return lines;
  }
}
