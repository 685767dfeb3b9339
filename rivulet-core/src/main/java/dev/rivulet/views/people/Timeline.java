package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.EntryId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  private final List<Action> newestFirst;

  Timeline() {
    this(0);
  }

  private Timeline(int expected) {
    newestFirst = new ArrayList<>(expected);
  }

  /** Takes an action, unless as many newer ones are known as are kept. */
  void add(Action action) {
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
    other.newestFirst.forEach(this::add);
  }

  void clear() {
    newestFirst.clear();
  }

  int size() {
    return newestFirst.size();
  }

  /** Newest first. */
  List<Action> actions() {
    return newestFirst;
  }

  void encodeTo(ByteWriter out) {
    out.varint(newestFirst.size());
    long time = 0;
    long lag = 0;
    for (Action action : newestFirst) {
      long ownLag = action.entry.millis() - action.time;
      out.zigzag(time - action.time);
      out.zigzag(ownLag - lag);
      out.zigzag(action.entry.sequence());
      out.varint(action.index);
      time = action.time;
      lag = ownLag;
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

  static Timeline decode(ByteReader in) {
    int count = in.varint();
    var timeline = new Timeline(Math.min(count, MOST) + 1);
    long time = 0;
    long lag = 0;
    for (int i = 0; i < count; i++) {
      time -= in.zigzag();
      lag += in.zigzag();
      var entry = new EntryId(time + lag, in.zigzag());
      timeline.newestFirst.add(new Action(time, entry, in.varint()));
    }
    return timeline;
  }

  /**
   * Something a person did. Newer ones come first.
   *
   * @param time when it happened, epoch milliseconds
   * @param entry the log entry that holds it
   * @param index its place in the entry
   */
  record Action(long time, EntryId entry, int index) implements Comparable<Action> {
    @Override
    public int compareTo(Action other) {
      int byTime = Long.compare(other.time, time);
      int byEntry = byTime != 0 ? byTime : other.entry.compareTo(entry);
      return byEntry != 0 ? byEntry : Integer.compare(other.index, index);
    }
  }
}
