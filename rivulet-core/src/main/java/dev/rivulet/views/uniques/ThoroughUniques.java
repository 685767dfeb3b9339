package dev.rivulet.views.uniques;

import dev.rivulet.event.Hashing;
import dev.rivulet.event.Kind;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import dev.rivulet.views.uniques.UniquePeople.Answer;
import dev.rivulet.views.uniques.UniquePeople.Point;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongHashSet;

/**
 * {@link UniquePeople} that reads the log where the zone asked for differs from the project's by a
 * part of an hour, or the sets do not tell the event apart. Costs a microsecond an event then, and
 * is not meant to be watched.
 */
public record ThoroughUniques(UniquePeople people) implements Query<UniquePeople.Answer> {
  /** People in all buckets together, 16 bytes each. */
  private static final int MOST_PEOPLE = 5_000_000;

  @Override
  public String project() {
    return people.project();
  }

  /** The sets' answer where they have one, else the log's: exact as far as that reaches back. */
  @Override
  public Answer answer(Asking asking) {
    Answer counted;
    try {
      counted = people.answer(asking);
    } catch (ZonesApart e) {
      return fromLog(asking);
    }
    if (counted.exact()) {
      return counted;
    }
    try {
      Answer read = fromLog(asking);
      return read.exact() || read.total() > counted.total() ? read : counted;
    } catch (IllegalArgumentException tooMany) {
      return counted;
    }
  }

  private Answer fromLog(Asking asking) {
    ZoneId zone = people.zone() == null ? asking.zone() : people.zone();
    TimeRange whole = people.range().at(asking.now()).widened(Step.HOUR, zone);
    Step wanted = people.step() == null ? Step.fitting(whole) : people.step();
    Step width = wanted.compareTo(Step.HOUR) < 0 ? Step.HOUR : wanted;
    Buckets buckets = Buckets.of(whole, width, zone);
    long seed = Hashing.seed(people.project());
    var all = new LongHashSet();
    List<LongHashSet> sets = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      sets.add(new LongHashSet());
    }
    long[] held = {0};
    long[] first = {Long.MAX_VALUE};
    long completeSince =
        asking.scan(
            whole.from(),
            found -> {
              if (!found.project().equals(people.project()) || found.kind() != Kind.EVENT) {
                return;
              }
              first[0] = Math.min(first[0], found.occurredAt());
              int bucket = buckets.indexOf(found.occurredAt());
              boolean named = people.event() == null || people.event().equals(found.name());
              if (bucket >= 0 && named) {
                long person = Hashing.hash(found.user(), seed);
                all.add(person);
                held[0] += sets.get(bucket).add(person) ? 1 : 0;
                checkBound(held[0]);
              }
            });
    boolean exact = completeSince <= whole.from();
    return new Answer(
        people.event(),
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        width.text(),
        zone.getId(),
        all.size(),
        points(sets, buckets, exact ? first[0] : completeSince, asking.now()),
        exact);
  }

  private void checkBound(long held) {
    if (held > MOST_PEOPLE) {
      throw new IllegalArgumentException(
          "more than "
              + MOST_PEOPLE
              + " people in the buckets of zone "
              + people.zone()
              + ": take a shorter range, or a zone that differs from the project's by whole hours");
    }
  }

  private static List<Point> points(List<LongHashSet> sets, Buckets buckets, long first, long now) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      boolean told = buckets.start(i) <= now && buckets.end(i) > first;
      Boolean partial = buckets.end(i) > now ? Boolean.TRUE : null;
      Long uniques = told ? (Long) (long) sets.get(i).size() : null;
      points.add(new Point(Times.iso(buckets.start(i)), uniques, partial));
    }
    return points;
  }
}
