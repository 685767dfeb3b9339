package dev.rivulet.views.retention;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads stored sets. A first round trip tells who is there, a second brings the sets. */
final class StoredPeople {
  /** Sets of a subject that are read from all partitions at once; of more, one at a time. */
  private static final int AT_ONCE = 62;

  private final String project;
  private final List<EventMatch> matches;
  private final Periods periods;
  private final boolean history;

  /** Since which day somebody did anything, at most. */
  private long earliestDay = Long.MAX_VALUE;

  private boolean hidden;

  StoredPeople(String project, List<EventMatch> matches, Periods periods, boolean history) {
    this.project = project;
    this.matches = matches;
    this.periods = periods;
    this.history = history;
  }

  /**
   * @return null when an event's people are not told apart from others, because its name came past
   *     the bound of names; then nothing was handed over
   */
  @Nullable People read(Asking asking, People.Part part) {
    Set<Integer> partitions = new TreeSet<>();
    asking.scatter(
        Layout.ROOM,
        (scope, reads) -> {
          partitions.add(scope.partition());
          readFirstDays(scope, reads);
        });
    if (hidden) {
      return null;
    }
    if (periods.count() <= AT_ONCE) {
      read(asking, partitions, part);
    } else {
      partitions.forEach(partition -> read(asking, Set.of(partition), part));
    }
    long earliest =
        earliestDay == Long.MAX_VALUE
            ? Long.MAX_VALUE
            : LocalDate.ofEpochDay(earliestDay)
                .atStartOfDay(periods.zone())
                .toInstant()
                .toEpochMilli();
    return new People(0, earliest);
  }

  private void readFirstDays(Scope scope, Reads reads) {
    List<byte[]> fields = new ArrayList<>();
    fields.add(Command.bytes(Layout.ANY));
    fields.add(Command.bytes(Limits.OTHER));
    matches.forEach(match -> fields.add(Command.bytes(match.subject())));
    reads.hash(
        Layout.subjects(scope, project),
        fields,
        days -> {
          byte[] first = days.get(0);
          if (first != null) {
            earliestDay = Math.min(earliestDay, Integer.parseInt(Bytes.text(first)));
          }
          boolean others = days.get(1) != null;
          hidden |= others && days.subList(2, days.size()).contains(null);
        });
  }

  private void read(Asking asking, Set<Integer> partitions, People.Part part) {
    Map<Integer, Map<String, StoredSubject>> found = new LinkedHashMap<>();
    asking.scatter(
        Layout.ROOM,
        (scope, reads) -> {
          if (partitions.contains(scope.partition())) {
            Map<String, StoredSubject> subjects = new LinkedHashMap<>();
            for (EventMatch match : matches) {
              subjects.computeIfAbsent(
                  match.subject(),
                  subject ->
                      new StoredSubject(periods, history).read(scope, reads, project, subject));
            }
            found.put(scope.partition(), subjects); // in place of a try that was in vain
          }
        });
    for (Map<String, StoredSubject> subjects : found.values()) {
      List<PeopleByPeriod> people = new ArrayList<>();
      for (EventMatch match : matches) {
        StoredSubject subject = subjects.get(match.subject());
        if (subject != null) {
          people.add(subject.people());
        }
      }
      part.accept(people);
    }
  }
}
