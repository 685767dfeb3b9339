package dev.rivulet.views.breakdowns;

import dev.rivulet.event.Limits;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.views.breakdowns.Breakdown.CounterReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One property's breakdown over a range of whole quarter-hours, merged over hours and partitions.
 */
final class BreakdownRead {
  private static final int MOST_HOURS = 800 * 24;

  /** Hours asked for in one round trip, of every partition. */
  private static final int PAGE_HOURS = 1_000;

  private static final int MOST_PAGES = Breakdown.pages(Breakdown.MOST_VALUES);

  /** Read at once; hours with more than these, {@code 4 × 64} values, are read again whole. */
  private static final int FIRST_PAGES = 4;

  private static final int BYTES_PER_COUNTER = 100;

  /** Counters that one answer may hold: a quarter of the heap. */
  private static final long MOST_COUNTERS =
      Math.max(250_000, Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_COUNTER);

  private final String project;
  private final String subject;
  private final String property;
  private final TimeRange range;
  private final List<Hour> hours = new ArrayList<>();
  private long counters;
  private long earliest = Long.MAX_VALUE;
  private final ValueTable values = new ValueTable();

  /** Partitions that have no event of this name in the range. */
  private final Set<Integer> unknownTo = new HashSet<>();

  /** Events there that count as {@link Limits#OTHER}. */
  private long others;

  /**
   * @param range whole quarter-hours
   */
  BreakdownRead(String project, String subject, String property, TimeRange range) {
    this.project = project;
    this.subject = subject;
    this.property = property;
    this.range = range;
    if (hourOf(range.to() - 1) - hourOf(range.from()) >= MOST_HOURS) {
      throw new IllegalArgumentException(
          "a breakdown over "
              + range.millis() / 86_400_000
              + " days: at most 800 are read at once");
    }
  }

  /** Reads the first pages of all hours, and all pages where there are more. */
  void read(Asking asking) {
    long last = hourOf(range.to() - 1);
    for (long hour = hourOf(range.from()); hour <= last; hour += PAGE_HOURS) {
      read(asking, hour, Math.min(hour + PAGE_HOURS - 1, last));
    }
    hours.forEach(this::merge);
    hours.forEach(hour -> unknownTo.remove(hour.partition));
    for (long hour = hourOf(range.from());
        hour <= last && !unknownTo.isEmpty();
        hour += PAGE_HOURS) {
      readOthers(asking, hour, Math.min(hour + PAGE_HOURS - 1, last));
    }
  }

  private void read(Asking asking, long first, long last) {
    Map<Integer, List<Hour>> longer = new HashMap<>();
    asking.scatter(
        BreakdownsView.ROOM,
        (scope, reads) -> {
          unknownTo.add(scope.partition());
          reads.get(Earliest.key(scope, project), this::seeEarliest);
          for (long hour = first; hour <= last; hour++) {
            readFirst(scope, reads, hour, longer);
          }
        });
    if (!longer.isEmpty()) {
      asking.scatter(
          BreakdownsView.ROOM,
          (scope, reads) ->
              longer
                  .getOrDefault(scope.partition(), List.of())
                  .forEach(hour -> readWhole(scope, reads, hour)));
    }
  }

  /**
   * Reads how many events count as {@link Limits#OTHER} where a partition has none of this name:
   * each of them may have it.
   */
  private void readOthers(Asking asking, long first, long last) {
    List<byte[]> total = List.of(Command.bytes(BreakdownsView.TOTAL));
    asking.scatter(
        BreakdownsView.ROOM,
        (scope, reads) -> {
          for (long hour = first; hour <= last && unknownTo.contains(scope.partition()); hour++) {
            byte[] key = BreakdownsView.hourKey(scope, project, Limits.OTHER, hour);
            reads.hash(key, total, found -> others += sum(found.get(0)));
          }
        });
  }

  private static long sum(byte @Nullable [] totals) {
    return totals == null ? 0 : Breakdown.sum(HourBreakdowns.decodeTotals(totals));
  }

  private void seeEarliest(byte @Nullable [] stored) {
    if (stored != null) {
      earliest = Math.min(earliest, Earliest.decode(stored));
    }
  }

  /** When the first event of the project happened, in epoch milliseconds. */
  long earliest() {
    return earliest;
  }

  /** Takes the pages that follow the total. */
  private void restore(Hour hour, List<byte @Nullable []> found) {
    counters -= hour.size;
    for (byte[] page : found.subList(1, found.size())) {
      if (page != null) {
        hour.pages.add(page);
        hour.size = Math.max(hour.size, Breakdown.header(page, hour.other));
      }
    }
    counters += hour.size;
    if (counters > MOST_COUNTERS) {
      throw new IllegalArgumentException(
          "property '"
              + property
              + "' has more than "
              + MOST_COUNTERS
              + " values an hour together in this range: ask for a shorter one");
    }
  }

  /** Events of the range, whether they have the property or not. */
  long total() {
    return hours.stream().mapToLong(hour -> sum(hour, hour.totals)).sum();
  }

  /** Events with a value too long to be told apart. */
  long other() {
    return hours.stream().mapToLong(hour -> sum(hour, hour.other)).sum();
  }

