package dev.rivulet.views.uniques;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Command;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sets of one partition. Memory holds whole sets, loaded with one read each when first touched;
 * between batches the least recently used go once the bound is passed.
 */
final class UniquesState implements State {
  private final Scope scope;
  private final int mostEntries;
  private final Map<String, Project> projects = new HashMap<>();
  private final Set<Day> changed = new LinkedHashSet<>();
  private long batch;

  UniquesState(Scope scope, int mostEntries) {
    this.scope = scope;
    this.mostEntries = mostEntries;
  }

  @Override
  public void load(List<Occurrence> occurrences, Reads reads) {
    for (Occurrence occurrence : occurrences) {
      var event = occurrence.event();
      if (event.kind() == Kind.EVENT && DayHours.covers(event.occurredAt())) {
        Day day = project(event.project(), reads).day(event.occurredAt());
        day.load(occurrence.subject(), reads);
      }
    }
  }

  @Override
  public void fold(Occurrence occurrence) {
    int person = occurrence.person();
    if (person >= Layout.MOST_PERSONS) {
      throw new IllegalStateException(
          "person number "
              + person
              + " is past the "
              + Layout.MOST_PERSONS
              + " people that a partition tells apart: more partitions are needed");
    }
    var event = occurrence.event();
    Project project = projects.get(event.project());
    if (project == null) {
      throw new IllegalArgumentException(
          "time " + event.occurredAt() + " ms is not between the years 1 and 9999");
    }
    project.day(event.occurredAt()).fold(occurrence.subject(), person, event.occurredAt());
  }

  @Override
  public void write(Writes writes) {
    changed.forEach(day -> day.write(writes));
    changed.clear();
    projects.values().forEach(project -> project.write(writes));
    batch++;
    shrink();
  }

  private Project project(String name, Reads reads) {
    Project known = projects.get(name);
    if (known == null) {
      known = new Project(name, scope.zone(name));
      projects.put(name, known);
      reads.get(Layout.earliest(scope, name), known::loadEarliest);
    }
    return known;
  }

  /** Lets the sets that were not used for longest go, down to three quarters of the bound. */
  private void shrink() {
    long entries = 0;
    for (Project project : projects.values()) {
      entries += project.entries;
    }
    if (entries <= mostEntries) {
      return;
    }
    var places = new ArrayList<Place>();
    projects.values().forEach(project -> project.places(places));
    places.sort(Comparator.comparingLong(place -> place.set.usedAt()));
    long rest = mostEntries / 4L * 3;
    for (Place place : places) {
      if (entries <= rest) {
        break;
      }
      entries -= place.set.entries();
      place.day.forget(place);
    }
    projects.values().removeIf(project -> project.days.isEmpty());
  }

  /** A set and the day that holds it. */
  private record Place(Day day, @Nullable String subject, DaySet set) {}

  /** One project's days. */
  private final class Project {
    private final String name;
    private final ZoneId zone;
    private final TreeMap<Long, Day> days = new TreeMap<>();
    private @Nullable Day last;
    private long entries;
    private long earliest = Long.MAX_VALUE;
    private boolean earlier;

    private Project(String name, ZoneId zone) {
      this.name = name;
      this.zone = zone;
    }

    private void loadEarliest(byte @Nullable [] stored) {
      if (stored != null) {
        earliest = Long.parseLong(new String(stored, StandardCharsets.US_ASCII));
      }
    }

    private Day day(long time) {
      Day recent = last;
      if (recent != null && recent.hours.contains(time)) {
        return recent;
      }
      Map.Entry<Long, Day> before = days.floorEntry(time);
      Day found = before == null ? null : before.getValue();
      if (found == null || !found.hours.contains(time)) {
        found = new Day(this, DayHours.of(time, zone));
        days.put(found.hours.start(), found);
      }
      last = found;
      return found;
    }

    private void seen(long hourStart) {
      if (hourStart < earliest) {
        earliest = hourStart;
        earlier = true;
      }
    }

    private void write(Writes writes) {
      if (earlier) {
        writes.set(Layout.earliest(scope, name), Command.bytes(earliest));
        earlier = false;
      }
    }

    private void places(List<Place> places) {
      for (Day day : days.values()) {
        if (day.any != null) {
          places.add(new Place(day, null, day.any));
        }
        day.subjects.forEach((subject, set) -> places.add(new Place(day, subject, set)));
      }
    }
  }

  /** One day's sets: of any event and of each. */
  private final class Day {
    private final Project project;
    private final DayHours hours;
    private final Map<String, DaySet> subjects = new HashMap<>();
    private final List<DaySet> dirty = new ArrayList<>();
    private @Nullable DaySet any;

    private Day(Project project, DayHours hours) {
      this.project = project;
      this.hours = hours;
    }

    private void load(String subject, Reads reads) {
      if (any == null) {
        any = open(null, reads);
      }
      if (!subjects.containsKey(subject)) {
        subjects.put(subject, open(subject, reads));
      }
    }

    private DaySet open(@Nullable String subject, Reads reads) {
      byte[] key = Layout.words(scope, project.name, subject, hours.text());
      var set = new DaySet(subject, key);
      reads.get(
          key,
          words -> {
            set.load(words);
            project.entries += set.entries();
          });
      return set;
    }

    private void fold(String subject, int person, long time) {
      int hour = hours.indexOf(time);
      DaySet all = any;
      DaySet own = subjects.get(subject);
      if (all == null || own == null) {
        throw new IllegalStateException(
            "people of '" + subject + "' on " + hours.text() + " are not loaded");
      }
      all.usedAt(batch);
      own.usedAt(batch);
      if (!own.holds(person, hour)) { // else they all hold it
        mark(all, person, hour);
        mark(own, person, hour);
      }
    }

    private void mark(DaySet set, int person, int hour) {
      int before = set.entries();
      if (set.mark(person, hour)) {
        dirty.add(set);
        changed.add(this);
      }
      project.entries += set.entries() - before;
      project.seen(hours.edge(hour));
    }

    private void write(Writes writes) {
      var pairs = new ArrayList<byte[]>();
      dirty.forEach(set -> set.write(writes, pairs));
      dirty.clear();
      writes.hash(Layout.sizes(scope, project.name, hours.text()), pairs);
    }

    private void forget(Place place) {
      project.entries -= place.set.entries();
      if (place.subject == null) {
        any = null;
      } else {
        subjects.remove(place.subject);
      }
      if (any == null && subjects.isEmpty()) {
        project.days.remove(hours.start());
        if (project.last == this) {
          project.last = null;
        }
      }
    }
  }
}
