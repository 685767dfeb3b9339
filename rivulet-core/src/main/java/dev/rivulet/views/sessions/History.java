package dev.rivulet.views.sessions;

import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one person: the newest {@value #MOST}, oldest first, and what has to be known of
 * those that were let go. Mutable.
 *
 * <p>An event that would touch a session that was let go is counted, and placed nowhere: what it
 * would have made of that session cannot be told any more.
 */
final class History {
  /** Sessions kept. */
  static final int MOST = 64;

  private final List<Session> sessions = new ArrayList<>();

  /** The events that were added since it was made or read. */
  private final List<Session> added = new ArrayList<>(1);

  /** Older sessions than those, as they are stored; most of the time nobody has to look at them. */
  private @Nullable Packed packed;

  private long older;
  private long olderUntil;
  private long unplaced;

  /** Is told which sessions there are no more, and which are new. */
  interface Ledger {
    void gone(Session session);

    void come(Session session);
  }

  /** At least one session as it is stored, oldest first. */
  interface Packed {
    int count();

    /** When the last event of the newest of them was. */
    long until();

    void unpackTo(List<Session> sessions);

    void copyTo(ByteWriter out);
  }

  /** Takes an event, as the session that it is by itself. */
  void add(Session event, Ledger ledger) {
    added.add(event);
    long time = event.first();
    if (older > 0 && time < olderUntil + Session.GAP_MILLIS) {
      unplaced++;
      return;
    }
    unpackFor(time);
    Session merged = event;
    int place = sessions.size();
    while (place > 0 && sessions.get(place - 1).last() + Session.GAP_MILLIS > time) {
      place--;
      Session touched = sessions.get(place);
      if (touched.takes(time)) {
        ledger.gone(touched);
        merged = merged.merge(touched);
        sessions.remove(place);
      }
    }
    sessions.add(place, merged);
    ledger.come(merged);
    if (size() > MOST) {
      unpack();
      Session leaving = sessions.remove(0);
      older++;
      olderUntil = leaving.last();
    }
  }

  /** The sessions that an event at {@code time} touches, at most two. */
  List<Session> touched(long time) {
    unpackFor(time);
    List<Session> touched = new ArrayList<>(2);
    for (int i = sessions.size() - 1;
        i >= 0 && sessions.get(i).last() + Session.GAP_MILLIS > time;
        i--) {
      if (sessions.get(i).takes(time)) {
        touched.add(sessions.get(i));
      }
    }
    return touched;
  }

  private void unpackFor(long time) {
    if (packed != null && packed.until() + Session.GAP_MILLIS > time) {
      unpack();
    }
  }

  private void unpack() {
    if (packed != null) {
      List<Session> newest = List.copyOf(sessions);
      sessions.clear();
      packed.unpackTo(sessions);
      sessions.addAll(newest);
      packed = null;
    }
  }

  int size() {
    return sessions.size() + (packed == null ? 0 : packed.count());
  }

  /** Oldest first. */
  List<Session> sessions() {
    unpack();
    return sessions;
  }

  /** Those of {@link #sessions} that are not {@link #packed}. */
  List<Session> unpacked() {
    return sessions;
  }

  /** The events that were added since it was made or read, in that order. */
  List<Session> added() {
    return added;
  }

  /** The oldest sessions, where nobody had to look at them. */
  @Nullable Packed packed() {
    return packed;
  }

  /** Sessions that were let go. */
  long older() {
    return older;
  }

  /** When the last event of those was; without meaning when there are none. */
  long olderUntil() {
    return olderUntil;
  }

  /** Events that would have touched those. */
  long unplaced() {
    return unplaced;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** Gives a new history its stored sessions. */
  void restore(@Nullable Packed olderOnes, Session newest) {
    packed = olderOnes;
    sessions.add(newest);
  }

  void olderWere(long count, long until, long eventsUnplaced) {
    older = count;
    olderUntil = until;
    unplaced = eventsUnplaced;
  }
}
