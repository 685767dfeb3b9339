package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.Collection;
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
 */
final class LastSeen {
  /** Shares of a project in a partition. */
  static final int SHARES = 32;

  /** People of a share: 2,048 a partition, so that the newest 1,000 are surely among them. */
  static final int MOST = 64;

  /** Nobody had to leave. */
  static final long NEVER = Long.MIN_VALUE / 4;

  private static final byte FORMAT = 1;

  private final Map<String, Person> people = new HashMap<>();

  /** Those of {@link #people} that were stored and have not changed since, newest first. */
  private List<Person> stored = new ArrayList<>();

  /** The others. */
  private final List<Person> changed = new ArrayList<>();

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
    remove(person.user);
    people.put(person.user, person);
    changed.add(person);
  }

  /** Notes somebody of whom only traits are known; returns whether that is news. */
  boolean introduce(String user, long at) {
    Person known = people.get(user);
    if (known != null && (known.total > 0 || known.last >= at)) {
      return false;
    }
    put(new Person(user, at, at, 0));
    return true;
  }

  void remove(String user) {
    Person known = people.remove(user);
    if (known != null) {
      int place = Collections.binarySearch(stored, known);
      if (place >= 0) {
        stored.remove(place);
      } else {
        changed.remove(known);
      }
    }
  }

  Collection<Person> people() {
    return people.values();
  }

  /** Everybody who was seen later than this is here. */
  long floor() {
    return floor;
  }

  int bytes() {
    return 64 + people.size() * 200;
  }

  /** The bytes to store, of the newest; the others leave. Null when there is nothing to tell. */
  byte @Nullable [] encode() {
    List<Person> all = newestFirst();
    if (all.size() > MOST) {
      floor = Math.max(floor, all.get(MOST).last);
      List<Person> leaving = all.subList(MOST, all.size());
      leaving.forEach(person -> people.remove(person.user));
      leaving.clear();
    }
    stored = all;
    changed.clear();
    if (all.isEmpty() && floor == NEVER) {
      return null;
    }
    var out = new ByteWriter(16 + all.size() * 24);
    out.oneByte(FORMAT);
    out.zigzag(floor);
    out.varint(all.size());
    long before = 0;
    for (Person seen : all) {
      out.text(seen.user);
      out.zigzag(before - seen.last);
      out.zigzag(seen.last - seen.first);
      out.zigzag(seen.total);
      before = seen.last;
    }
    return out.toBytes();
  }

  /** Few change at a time: they are sorted, and the others, which are, are merged with them. */
  private List<Person> newestFirst() {
    Collections.sort(changed);
    List<Person> all = new ArrayList<>(people.size());
    int next = 0;
    for (Person old : stored) {
      while (next < changed.size() && changed.get(next).compareTo(old) < 0) {
        all.add(changed.get(next++));
      }
      all.add(old);
    }
    all.addAll(changed.subList(next, changed.size()));
    return all;
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
    int count = in.varint();
    long before = 0;
    for (int i = 0; i < count; i++) {
      String user = in.text();
      before -= in.zigzag();
      var person = new Person(user, before, before - in.zigzag(), in.zigzag());
      share.stored.add(person);
      share.people.put(user, person);
    }
    return share;
  }
}
