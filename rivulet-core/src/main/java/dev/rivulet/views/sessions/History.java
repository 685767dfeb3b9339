package dev.rivulet.views.sessions;

import java.util.ArrayList;
import java.util.List;

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
  private long older;
  private long olderUntil;
  private long unplaced;

  /** Is told which sessions there are no more, and which are new. */
  interface Ledger {
    void gone(Session session);

    void come(Session session);
  }

  /** Takes an event, as the session that it is by itself. */
  void add(Session event, Ledger ledger) {
    long time = event.first();
    if (older > 0 && time < olderUntil + Session.GAP_MILLIS) {
      unplaced++;
      return;
    }
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
    if (sessions.size() > MOST) {
      Session leaving = sessions.remove(0);
      older++;
      olderUntil = leaving.last();
    }
  }

  /** The sessions that an event at {@code time} touches, at most two. */
  List<Session> touched(long time) {
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

  /** Oldest first. */
  List<Session> sessions() {
    return sessions;
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
    return sessions.isEmpty();
  }

  /** Puts a stored session behind those that are there. */
  void append(Session session) {
    sessions.add(session);
  }

  void olderWere(long count, long until, long eventsUnplaced) {
    older = count;
    olderUntil = until;
    unplaced = eventsUnplaced;
  }
}