  /** The values, the most frequent first. */
  List<Value> values() {
    List<Value> sorted = values.values();
    sorted.removeIf(value -> value.total == 0);
    Collections.sort(sorted);
    return sorted;
  }

  /** Whether no counter may be too high, and none too low. */
  boolean isExact() {
    return others == 0 && values.values().stream().allMatch(value -> value.error == 0);
  }

  /** By how much the worst of {@code listed} may be wrong, relative. */
  double worstError(List<Value> listed) {
    double missing = others == 0 ? 0 : (double) others / (total() + others);
    return listed.stream()
        .mapToDouble(value -> (double) value.error / value.total)
        .reduce(missing, Math::max);
  }

  /** All events by bucket. */
  long[] totals(Buckets buckets) {
    long[] sums = new long[buckets.count()];
    hours.forEach(hour -> spread(hour, hour.totals, buckets, sums));
    return sums;
  }

  /** Events with any value of the property by bucket. */
  long[] present(Buckets buckets) {
    long[] sums = new long[buckets.count()];
    for (Hour hour : hours) {
      spread(hour, hour.other, buckets, sums);
      hour.read((page, from, to, columns, error) -> spread(hour, columns, buckets, sums));
    }
    return sums;
  }

  /** One series per value of {@code wanted}. */
  Map<Value, long[]> series(List<Value> wanted, Buckets buckets) {
    var series = new IdentityHashMap<Value, long[]>();
    wanted.forEach(value -> series.put(value, new long[buckets.count()]));
    for (Hour hour : hours) {
      hour.read(
          (page, from, to, columns, error) -> {
            long[] sums = series.get(values.at(page, from, to));
            if (sums != null) {
              spread(hour, columns, buckets, sums);
            }
          });
    }
    return series;
  }

  private void readFirst(Scope scope, Reads reads, long hour, Map<Integer, List<Hour>> longer) {
    byte[] key = BreakdownsView.hourKey(scope, project, subject, hour);
    reads.hash(
        key,
        fields(FIRST_PAGES),
        found -> {
          byte[] total = found.get(0);
          if (total != null) {
            var read = new Hour(scope.partition(), hour, HourBreakdowns.decodeTotals(total));
            hours.add(read);
            restore(read, found);
            if (Breakdown.pages(read.size) > FIRST_PAGES) {
              longer.computeIfAbsent(scope.partition(), p -> new ArrayList<>()).add(read);
            }
          }
        });
  }

  /** Reads all pages with the total in one command: of one moment, so that they add up. */
  private void readWhole(Scope scope, Reads reads, Hour hour) {
    reads.hash(
        BreakdownsView.hourKey(scope, project, subject, hour.hour),
        fields(MOST_PAGES),
        found -> {
          byte[] total = found.get(0);
          if (total != null) {
            hour.startAgain(HourBreakdowns.decodeTotals(total));
            restore(hour, found);
          }
        });
  }

  private List<byte[]> fields(int pages) {
    List<byte[]> fields = new ArrayList<>(pages + 1);
    fields.add(Command.bytes(BreakdownsView.TOTAL));
    for (int page = 0; page < pages; page++) {
      fields.add(Command.bytes(BreakdownsView.field(page, property)));
    }
    return fields;
  }

  private void merge(Hour hour) {
    boolean whole = range.from() <= hour.start(0) && hour.start(Breakdown.COLUMNS) <= range.to();
    hour.read(
        (page, from, to, columns, error) -> {
          long count = whole ? Breakdown.sum(columns) : sum(hour, columns);
          if (count > 0) {
            Value merged = values.at(page, from, to);
            merged.total += count;
            merged.error += Math.min(error, count);
          }
        });
  }

  private long sum(Hour hour, long[] columns) {
    long sum = 0;
    for (int column = 0; column < columns.length; column++) {
      if (range.contains(hour.start(column))) {
        sum += columns[column];
      }
    }
    return sum;
  }

  private static void spread(Hour hour, long[] columns, Buckets buckets, long[] sums) {
    for (int column = 0; column < columns.length; column++) {
      if (columns[column] != 0) {
        int bucket = buckets.indexOf(hour.start(column));
        if (bucket >= 0) {
          sums[bucket] += columns[column];
        }
      }
    }
  }

  private static long hourOf(long time) {
    return Math.floorDiv(time, BreakdownsView.HOUR_MILLIS);
  }

  /** One partition's hour. */
  private static final class Hour {
    private final int partition;
    private final long hour;
    private long[] totals;
    private final long[] other = new long[Breakdown.COLUMNS];
    private final List<byte[]> pages = new ArrayList<>();

    /** Counters in all pages together, read or not. */
    private int size;

    private Hour(int partition, long hour, long[] totals) {
      this.partition = partition;
      this.hour = hour;
      this.totals = totals;
    }

    private void startAgain(long[] newTotals) {
      totals = newTotals;
      pages.clear();
      Arrays.fill(other, 0);
    }

    private void read(CounterReader reader) {
      pages.forEach(page -> Breakdown.read(page, reader));
    }

    private long start(int column) {
      return hour * BreakdownsView.HOUR_MILLIS + column * BreakdownsView.QUARTER_MILLIS;
    }
  }
}
