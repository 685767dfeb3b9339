package dev.rivulet.views.sessions;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Dictionary;
import dev.rivulet.view.PersonSegments;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a person's sessions are stored.
 *
 * <pre>
 * varint  twice the number of sessions, plus 1 when some were let go; then for those
 *   zigzag  how many, when their last event was (epoch milliseconds), events that touch them
 * per session, oldest first
 *   zigzag  time of its first event, after the last of the session before; epoch milliseconds
 *   zigzag  last event after the first, milliseconds
 *   varint  events
 *   varint  page views
 *   byte    1 there is an entry page, 2 it is not of the first event, 4 the exit page is not of the
 *           last event, 8 it is another page than the entry
 *   page    the entry: its number in the dictionary plus 1, or 0 and the text; where 2 is set
 *           before it, a zigzag: milliseconds after the first event
 *   page    the exit, where 8 is set; where 4 is set before it, a zigzag: milliseconds before the
 *           last event
 * </pre>
 *
 * About 12 bytes for a session of one event, 16 for a longer one.
 */
final class HistoryCodec implements PersonSegments.Codec<History> {
  private static final int HAS_PAGE = 1;
  private static final int ENTRY_LATER = 2;
  private static final int EXIT_EARLIER = 4;
  private static final int OTHER_EXIT = 8;

  private final Function<String, Dictionary> dictionaries;

  /**
   * @param dictionaries the pages of each project
   */
  HistoryCodec(Function<String, Dictionary> dictionaries) {
    this.dictionaries = dictionaries;
  }

  @Override
  public History fresh() {
    return new History();
  }

  @Override
  public boolean encode(String project, History history, ByteWriter out) {
    out.varint(history.sessions().size() * 2 + (history.older() > 0 ? 1 : 0));
    if (history.older() > 0) {
      out.zigzag(history.older());
      out.zigzag(history.olderUntil());
      out.zigzag(history.unplaced());
    }
    long before = 0;
    for (Session session : history.sessions()) {
      out.zigzag(session.first() - before);
      out.zigzag(session.durationMillis());
      out.varint(session.events());
      out.varint(session.pages());
      landings(session, session.entry(), session.exit(), out);
      before = session.last();
    }
    return !history.isEmpty();
  }

  private static void landings(
      Session session, @Nullable Landing entry, @Nullable Landing exit, ByteWriter out) {
    if (entry == null || exit == null) {
      out.oneByte(0);
      return;
    }
    boolean later = entry.time() > session.first();
    boolean earlier = exit.time() < session.last();
    boolean other = !exit.page().equals(entry.page());
    out.oneByte(
        HAS_PAGE
            | (later ? ENTRY_LATER : 0)
            | (earlier ? EXIT_EARLIER : 0)
            | (other ? OTHER_EXIT : 0));
    if (later) {
      out.zigzag(entry.time() - session.first());
    }
    page(entry, out);
    if (earlier) {
      out.zigzag(session.last() - exit.time());
    }
    if (other) {
      page(exit, out);
    }
  }

  private static void page(Landing landing, ByteWriter out) {
    out.varint(landing.number() + 1);
    if (landing.number() == Dictionary.UNKNOWN) {
      out.text(landing.page());
    }
  }

  @Override
  public History decode(String project, ByteReader in) {
    Dictionary pages = dictionaries.apply(project);
    var history = new History();
    int head = in.varint();
    if ((head & 1) != 0) {
      history.olderWere(in.zigzag(), in.zigzag(), in.zigzag());
    }
    long before = 0;
    for (int i = 0; i < head / 2; i++) {
      long first = before + in.zigzag();
      long last = first + in.zigzag();
      int events = in.varint();
      int views = in.varint();
      int flags = in.oneByte();
      if ((flags & HAS_PAGE) == 0) {
        history.append(new Session(first, last, events, views, null, null));
      } else {
        long entryTime = (flags & ENTRY_LATER) == 0 ? first : first + in.zigzag();
        Landing entry = landing(entryTime, pages, in);
        long exitTime = (flags & EXIT_EARLIER) == 0 ? last : last - in.zigzag();
        Landing exit =
            (flags & OTHER_EXIT) == 0
                ? new Landing(exitTime, entry.page(), entry.number())
                : landing(exitTime, pages, in);
        history.append(new Session(first, last, events, views, entry, exit));
      }
      before = last;
    }
    return history;
  }

  private static Landing landing(long time, Dictionary pages, ByteReader in) {
    int number = in.varint() - 1;
    return new Landing(time, number == Dictionary.UNKNOWN ? in.text() : pages.text(number), number);
  }
}
