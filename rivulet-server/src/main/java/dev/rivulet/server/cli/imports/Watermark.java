package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.imports.ImportRecord.Point;
import java.util.HashMap;
import java.util.Map;

/**
 * Blocks are acknowledged in any order; this is the point before which none is missing. Holds as
 * many blocks as are in flight. Not safe for use by several threads.
 */
final class Watermark {
  private final Map<Long, Point> ahead = new HashMap<>();
  private long next;
  private Point point;

  Watermark(Point start) {
    this.point = start;
  }

  /**
   * Notes a block as done.
   *
   * @param sequence the block's place among the blocks sent, from 0
   * @param end its last line, with what became of its own lines
   */
  void complete(long sequence, Point end) {
    ahead.put(sequence, end);
    for (var done = ahead.remove(next); done != null; done = ahead.remove(next)) {
      point =
          new Point(
              done.line(),
              done.digest(),
              point.imported() + done.imported(),
              point.reported() + done.reported());
      next++;
    }
  }

  Point point() {
    return point;
  }
}
