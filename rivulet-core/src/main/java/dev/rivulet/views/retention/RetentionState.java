package dev.rivulet.views.retention;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import dev.rivulet.views.retention.SubjectSets.PeopleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * The sets of one partition. Memory holds whole sets, loaded when first touched; between batches
 * the least recently used go once the bound is passed.
 */
final class RetentionState implements State {
  private final Scope scope;
  private final long mostBytes;
  private final Map<String, Project> projects = new HashMap<>();
  private final Set<SubjectSets> changed = new LinkedHashSet<>();
  private final Map<String, Erasure> erasures = new HashMap<>();
  private long batch;
  private long held;

  RetentionState(Scope scope, long mostBytes) {
    this.scope = scope;
    this.mostBytes = mostBytes;
  }

  @Override
  public void load(List<Occurrence> occurrences, Reads reads) {
    erasures.clear();
    Set<SubjectSets> touched = new LinkedHashSet<>();
    for (Occurrence occurrence : occurrences) {
      Event event = occurrence.event();
      if (event.kind() == Kind.EVENT && LocalDays.covers(event.occurredAt())) {
        Project project = project(event.project(), reads);
        int day = project.days.dayOf(event.occurredAt());
        touched.add(project.want(Layout.ANY, day));
        touched.add(project.want(occurrence.subject(), day));
      } else if (event.kind() == Kind.ERASURE) {
        Project project = project(event.project(), reads);
        erasures
            .computeIfAbsent(event.project(), name -> new Erasure(project))
            .people
            .add(occurrence.person());
      }
    }
    touched.forEach(subject -> subject.load(reads, batch));
    erasures.values().forEach(erasure -> erasure.begin(reads));
  }

  @Override
  public void loadMore(List<Occurrence> occurrences, Reads reads) {
    erasures.values().forEach(erasure -> erasure.proceed(reads));
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    Project project = projects.get(event.project());
    if (project == null) {
      throw outsideCalendar(event);
    }
    if (event.kind() == Kind.ERASURE) {
      project.erase(occurrence.person());
      return;
    }
    if (!LocalDays.covers(event.occurredAt())) {
      throw outsideCalendar(event);
    }
    int day = project.days.dayOf(event.occurredAt());
    project.mark(Layout.ANY, day, occurrence.person());
    project.mark(occurrence.subject(), day, occurrence.person());
  }

  private static IllegalArgumentException outsideCalendar(Event event) {
    return new IllegalArgumentException(
        "time " + event.occurredAt() + " ms is not between the years 1 and 9999");
  }

  @Override
  public void write(Writes writes) {
    for (SubjectSets subject : changed) {
      subject.write(writes);
    }
    projects.values().forEach(project -> project.write(writes));
    weighTouched();
    changed.clear();
    batch++;
    if (held > mostBytes) {
      shrink(writes);
    }
  }

  private Project project(String name, Reads reads) {
    Project known = projects.get(name);
    if (known == null) {
      known = new Project(name);
      projects.put(name, known);
      reads.wholeHash(Layout.subjects(scope, name), known::loadSubjects);
    }
    return known;
  }

  private void weighTouched() {
    for (Project project : projects.values()) {
      for (SubjectSets subject : project.touched) {
        for (PeopleSet set : subject.sets()) {
          if (set.usedAt() == batch) {
            held += SubjectSets.weigh(set);
          }
        }
      }
      project.touched.clear();
    }
  }

  /** Lets the sets that were not used for longest go, down to three quarters of the bound. */
  private void shrink(Writes writes) {
    record Place(SubjectSets subject, PeopleSet set) {}
    List<Place> places = new ArrayList<>();
    for (Project project : projects.values()) {
      for (SubjectSets subject : project.subjects.values()) {
        subject.sets().forEach(set -> places.add(new Place(subject, set)));
      }
    }
    places.sort(Comparator.comparingLong(place -> place.set.usedAt()));
    for (Place place : places) {
      if (held <= mostBytes / 4 * 3) {
        break;
      }
      held -= place.set.bytes();
      place.subject.forget(place.set, writes);
    }
    for (Project project : projects.values()) {
      project.subjects.values().removeIf(subject -> subject.sets().isEmpty());
    }
  }

  /** One project's subjects. */
  private final class Project {
    private final String name;
    private final LocalDays days;
    private final Map<String, SubjectSets> subjects = new HashMap<>();
    private final Set<SubjectSets> touched = new LinkedHashSet<>();

    /** Since which day each stored subject has anybody: at most as many as there are names. */
    private final Map<String, Integer> firstDays = new HashMap<>();

    private final Set<String> earlier = new LinkedHashSet<>();

    private Project(String name) {
      this.name = name;
      this.days = new LocalDays(scope.zone(name));
    }

    private void loadSubjects(Map<String, byte[]> stored) {
      stored.forEach((subject, day) -> firstDays.put(subject, Integer.parseInt(Bytes.text(day))));
    }

    private SubjectSets open(String subject) {
      SubjectSets sets =
          subjects.computeIfAbsent(subject, s -> new SubjectSets(scope, name, subject));
      touched.add(sets);
      return sets;
    }

    private SubjectSets want(String subject, int day) {
      SubjectSets sets = open(subject);
      sets.want(day, batch);
      return sets;
    }

    private void mark(String subject, int day, int person) {
      SubjectSets sets = subjects.get(subject);
      if (sets == null) {
        throw new IllegalStateException("people of '" + subject + "' are not loaded");
      }
      if (sets.mark(day, person)) {
        changed.add(sets);
      }
      Integer first = firstDays.get(subject);
      if (first == null || day < first) {
        firstDays.put(subject, day);
        earlier.add(subject);
      }
    }

    private void erase(int person) {
      for (SubjectSets sets : subjects.values()) {
        sets.remove(person);
        changed.add(sets);
      }
    }

    private void write(Writes writes) {
      List<byte[]> pairs = new ArrayList<>();
      for (String subject : earlier) {
        pairs.add(Command.bytes(subject));
        pairs.add(Command.bytes(firstDays.getOrDefault(subject, 0)));
      }
      writes.hash(Layout.subjects(scope, name), pairs);
      earlier.clear();
    }
  }

  /**
   * Finds all sets that have one of some people, in three round trips: the months of any event,
   * then those months of each subject, then the days and weeks of the months that have one.
   */
  private final class Erasure {
    private final Project project;
    private final RoaringBitmap people = new RoaringBitmap();
    private int rounds;

    private Erasure(Project project) {
      this.project = project;
    }

    private void begin(Reads reads) {
      project.open(Layout.ANY).loadMonths(reads, batch);
    }

    /** Goes on until something has to be read or all is in memory. */
    private void proceed(Reads reads) {
      int asked = reads.commands().size();
      while (rounds < 2 && reads.commands().size() == asked) {
        rounds++;
        if (rounds == 1) {
          wantMonths(reads);
        } else {
          wantDays(reads);
        }
      }
    }

    private void wantMonths(Reads reads) {
      List<Integer> months = project.open(Layout.ANY).monthsOf(people);
      for (String subject : project.firstDays.keySet()) {
        SubjectSets sets = project.open(subject);
        months.forEach(month -> sets.want(Period.MONTH, month, batch));
        sets.load(reads, batch);
      }
    }

    private void wantDays(Reads reads) {
      for (SubjectSets sets : project.subjects.values()) {
        sets.monthsOf(people).forEach(month -> sets.wantInside(month, batch));
        sets.load(reads, batch);
      }
    }
  }
}
