package dev.rivulet.views.uniques;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One partition's part of an answer. It comes from the stored sizes alone, or from the sets of
 * every day that has somebody, so that all its numbers are of one moment: a total is never below
 * its parts. Used by one thread.
 */
final class PartitionSets {
  private final UniquePeople query;
  private final Timeline timeline;
  private final int[][] hourSizes;
  private final int[] daySizes;
  private final long[] counts;
  private final List<Integer> toRead = new ArrayList<>();
  private final BitSet everybody = new BitSet();
  private final TreeMap<Integer, BitSet> open = new TreeMap<>();
  private long total;
  private long earliest = Long.MAX_VALUE;
  private boolean known;
  private boolean others;

  PartitionSets(UniquePeople query, Timeline timeline) {
    this.query = query;
    this.timeline = timeline;
    int days = timeline.days().size();
    this.hourSizes = new int[days][DayHours.MOST];
    this.daySizes = new int[days];
    this.counts = new long[timeline.buckets()];
  }

  /** Asks for the sizes of every day. */
  void readSizes(Scope scope, Reads reads) {
    reads.get(
        Layout.earliest(scope, query.project()),
        stored -> earliest = stored == null ? earliest : number(stored));
    for (int d = 0; d < timeline.days().size(); d++) {
      int index = d;
      DayHours day = timeline.days().get(d);
      var fields = new ArrayList<byte[]>();
      for (int hour = 0; hour < day.count(); hour++) {
        fields.add(Layout.hourField(query.event(), hour));
      }
      fields.add(Layout.dayField(query.event()));
      fields.add(Layout.dayField(Limits.OTHER));
      reads.hash(
          Layout.sizes(scope, query.project(), day.text()),
          fields,
          values -> takeSizes(index, values));
    }
  }

  private void takeSizes(int day, List<byte @Nullable []> values) {
    int hours = values.size() - 2;
    for (int hour = 0; hour < hours; hour++) {
      hourSizes[day][hour] = size(values.get(hour));
    }
    daySizes[day] = size(values.get(hours));
    known |= daySizes[day] > 0;
    others |= size(values.get(hours + 1)) > 0;
  }

  private static int size(byte @Nullable [] stored) {
    return stored == null ? 0 : (int) number(stored);
  }

  /**
   * Whether people of the event may be among those of {@link Limits#OTHER}: it has nobody on any
   * day, and those do.
   */
  boolean mayBeInOther() {
    return query.event() != null && !known && others;
  }

  /** Answers from the sizes what they can answer; otherwise notes the days whose sets to read. */
  void settle() {
    for (int d = 0; d < timeline.days().size(); d++) {
      if (sizeInside(d) > 0) {
        toRead.add(d);
      }
    }
    if (toRead.size() == 1 && answersFromSizes(toRead.get(0))) {
      toRead.clear();
    }
  }

  /** Whether sets are still to be read. */
  boolean isOpen() {
    return !toRead.isEmpty();
  }

  /** Words of all days to read. */
  long sizeToRead() {
    return toRead.stream().mapToLong(this::words).sum();
  }

  /**
   * Asks for the sets of the next days, about {@code most} words. A day is done when its set
   * arrives, so the same may be asked again.
   */
  void readSets(Scope scope, Reads reads, long most) {
    long asked = 0;
    for (int day : toRead) {
      if (asked > 0 && asked + words(day) > most) {
        break;
      }
      asked += words(day);
      String text = timeline.days().get(day).text();
      byte[] key = Layout.words(scope, query.project(), query.event(), text);
      reads.get(key, words -> takeSet(day, words));
    }
  }

  private void takeSet(int day, byte @Nullable [] words) {
    toRead.remove(Integer.valueOf(day));
    int[] buckets = timeline.bucketsOf(day);
    close(buckets[0] == Timeline.OUTSIDE ? 0 : buckets[0]);
    @Nullable BitSet[] peopleOf = new @Nullable BitSet[DayHours.MOST];
    for (int hour = 0; hour < DayHours.MOST; hour++) {
      if (buckets[hour] != Timeline.OUTSIDE) {
        peopleOf[hour] = open.computeIfAbsent(buckets[hour], bucket -> new BitSet());
      }
    }
    var buffer = ByteBuffer.wrap(words == null ? new byte[0] : words);
    while (buffer.remaining() >= Integer.BYTES) {
      int word = buffer.getInt();
      BitSet people = peopleOf[word & Layout.HOUR_MASK];
      if (people != null) {
        people.set(word >>> Layout.HOUR_BITS);
        everybody.set(word >>> Layout.HOUR_BITS);
      }
    }
  }

  /** Counts the buckets that no further day adds to. */
  private void close(int before) {
    while (!open.isEmpty() && open.firstKey() < before) {
      var first = open.pollFirstEntry();
      counts[first.getKey()] = first.getValue().cardinality();
    }
  }

  /** Call when every set was read. */
  void finish() {
    close(Integer.MAX_VALUE);
    if (!everybody.isEmpty()) {
      total = everybody.cardinality();
    }
  }

  long total() {
    return total;
  }

  long count(int bucket) {
    return counts[bucket];
  }

  /** Start of the project's earliest hour with data; {@link Long#MAX_VALUE} without any. */
  long earliest() {
    return earliest;
  }

  /** When all people of the range are of one day, sizes may do. */
  private boolean answersFromSizes(int day) {
    int[] buckets = timeline.bucketsOf(day);
    int[] inBucket = new int[timeline.buckets()];
    int[] only = new int[timeline.buckets()];
    int occupied = 0;
    int inside = 0;
    int lastInside = 0;
    for (int hour = 0; hour < DayHours.MOST; hour++) {
      int size = hourSizes[day][hour];
      if (size > 0) {
        occupied++;
        if (buckets[hour] != Timeline.OUTSIDE) {
          inside++;
          lastInside = size;
          inBucket[buckets[hour]]++;
          only[buckets[hour]] = size;
        }
      }
    }
    long[] found = new long[timeline.buckets()];
    for (int bucket = 0; bucket < found.length; bucket++) {
      if (inBucket[bucket] > 1 && inBucket[bucket] < occupied) {
        return false;
      }
      found[bucket] = inBucket[bucket] > 1 ? daySizes[day] : only[bucket];
    }
    if (inside > 1 && inside < occupied) {
      return false;
    }
    System.arraycopy(found, 0, counts, 0, found.length);
    total = inside > 1 ? daySizes[day] : lastInside;
    return true;
  }

  private long sizeInside(int day) {
    long size = 0;
    int[] buckets = timeline.bucketsOf(day);
    for (int hour = 0; hour < DayHours.MOST; hour++) {
      size += buckets[hour] == Timeline.OUTSIDE ? 0 : hourSizes[day][hour];
    }
    return size;
  }

  private long words(int day) {
    long words = 0;
    for (int size : hourSizes[day]) {
      words += size;
    }
    return words;
  }

  private static long number(byte[] decimal) {
    return Long.parseLong(new String(decimal, StandardCharsets.US_ASCII));
  }
}
