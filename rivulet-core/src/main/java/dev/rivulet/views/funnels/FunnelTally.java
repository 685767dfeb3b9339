package dev.rivulet.views.funnels;

import dev.rivulet.time.Buckets;
import dev.rivulet.time.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report counts: its range, the range it is compared with and the buckets of its series.
 * Whoever enters in several buckets counts once in each. Not thread-safe.
 */
final class FunnelTally {
  private final Funnel funnel;
  private final TimeRange range;
  private final @Nullable TimeRange before;
  private final @Nullable Buckets buckets;
  private final StepTally main;
  private final StepTally compared;
  private final long[] entered;
  private final long[] converted;

  FunnelTally(
      Funnel funnel, TimeRange range, @Nullable TimeRange before, @Nullable Buckets buckets) {
    this.funnel = funnel;
    this.range = range;
    this.before = before;
    this.buckets = buckets;
    this.main = new StepTally(funnel.steps().size());
    this.compared = new StepTally(funnel.steps().size());
    this.entered = new long[buckets == null ? 0 : buckets.count()];
    this.converted = new long[entered.length];
  }

  /** This without anything counted. */
  FunnelTally afresh() {
    return new FunnelTally(funnel, range, before, buckets);
  }

  TimeRange range() {
    return range;
  }

  @Nullable TimeRange before() {
    return before;
  }

  @Nullable Buckets buckets() {
    return buckets;
  }

  StepTally main() {
    return main;
  }

  /** The tally of {@link #before}. */
  StepTally compared() {
    return compared;
  }

  long entered(int bucket) {
    return entered[bucket];
  }

  long converted(int bucket) {
    return converted[bucket];
  }

  /** Adds to a bucket. */
  void add(int bucket, long more, long moreConverted) {
    entered[bucket] += more;
    converted[bucket] += moreConverted;
  }

  /** Counts a person by all their attempts. */
  void add(PersonSteps person) {
    List<Attempt> attempts = Attempts.of(funnel, person);
    if (attempts.isEmpty()) {
      return;
    }
    best(attempts, range).forEach(main::add);
    if (before != null) {
      best(attempts, before).forEach(compared::add);
    }
    if (buckets != null) {
      int last = -1;
      for (Attempt attempt : attempts) { // sorted by entry, so each bucket comes once
        int bucket = buckets.indexOf(attempt.entry());
        if (bucket >= 0 && bucket != last) {
          last = bucket;
          var own = new TimeRange(buckets.start(bucket), buckets.end(bucket));
          for (Attempt counted : best(attempts, own)) {
            boolean done = counted.doneAt()[funnel.steps().size() - 1] >= 0;
            add(bucket, 1, done ? 1 : 0);
          }
        }
      }
    }
  }

  private List<Attempt> best(List<Attempt> attempts, TimeRange in) {
    return Attempts.best(attempts, in.from(), in.to(), funnel.count());
  }
}
