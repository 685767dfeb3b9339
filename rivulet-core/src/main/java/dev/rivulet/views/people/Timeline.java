package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.EntryId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the newest actions of a person stand in the log, newest first by the time at which they
 * happened, so that the order of arrival does not matter; of actions of one moment the one later in
 * the log is newer.
 *
 * <pre>
 * varint  number of actions; then per action, newest first
 *   zigzag  how much earlier it happened than the one before, milliseconds
 *   zigzag  milliseconds from then to its log entry, less that of the one before
 *   zigzag  sequence of the entry
 *   varint  index in the entry
 * </pre>
 *
 * About 8 bytes an action.
 */
final class Timeline {
  /** Actions kept. */
  static final int MOST = 100;

  private static final byte FORMAT = 1;

  private final List<Action> newestFirst = new ArrayList<>();

  /** Older actions than those, as they are stored; most of the time nobody has to look at them. */
  private @Nullable Packed packed;

  /** Takes an action, unless as many newer ones are known as are kept. */
  void add(Action action) {
    if (packed != null && (packed.newest.compareTo(action) <= 0 || size() >= MOST)) {
      unpack();
    }
    int found = Collections.binarySearch(newestFirst, action);
    if (found < 0 && -found - 1 < MOST) {
      newestFirst.add(-found - 1, action);
      if (newestFirst.size() > MOST) {
        newestFirst.remove(MOST);
      }
    }
  }

  /** Takes what {@code other} has; what both have is there once. */
  void addAll(Timeline other) {
    other.actions().forEach(this::add);
  }

  void clear() {
    newestFirst.clear();
    packed = null;
  }

  int size() {
    return newestFirst.size() + (packed == null ? 0 : packed.count);
  }

  /** Newest first. */
  List<Action> actions() {
    unpack();
    return newestFirst;
  }

  private void unpack() {
    if (packed != null) {
      packed.addTo(newestFirst);
      packed = null;
    }
  }

  void encodeTo(ByteWriter out) {
    out.varint(size());
    long time = 0;
    long lag = 0;
    for (Action action : newestFirst) {
      action.encodeTo(out, time, lag);
      time = action.time;
      lag = action.lag();
    }
    if (packed != null) {
      packed.encodeTo(out, time, lag);
    }
  }

  /** The bytes to store a timeline by itself: the format, then as {@link #encodeTo}. */
  byte[] encode() {
    var out = new ByteWriter(16 + newestFirst.size() * 10);
    out.oneByte(FORMAT);
    encodeTo(out);
    return out.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalStateException when the bytes are of another format
   */
  static Timeline decode(byte[] stored) {
    if (stored[0] != FORMAT) {
      throw new IllegalStateException(
          "timelines are stored in format " + stored[0] + ", this version reads " + FORMAT);
    }
    return decode(new ByteReader(stored, 1));
  }

  /** Reads what {@link #encodeTo} wrote, up to where {@code in} ends. */
  static Timeline decode(ByteReader in) {
    var timeline = new Timeline();
    int count = in.varint();
    if (count > 0) {
      timeline.packed = new Packed(count, in);
    }
    return timeline;
  }

  /** At least one action as it is stored, of which only the first is told. */
  private static final class Packed {
    private final int count;
    private final Action newest;

    /** What follows the first. */
    private final ByteReader rest;

    private Packed(int count, ByteReader in) {
      this.count = count;
      this.newest = Action.decode(in, 0, 0);
      this.rest = in;
    }

    /** The first is told anew after the one before it, the others stay as they are. */
    private void encodeTo(ByteWriter out, long timeBefore, long lagBefore) {
      newest.encodeTo(out, timeBefore, lagBefore);
      out.bytes(rest.array(), rest.position(), rest.end() - rest.position());
    }

    private void addTo(List<Action> actions) {
      Action before = newest;
      actions.add(before);
      for (int i = 1; i < count; i++) {
        before = Action.decode(rest, before.time, before.lag());
        actions.add(before);
      }
    }
  }

  /**
   * Something a person did. Newer ones come first.
   *
   * @param time when it happened, epoch milliseconds
   * @param entry the log entry that holds it
   * @param index its place in the entry
   */
  record Action(long time, EntryId entry, int index) implements Comparable<Action> {
    /** Milliseconds from then to its log entry. */
    private long lag() {
      return entry.millis() - time;
    }

    /** Writes it for who knows {@code before}, which may be null. */
    void encodeTo(ByteWriter out, @Nullable Action before) {
      encodeTo(out, before == null ? 0 : before.time, before == null ? 0 : before.lag());
    }

    static Action decode(ByteReader in, @Nullable Action before) {
      return decode(in, before == null ? 0 : before.time, before == null ? 0 : before.lag());
    }

    private void encodeTo(ByteWriter out, long timeBefore, long lagBefore) {
      out.zigzag(timeBefore - time);
      out.zigzag(lag() - lagBefore);
      out.zigzag(entry.sequence());
      out.varint(index);
    }

    private static Action decode(ByteReader in, long timeBefore, long lagBefore) {
      long time = timeBefore - in.zigzag();
      var entry = new EntryId(time + lagBefore + in.zigzag(), in.zigzag());
      return new Action(time, entry, in.varint());
    }

    @Override
    public int compareTo(Action other) {
      int byTime = Long.compare(other.time, time);
      int byEntry = byTime != 0 ? byTime : other.entry.compareTo(entry);
      return byEntry != 0 ? byEntry : Integer.compare(other.index, index);
    }
  }
}
