package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the attempts that entered on one day add to a report of whole days: per span of days in
 * which an attempt is the one that counts (see {@link Dominance}), how many there are, and the bins
 * of the times between their steps. Most people try once, so that nearly all are in one row. Not
 * thread-safe.
 */
final class DayCell {
  private final int steps;
  private final TreeMap<Span, Sums> rows = new TreeMap<>();

  /**
   * @param steps of the funnel
   */
  DayCell(int steps) {
    this.steps = steps;
  }

  /**
   * The days around an entry's: distance to the last one before and the first one after; 0: none.
   */
  private record Span(int before, int after) implements Comparable<Span> {
    @Override
    public int compareTo(Span other) {
      int first = Integer.compare(before, other.before);
      return first != 0 ? first : Integer.compare(after, other.after);
    }
  }

  private static final class Sums {
    private final Bins[] gaps;
    private int entered;
    private Bins convert = new Bins();

    private Sums(int steps) {
      gaps = new Bins[steps - 1];
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] = new Bins();
      }
    }

    private boolean isEmpty() {
      boolean empty = entered == 0 && convert.isEmpty();
      for (Bins gap : gaps) {
        empty &= gap.isEmpty();
      }
      return empty;
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Adds a row that counts, {@code times} over; −1 takes it back. */
  void add(Dominance.Row row, int times) {
    int before = row.loDay() == Integer.MIN_VALUE ? 0 : row.entryDay() - row.loDay();
    int after = row.hiDay() == Integer.MAX_VALUE ? 0 : row.hiDay() - row.entryDay();
    var span = new Span(before, after);
    Sums sums = rows.computeIfAbsent(span, key -> new Sums(steps));
    sums.entered += times;
    long[] doneAt = row.attempt().doneAt();
    StepGaps.forEach(doneAt, (step, millis) -> sums.gaps[step - 1].add(millis, times));
    if (doneAt[steps - 1] >= 0) {
      sums.convert.add(doneAt[steps - 1] - row.attempt().entry(), times);
    }
    if (sums.isEmpty()) {
      rows.remove(span);
    }
  }

  /** Adds changes that waited. */
  void addAll(DayCell other) {
    other.rows.forEach(
        (span, more) -> {
          Sums sums = rows.computeIfAbsent(span, key -> new Sums(steps));
          sums.entered += more.entered;
          for (int i = 0; i < sums.gaps.length; i++) {
            sums.gaps[i].addAll(more.gaps[i]);
          }
          sums.convert.addAll(more.convert);
          if (sums.isEmpty()) {
            rows.remove(span);
          }
        });
  }

  /** Roughly the bytes of memory. */
  int bytes() {
    int bytes = 64;
    for (Sums sums : rows.values()) {
      bytes += 160 + sums.convert.bytes();
      for (Bins gap : sums.gaps) {
        bytes += gap.bytes();
      }
    }
    return bytes;
  }

  void encodeTo(ByteWriter out) {
    out.varint(rows.size());
    var body = new ByteWriter(256);
    for (Map.Entry<Span, Sums> row : rows.entrySet()) {
      out.varint(row.getKey().before);
      out.varint(row.getKey().after);
      Sums sums = row.getValue();
      body.clear();
      body.zigzag(sums.entered);
      for (Bins gap : sums.gaps) {
        gap.encodeTo(body);
      }
      sums.convert.encodeTo(body);
      out.varint(body.length());
      out.bytes(body);
    }
  }

  /** Reads what {@link #encodeTo} wrote and adds it. */
  void decode(ByteReader in) {
    int size = in.varint();
    for (int i = 0; i < size; i++) {
      var span = new Span(in.varint(), in.varint());
      in.varint();
      var sums = new Sums(steps);
      sums.entered = (int) in.zigzag();
      for (int k = 0; k < sums.gaps.length; k++) {
        sums.gaps[k] = Bins.decode(in);
      }
      sums.convert = Bins.decode(in);
      rows.put(span, sums);
    }
  }

  /** Adds a stored cell of {@code day} to those of {@code asked} for which its rows count. */
  static void addStored(ByteReader in, int steps, int day, AskedDays asked) {
    int size = in.varint();
    for (int i = 0; i < size; i++) {
      int before = in.varint();
      int after = in.varint();
      int length = in.varint();
      int lo = before == 0 ? Integer.MIN_VALUE : day - before;
      int hi = after == 0 ? Integer.MAX_VALUE : day + after;
      if (!asked.select(day, lo, hi)) {
        in.skip(length);
        continue;
      }
      asked.entered(in.zigzag());
      for (int step = 1; step < steps; step++) {
        asked.gap(step, in);
      }
      asked.convert(in);
    }
  }
}
