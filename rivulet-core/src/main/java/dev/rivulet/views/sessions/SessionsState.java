package dev.rivulet.views.sessions;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;
import dev.rivulet.view.Dictionaries;
import dev.rivulet.view.Dictionary;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Pages;
import dev.rivulet.view.PersonSegments;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sessions of one partition; memory holds the people and quarter-hours that were used last. */
final class SessionsState implements State {
  private static final long MOST_PEOPLE_BYTES = 48L * 1024 * 1024;
  private static final long MOST_QUARTER_BYTES = 8L * 1024 * 1024;
  private static final int MOST_PAGES_HELD = 100_000;
  private static final int MOST_PROJECTS = 10_000;

  private final Scope scope;
  private final Dictionaries pages;
  private final PersonSegments<History> people;
  private final Pages<Quarter> quarters = new Pages<>(new QuarterCodec(), MOST_QUARTER_BYTES);
  private final Map<Day, Pages<Quarter>.Hash> days = new HashMap<>();
  private String lastProject = "";
  private long lastDay;
  private Pages<Quarter>.@Nullable Hash last;
  private final Map<String, Long> earliest = new HashMap<>();
  private final Set<String> earlier = new HashSet<>();
  private boolean quartersAsked;

  SessionsState(Scope scope) {
    this.scope = scope;
    this.pages =
        new Dictionaries(
            project -> SessionsView.pages(scope, project),
            SessionsView.MOST_PAGES,
            MOST_PAGES_HELD);
    this.people =
        new PersonSegments<>(
            scope, SessionsView.PEOPLE, new HistoryCodec(pages::of), MOST_PEOPLE_BYTES);
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    String last = "";
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() == Kind.EVENT || event.kind() == Kind.ERASURE) {
        if (!event.project().equals(last)) {
          last = event.project();
          pages.load(last, reads);
          loadEarliest(last, reads);
        }
        people.want(occurrence);
      }
    }
    people.load(reads);
  }

  private void loadEarliest(String project, Reads reads) {
    if (earliest.putIfAbsent(project, Long.MAX_VALUE) == null) {
      reads.get(
          SessionsView.earliest(scope, project),
          stored -> {
            if (stored != null) {
              earliest.put(project, Long.parseLong(Bytes.text(stored)));
            }
          });
    }
  }

  /** An event changes the quarter-hours of the sessions it touches, and perhaps begins one. */
  @Override
  public void loadMore(List<Occurrence> batch, Reads reads) {
    if (quartersAsked) {
      return;
    }
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() == Kind.EVENT) {
        String project = event.project();
        long time = event.occurredAt();
        day(project, time).want(SessionsView.quarter(time));
        for (Session touched : people.of(occurrence).touched(time)) {
          day(project, touched.first()).want(SessionsView.quarter(touched.first()));
        }
      }
    }
    quarters.load(reads);
    quartersAsked = true;
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    String project = event.project();
    if (event.kind() == Kind.ERASURE) {
      people.forget(occurrence);
      return;
    }
    long time = event.occurredAt();
    Dictionary dictionary = pages.of(project);
    people.of(occurrence).add(alone(event, dictionary), new Sums(project));
    people.changed(occurrence);
    if (time < earliest.getOrDefault(project, Long.MAX_VALUE)) {
      earliest.put(project, time);
      earlier.add(project);
    }
  }

  /** The session that an event is by itself. */
  private static Session alone(Event event, Dictionary dictionary) {
    long time = event.occurredAt();
    boolean view = PageViews.is(event);
    String page = view ? PageViews.page(event.properties()) : null;
    if (page == null) {
      return new Session(time, time, 1, view ? 1 : 0, null, null);
    }
    var landing = new Landing(time, page, dictionary.add(page));
    return new Session(time, time, 1, 1, landing, landing);
  }

  @Override
  public void write(Writes writes) {
    people.write(writes);
    quarters.write(writes);
    pages.write(writes);
    for (String project : earlier) {
      byte[] time = Command.bytes(earliest.getOrDefault(project, Long.MAX_VALUE));
      writes.set(SessionsView.earliest(scope, project), time);
    }
    earlier.clear();
    days.clear();
    last = null;
    quartersAsked = false;
    if (earliest.size() > MOST_PROJECTS) {
      earliest.clear();
    }
  }

  /** Asked for once a batch: a hash that memory let go of must not be written to. */
  private Pages<Quarter>.Hash day(String project, long time) {
    long number = SessionsView.day(time);
    Pages<Quarter>.Hash found = last;
    if (found == null || number != lastDay || !project.equals(lastProject)) {
      found =
          days.computeIfAbsent(
              new Day(project, number),
              day -> quarters.of(SessionsView.quarters(scope, day.project, day.number)));
      last = found;
      lastDay = number;
      lastProject = project;
    }
    return found;
  }

  private record Day(String project, long number) {}

  /** Keeps the sums of a project true to its sessions. */
  private final class Sums implements History.Ledger {
    private final String project;

    private Sums(String project) {
      this.project = project;
    }

    @Override
    public void gone(Session session) {
      changed(session).remove(session);
    }

    @Override
    public void come(Session session) {
      changed(session).add(session);
    }

    private Quarter changed(Session session) {
      Pages<Quarter>.Hash day = day(project, session.first());
      int quarter = SessionsView.quarter(session.first());
      day.changed(quarter);
      return day.page(quarter);
    }
  }

  /** Quarter-hours in pages. */
  private static final class QuarterCodec implements Pages.Codec<Quarter> {
    @Override
    public Quarter decode(byte @Nullable [] stored) {
      return Quarter.decode(stored);
    }

    @Override
    public byte @Nullable [] encode(Quarter quarter) {
      return quarter.encode();
    }

    @Override
    public int bytes(Quarter quarter) {
      return quarter.bytes();
    }
  }
}
