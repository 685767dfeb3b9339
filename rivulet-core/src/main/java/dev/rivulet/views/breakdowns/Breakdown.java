package dev.rivulet.views.breakdowns;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one property in one hour, bounded by Space-Saving (Metwally, Agrawal, El Abbadi
 * 2005): past the bound a new value takes over the counter of the rarest one, with its count as the
 * new value's possible error. The counters therefore always add up to the number of events, and no
 * value with more than total / {@value #MOST_VALUES} events is missing.
 *
 * <p>Stored in pages of {@value #PAGE} counters, so that a commit rewrites only what changed.
 */
final class Breakdown {
  static final int MOST_VALUES = 1_000;
  static final int MOST_CHARS = 256;
  static final int PAGE = 64;
  static final int COLUMNS = 4;
  private static final byte FORMAT = 1;

  private final List<Counter> counters = new ArrayList<>();
  private final long[] other = new long[COLUMNS];
  private final BitSet changedPages = new BitSet();

  /** Made when first counted into: an answer only reads the counters. */
  private @Nullable Map<Object, Counter> byValue;

  private @Nullable RarestFirst rarest;

  /** Counts one event with {@code value} in quarter-hour {@code column}. */
  void add(Object value, int column) {
    if (value instanceof String text && text.length() > MOST_CHARS) {
      other[column]++;
      changedPages.set(0);
      return;
    }
    Map<Object, Counter> index = index();
    Counter counter = index.get(value);
    if (counter == null) {
      counter = counters.size() < MOST_VALUES ? append(value) : takeOver(value, index);
      index.put(value, counter);
    }
    counter.columns[column]++;
    counter.total++;
    if (rarest != null) {
      rarest.grown(counter);
    }
    changedPages.set(counter.index / PAGE);
  }

  List<Counter> counters() {
    return counters;
  }

  long[] other() {
    return other;
  }

  /** The pages changed since the last call, encoded, by page number. */
  Map<Integer, byte[]> takeChanges() {
    if (changedPages.isEmpty()) {
      return Map.of();
    }
    var changes = new HashMap<Integer, byte[]>();
    changedPages.stream().forEach(page -> changes.put(page, encode(page)));
    changedPages.clear();
    return changes;
  }

  /** Adds a stored page; pages come in order. Returns how many counters there are in all. */
  int restore(byte[] page) {
    int all = header(page, other);
    read(
        page,
        (bytes, from, to, columns, error) -> {
          Counter counter = append(ValueCodec.read(new ByteReader(bytes, from)));
          System.arraycopy(columns, 0, counter.columns, 0, COLUMNS);
          counter.total = sum(columns);
          counter.error = error;
        });
    return all;
  }

  /**
   * Reads the beginning of a stored page.
   *
   * @param other gets what the page tells of values too long to be told apart added
   * @return how many counters all pages have together
   */
  static int header(byte[] page, long[] other) {
    var in = new ByteReader(page, 0);
    int all = count(in);
    for (int column = 0; column < COLUMNS; column++) {
      other[column] += in.zigzag();
    }
    return all;
  }

  /** Reads the counters of a stored page without holding them. */
  static void read(byte[] page, CounterReader reader) {
    var in = new ByteReader(page, 0);
    count(in);
    for (int column = 0; column < COLUMNS; column++) {
      in.zigzag();
    }
    long[] columns = new long[COLUMNS];
    while (!in.isAtEnd()) {
      int from = in.position();
      ValueCodec.skip(in);
      int to = in.position();
      for (int column = 0; column < COLUMNS; column++) {
        columns[column] = in.zigzag();
      }
      reader.counter(page, from, to, columns, in.zigzag());
    }
  }

  static long sum(long[] columns) {
    long sum = 0;
    for (long count : columns) {
      sum += count;
    }
    return sum;
  }

  private static int count(ByteReader in) {
    if (in.oneByte() != FORMAT) {
      throw new IllegalStateException("breakdown of an unknown format");
    }
    return in.varint();
  }

  /**
   * Takes one stored counter: its value as {@link ValueCodec} wrote it from {@code from} to before
   * {@code to} of the page, and its columns in an array that is used again for the next.
   */
  interface CounterReader {
    void counter(byte[] page, int from, int to, long[] columns, long error);
  }

  static int pages(int counters) {
    return Math.max(1, (counters + PAGE - 1) / PAGE);
  }

  private byte[] encode(int page) {
    int first = page * PAGE;
    int last = Math.min(first + PAGE, counters.size());
    var out = new ByteWriter(16 + (last - first) * 24);
    out.oneByte(FORMAT);
    out.varint(counters.size());
    for (int column = 0; column < COLUMNS; column++) {
      out.zigzag(page == 0 ? other[column] : 0);
    }
    for (Counter counter : counters.subList(first, Math.max(first, last))) {
      ValueCodec.write(out, counter.value);
      for (long count : counter.columns) {
        out.zigzag(count);
      }
      out.zigzag(counter.error);
    }
    return out.toBytes();
  }

  private Counter append(Object value) {
    var counter = new Counter(value, counters.size());
    counters.add(counter);
    if (counter.index % PAGE == 0) {
      changedPages.set(0); // the first page tells how many there are
    }
    return counter;
  }

  private Map<Object, Counter> index() {
    if (byValue == null) {
      byValue = new HashMap<>(counters.size() * 2);
      for (Counter counter : counters) {
        byValue.put(counter.value, counter);
      }
    }
    return byValue;
  }

  private Counter takeOver(Object value, Map<Object, Counter> index) {
    if (rarest == null) {
      rarest = new RarestFirst(counters);
    }
    Counter counter = rarest.first();
    index.remove(counter.value);
    counter.value = value;
    counter.error = counter.total;
    return counter;
  }

  /** One value's count, by quarter-hour. */
  static final class Counter {
    final long[] columns = new long[COLUMNS];
    final int index;
    Object value;
    long total;
    long error;
    int place;

    private Counter(Object value, int index) {
      this.value = value;
      this.index = index;
    }
  }
}
