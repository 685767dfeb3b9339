package dev.rivulet.views.sessions;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Dictionary;
import dev.rivulet.view.PersonSegments;
import java.util.List;
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
 * About 12 bytes for a session of one event, 16 for a longer one. Changes are the events that were
 * added, in that order, each
 *
 * <pre>
 * zigzag  when it was, after the one before; epoch milliseconds
 * varint  0 it is no page view, 1 it is of no page, 2 the text of the page follows,
 *         else the number of the page in the dictionary plus 3
 * </pre>
 */
final class HistoryCodec implements PersonSegments.Codec<History> {
  private static final int HAS_PAGE = 1;
  private static final int ENTRY_LATER = 2;
  private static final int EXIT_EARLIER = 4;
  private static final int OTHER_EXIT = 8;

  private static final int NO_VIEW = 0;
  private static final int NO_PAGE = 1;
  private static final int PAGE_TEXT = 2;
  private static final int PAGE_NUMBER = 3;

  /** The sums of sessions have what was added. */
  private static final History.Ledger NO_SUMS =
      new History.Ledger() {
        @Override
        public void gone(Session session) {}

        @Override
        public void come(Session session) {}
      };

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
    out.varint(history.size() * 2 + (history.older() > 0 ? 1 : 0));
    if (history.older() > 0) {
      out.zigzag(history.older());
      out.zigzag(history.olderUntil());
      out.zigzag(history.unplaced());
    }
    long before = 0;
    History.Packed packed = history.packed();
    if (packed != null) {
      packed.copyTo(out);
      before = packed.until();
    }
    for (Session session : history.unpacked()) {
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
    int count = head / 2;
    if (count > 1) {
      var packed = new Packed(pages, in, count - 1);
      history.restore(packed, session(packed.until, pages, in));
    } else if (count == 1) {
      history.restore(null, session(0, pages, in));
    }
    return history;
  }

  @Override
  public boolean encodeChanges(String project, History history, ByteWriter out) {
    long before = 0;
    for (Session event : history.added()) {
      out.zigzag(event.first() - before);
      before = event.first();
      Landing landing = event.entry();
      if (landing == null) {
        out.varint(event.pages() == 0 ? NO_VIEW : NO_PAGE);
      } else if (landing.number() == Dictionary.UNKNOWN) {
        out.varint(PAGE_TEXT);
        out.text(landing.page());
      } else {
        out.varint(PAGE_NUMBER + landing.number());
      }
    }
    return true;
  }

  @Override
  public void apply(String project, History history, ByteReader in) {
    Dictionary pages = dictionaries.apply(project);
    long time = 0;
    while (!in.isAtEnd()) {
      time += in.zigzag();
      int page = in.varint();
      Landing landing = null;
      if (page == PAGE_TEXT) {
        landing = new Landing(time, in.text(), Dictionary.UNKNOWN);
      } else if (page >= PAGE_NUMBER) {
        landing = new Landing(time, pages.text(page - PAGE_NUMBER), page - PAGE_NUMBER);
      }
      int views = page == NO_VIEW ? 0 : 1;
      history.add(new Session(time, time, 1, views, landing, landing), NO_SUMS);
    }
  }

  private static Session session(long before, Dictionary pages, ByteReader in) {
    long first = before + in.zigzag();
    long last = first + in.zigzag();
    int events = in.varint();
    int views = in.varint();
    int flags = in.oneByte();
    if ((flags & HAS_PAGE) == 0) {
      return new Session(first, last, events, views, null, null);
    }
    long entryTime = (flags & ENTRY_LATER) == 0 ? first : first + in.zigzag();
    Landing entry = landing(entryTime, pages, in);
    long exitTime = (flags & EXIT_EARLIER) == 0 ? last : last - in.zigzag();
    Landing exit =
        (flags & OTHER_EXIT) == 0
            ? new Landing(exitTime, entry.page(), entry.number())
            : landing(exitTime, pages, in);
    return new Session(first, last, events, views, entry, exit);
  }

  /** Passes over a session; returns when its last event was. */
  private static long skip(long before, ByteReader in) {
    long last = before + in.zigzag() + in.zigzag();
    in.varint();
    in.varint();
    int flags = in.oneByte();
    if ((flags & HAS_PAGE) != 0) {
      if ((flags & ENTRY_LATER) != 0) {
        in.zigzag();
      }
      skipPage(in);
      if ((flags & EXIT_EARLIER) != 0) {
        in.zigzag();
      }
      if ((flags & OTHER_EXIT) != 0) {
        skipPage(in);
      }
    }
    return last;
  }

  private static void skipPage(ByteReader in) {
    if (in.varint() - 1 == Dictionary.UNKNOWN) {
      in.skip(in.varint());
    }
  }

  private static Landing landing(long time, Dictionary pages, ByteReader in) {
    int number = in.varint() - 1;
    return new Landing(time, number == Dictionary.UNKNOWN ? in.text() : pages.text(number), number);
  }

  /** Stored sessions that are copied as they are, unless somebody has to look at them. */
  private static final class Packed implements History.Packed {
    private final Dictionary pages;
    private final byte[] stored;
    private final int start;
    private final int end;
    private final int count;
    private final long until;

    /** Passes over the next {@code count} sessions of {@code in}. */
    private Packed(Dictionary pages, ByteReader in, int count) {
      this.pages = pages;
      this.stored = in.array();
      this.start = in.position();
      this.count = count;
      long last = 0;
      for (int i = 0; i < count; i++) {
        last = skip(last, in);
      }
      this.until = last;
      this.end = in.position();
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public long until() {
      return until;
    }

    @Override
    public void unpackTo(List<Session> sessions) {
      var in = new ByteReader(stored, start, end);
      long before = 0;
      for (int i = 0; i < count; i++) {
        Session session = session(before, pages, in);
        sessions.add(session);
        before = session.last();
      }
    }

    @Override
    public void copyTo(ByteWriter out) {
      out.bytes(stored, start, end - start);
    }
  }
}
