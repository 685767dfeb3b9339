package dev.rivulet.views.sessions;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that began in one quarter-hour, of one project and partition. A session that changes
 * is taken out and put in again. Mutable.
 *
 * <pre>
 * byte    format (1)
 * zigzag  sessions of one event
 * zigzag  page views
 * durations in milliseconds, as {@link Distribution} stores them
 * entry pages, then exit pages, as {@link PageTally} stores them
 * </pre>
 */
final class Quarter {
  static final long MILLIS = 900_000;

  private static final byte FORMAT = 1;

  private Distribution durations = new Distribution();
  private PageTally entries = new PageTally();
  private PageTally exits = new PageTally();
  private long bounces;
  private long pages;

  void add(Session session) {
    count(session, 1);
  }

  void remove(Session session) {
    count(session, -1);
  }

  private void count(Session session, int times) {
    durations.add(session.durationMillis(), times);
    bounces += session.isBounce() ? times : 0;
    pages += (long) session.pages() * times;
    Landing entry = session.entry();
    Landing exit = session.exit();
    if (entry != null && exit != null) {
      entries.add(entry.number(), times);
      exits.add(exit.number(), times);
    }
  }

  long sessions() {
    return durations.count();
  }

  /** Sessions of one event. */
  long bounces() {
    return bounces;
  }

  /** Page views of all sessions. */
  long pages() {
    return pages;
  }

  /** Durations in milliseconds. */
  Distribution durations() {
    return durations;
  }

  PageTally entries() {
    return entries;
  }

  PageTally exits() {
    return exits;
  }

  int bytes() {
    return 256 + durations.bytes() + 64 * (entries.size() + exits.size());
  }

  byte @Nullable [] encode() {
    if (durations.isEmpty()) {
      return null;
    }
    var out = new ByteWriter(128);
    out.oneByte(FORMAT);
    out.zigzag(bounces);
    out.zigzag(pages);
    durations.encodeTo(out);
    entries.encodeTo(out);
    exits.encodeTo(out);
    return out.toBytes();
  }

  /**
   * @param stored bytes of {@link #encode}, or null for no sessions
   * @throws IllegalStateException when the bytes are of another format
   */
  static Quarter decode(byte @Nullable [] stored) {
    var quarter = new Quarter();
    if (stored == null) {
      return quarter;
    }
    var in = new ByteReader(stored, 0);
    int format = in.oneByte();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "sessions are stored in format " + format + ", this version reads " + FORMAT);
    }
    quarter.bounces = in.zigzag();
    quarter.pages = in.zigzag();
    quarter.durations = Distribution.decode(in);
    quarter.entries = PageTally.decode(in);
    quarter.exits = PageTally.decode(in);
    return quarter;
  }
}
