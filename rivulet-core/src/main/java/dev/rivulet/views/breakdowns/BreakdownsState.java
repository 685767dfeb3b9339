package dev.rivulet.views.breakdowns;

import dev.rivulet.view.Occurrence;
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

/** The breakdowns of one partition that are in use. */
final class BreakdownsState implements State {
  private static final int BYTES_PER_COUNTER = 200;

  /** Counters in memory before all are let go: a 32nd of the heap, at most 300 MB. */
  private static final long MOST_COUNTERS =
      Math.min(1_500_000, Runtime.getRuntime().maxMemory() / 32 / BYTES_PER_COUNTER);

  private final Scope scope;
  private final Map<String, Map<String, Subject>> projects = new HashMap<>();
  private final Map<String, Earliest> earliest = new HashMap<>();
  private final Set<HourBreakdowns> changedHours = new HashSet<>();
  private final Set<Subject> changedSubjects = new HashSet<>();
  private long counters;

  BreakdownsState(Scope scope) {
    this.scope = scope;
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      String project = occurrence.event().project();
      Map<String, Subject> subjects = projects.get(project);
      if (subjects == null) {
        subjects = new HashMap<>();
        projects.put(project, subjects);
        var first = new Earliest(Earliest.key(scope, project));
        first.load(reads);
        earliest.put(project, first);
      }
      Subject subject = subjects.get(occurrence.subject());
      if (subject == null) {
        subject = new Subject(project, occurrence.subject());
        subjects.put(occurrence.subject(), subject);
        subject.properties.load(reads);
      }
      subject.load(hour(occurrence.event().occurredAt()), reads);
    }
  }

  @Override
  public void fold(Occurrence occurrence) {
    Map<String, Subject> subjects = projects.get(occurrence.event().project());
    Earliest first = earliest.get(occurrence.event().project());
    Subject subject = subjects == null ? null : subjects.get(occurrence.subject());
    long time = occurrence.event().occurredAt();
    HourBreakdowns hour = subject == null ? null : subject.hour(hour(time));
    if (subject == null || hour == null || first == null) {
      throw new IllegalStateException("breakdowns of " + occurrence + " are not loaded");
    }
    long into = Math.floorMod(time, BreakdownsView.HOUR_MILLIS);
    int column = (int) (into / BreakdownsView.QUARTER_MILLIS);
    long day = 86_400_000;
    long since = Math.max(time, occurrence.event().receivedAt());
    long expiry = (since / day + 1) * day + BreakdownsView.KEPT_MILLIS;
    hour.add(occurrence.event().properties(), column, subject.properties, expiry);
    first.see(time);
    changedHours.add(hour);
    changedSubjects.add(subject);
  }

  @Override
  public void write(Writes writes) {
    for (HourBreakdowns hour : changedHours) {
      hour.write(writes);
      counters += hour.grown();
    }
    for (Subject subject : changedSubjects) {
      subject.properties.write(writes);
      counters += subject.properties.grown();
    }
    earliest.values().forEach(first -> first.write(writes));
    changedHours.clear();
    changedSubjects.clear();
    if (counters > MOST_COUNTERS) {
      projects.clear();
      earliest.clear();
      counters = 0;
    }
  }

  private static long hour(long time) {
    return Math.floorDiv(time, BreakdownsView.HOUR_MILLIS);
  }

  private final class Subject {
    private final String project;
    private final String name;
    private final SubjectProperties properties;
    private final Map<Long, HourBreakdowns> hours = new HashMap<>();
    private long lastHour;
    private @Nullable HourBreakdowns last;

    private Subject(String project, String name) {
      this.project = project;
      this.name = name;
      this.properties = new SubjectProperties(scope.key(project, name, BreakdownsView.PROPERTIES));
    }

    /** Most events are of the same hour as the one before. */
    private @Nullable HourBreakdowns hour(long hour) {
      if (last == null || hour != lastHour) {
        last = hours.get(hour);
        lastHour = hour;
      }
      return last;
    }

    private void load(long hour, Reads reads) {
      if (hour(hour) == null) {
        var opened = new HourBreakdowns(BreakdownsView.hourKey(scope, project, name, hour));
        opened.load(reads);
        hours.put(hour, opened);
      }
    }
  }
}
