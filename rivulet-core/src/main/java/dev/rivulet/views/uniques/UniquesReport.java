package dev.rivulet.views.uniques;

import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Times;
import dev.rivulet.views.uniques.UniquePeople.Answer;
import dev.rivulet.views.uniques.UniquePeople.Point;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers one question: the sizes in one round trip, sets in further ones where sizes do not do.
 */
final class UniquesReport {
  /** Words one answer may read: 256 MB on the wire, about a second. */
  private static final long MOST_WORDS = 64_000_000;

  /** Words per partition and round trip. A single day of more is read at once. */
  private static final long CHUNK_WORDS = 1_000_000;

  private final UniquePeople query;
  private final Asking asking;
  private final Step step;
  private final ZoneId shown;
  private final Timeline timeline;

  UniquesReport(UniquePeople query, Asking asking) {
    this.query = query;
    this.asking = asking;
    Step wanted =
        query.step() == null ? Step.fitting(query.range().at(asking.now())) : query.step();
    this.step = wanted.compareTo(Step.HOUR) < 0 ? Step.HOUR : wanted;
    this.shown = query.zone() == null ? asking.zone() : query.zone();
    this.timeline = new Timeline(query.range(), asking.now(), step, asking.zone(), shown);
  }

  Answer answer() {
    Map<Integer, PartitionSets> parts = new TreeMap<>();
    asking.scatter(
        Layout.ROOM,
        (scope, reads) -> {
          var part = new PartitionSets(query, timeline);
          parts.put(scope.partition(), part);
          part.readSizes(scope, reads);
        });
    parts.values().forEach(PartitionSets::settle);
    long words = parts.values().stream().mapToLong(PartitionSets::sizeToRead).sum();
    if (words > MOST_WORDS) {
      throw new IllegalArgumentException(
          "this range needs "
              + words
              + " people and hours to be read, more than "
              + MOST_WORDS
              + ": take a shorter range");
    }
    while (parts.values().stream().anyMatch(PartitionSets::isOpen)) {
      asking.scatter(
          Layout.ROOM,
          (scope, reads) -> {
            PartitionSets part = parts.get(scope.partition());
            if (part != null) {
              part.readSets(scope, reads, CHUNK_WORDS);
            }
          });
    }
    parts.values().forEach(PartitionSets::finish);
    return merge(parts.values());
  }

  private Answer merge(Collection<PartitionSets> parts) {
    long now = asking.now();
    long earliest = parts.stream().mapToLong(PartitionSets::earliest).min().orElse(Long.MAX_VALUE);
    List<Point> series = new ArrayList<>();
    for (int i = 0; i < timeline.buckets(); i++) {
      int bucket = i;
      boolean told = timeline.start(i) <= now && timeline.end(i) > earliest;
      @Nullable Long uniques = null;
      if (told) {
        uniques = parts.stream().mapToLong(part -> part.count(bucket)).sum();
      }
      Boolean partial = timeline.end(i) > now ? Boolean.TRUE : null;
      series.add(new Point(Times.iso(timeline.start(i)), uniques, partial));
    }
    long total = parts.stream().mapToLong(PartitionSets::total).sum();
    return new Answer(
        query.event(),
        timeline.from(),
        timeline.to(),
        step.text(),
        shown.getId(),
        total,
        series,
        parts.stream().noneMatch(PartitionSets::mayBeInOther));
  }
}
