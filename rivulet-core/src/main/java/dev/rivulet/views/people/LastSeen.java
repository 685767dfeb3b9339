package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those people of a share of a project and partition who were seen last, by the time of their last
 * action. A project has {@value #SHARES} shares a partition, so that one person's action does not
 * rewrite everybody.
 *
 * <pre>
 * byte    format (1)
 * zigzag  the latest time of anybody who had to leave, epoch milliseconds
 * varint  number of people; then per person, seen last first
 *   text    the person's id
 *   zigzag  how much earlier seen than the one before, milliseconds
 *   zigzag  how much earlier the first action was, milliseconds
 *   zigzag  actions ever
 * </pre>
 *
 * Memory holds the people as they are stored, since of those stored most only move down.
 */
final class LastSeen {
  /** Shares of a project in a partition. */
  static final int SHARES = 32;

  /** People of a share: 2,048 a partition, so that the newest 1,000 are surely among them. */
  static final int MOST = 64;

  /** Nobody had to leave. */
  static final long NEVER = Long.MIN_VALUE / 4;

  private static final byte FORMAT = 1;

  /** Who was put since the last {@link #encode}. */
  private final Map<String, Person> changed = new HashMap<>();

  /** The others, and which of them were taken out. */
  private SeenRows rows = new SeenRows(0);

  private final BitSet gone = new BitSet();
  private long floor = NEVER;

  /** The share of a person, from bits of the hash that neither partition nor segment use. */
  static int share(long hash) {
    return (int) (hash >>> 16) & (SHARES - 1);
  }

  /**
   * What a list of people tells of one.
   *
   * @param last time of the last action, epoch milliseconds; of somebody who did nothing yet, when
   *     something was told of them
   * @param first time of the first action, likewise
   * @param total actions ever
   */
  record Person(String user, long last, long first, long total) implements Comparable<Person> {
    static Person of(String user, Profile profile) {
      return new Person(user, profile.last(), profile.first(), profile.total());
    }

    /** Newest first, of one moment in order of the ids. */
    @Override
    public int compareTo(Person other) {
      int byTime = Long.compare(other.last, last);
      return byTime != 0 ? byTime : user.compareTo(other.user);
    }
  }

  void put(Person person) {
    if (changed.put(person.user, person) == null) {
      takeOut(person.user);
    }
  }

  /** Notes somebody of whom only traits are known; returns whether that is news. */
  boolean introduce(String user, long at) {
    Person known = known(user);
    if (known != null && (known.total > 0 || known.last >= at)) {
      return false;
    }
    put(new Person(user, at, at, 0));
    return true;
  }

  private @Nullable Person known(String user) {
    Person put = changed.get(user);
    if (put != null) {
      return put;
    }
    int row = rows.find(user);
    return row < 0 || gone.get(row) ? null : rows.person(row);
  }

  void remove(String user) {
    changed.remove(user);
    takeOut(user);
  }

  private void takeOut(String user) {
    int row = rows.find(user);
    if (row >= 0) {
      gone.set(row);
    }
  }

  /** Everybody who is here, in no order. */
  List<Person> people() {
    List<Person> people = new ArrayList<>(changed.values());
    for (int row = present(0); row < rows.count(); row = present(row + 1)) {
      people.add(rows.person(row));
    }
    return people;
  }

  /** Everybody who was seen later than this is here. */
  long floor() {
    return floor;
  }

  int bytes() {
    return 128 + rows.heapBytes() + 200 * changed.size();
  }

  /** The bytes to store, of the newest; the others leave. Null when there is nothing to tell. */
  byte @Nullable [] encode() {
    List<Person> news = new ArrayList<>(changed.values());
    Collections.sort(news);
    rows = merge(news);
    gone.clear();
    changed.clear();
    if (rows.count() == 0 && floor == NEVER) {
      return null;
    }
    var out = new ByteWriter(16 + rows.count() * 24);
    out.oneByte(FORMAT);
    out.zigzag(floor);
    rows.encodeTo(out);
    return out.toBytes();
  }

  /** The newest of {@code news} and of the rows. */
  private SeenRows merge(List<Person> news) {
    var newest = new SeenRows(Math.min(MOST, rows.count() + news.size()));
    int next = 0;
    int row = present(0);
    while (next < news.size() || row < rows.count()) {
      boolean isNew = next < news.size() && isNewer(news.get(next), row);
      if (newest.count() == MOST) {
        floor = Math.max(floor, isNew ? news.get(next).last : rows.last(row));
        break;
      }
      if (isNew) {
        newest.add(news.get(next++));
      } else {
        newest.add(rows, row);
        row = present(row + 1);
      }
    }
    return newest;
  }

  private boolean isNewer(Person person, int row) {
    return row >= rows.count()
        || person.last > rows.last(row)
        || (person.last == rows.last(row) && person.compareTo(rows.person(row)) < 0);
  }

  /** The first row from {@code row} on that was not taken out. */
  private int present(int row) {
    return gone.nextClearBit(row);
  }

  static LastSeen decode(byte @Nullable [] stored) {
    var share = new LastSeen();
    if (stored == null) {
      return share;
    }
    var in = new ByteReader(stored, 0);
    int format = in.oneByte();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "who was seen last is stored in format " + format + ", this version reads " + FORMAT);
    }
    share.floor = in.zigzag();
    share.rows = SeenRows.decode(in);
    return share;
  }
}
