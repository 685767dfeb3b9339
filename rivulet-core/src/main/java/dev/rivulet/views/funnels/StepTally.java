package dev.rivulet.views.funnels;

/** How many reached each step of a funnel in one range, and how long they took. Not thread-safe. */
final class StepTally {
  private final long[] users;
  private final Gaps[] gaps;
  private final Gaps convert = new Gaps();

  StepTally(int steps) {
    users = new long[steps];
    gaps = new Gaps[steps];
    for (int i = 0; i < steps; i++) {
      gaps[i] = new Gaps();
    }
  }

  /** Counts an attempt. */
  void add(Attempt attempt) {
    long[] doneAt = attempt.doneAt();
    for (int step = 0; step < users.length; step++) {
      users[step] += doneAt[step] >= 0 ? 1 : 0;
    }
    StepGaps.forEach(doneAt, (step, millis) -> gaps[step].add(millis));
    if (doneAt[users.length - 1] >= 0) {
      convert.add(doneAt[users.length - 1] - attempt.entry());
    }
  }

  /** Counts {@code more} at the step with that index, whose times were added to its bins. */
  void add(int step, long more) {
    users[step] += more;
  }

  int steps() {
    return users.length;
  }

  /** Who did the step with that index, from 0. */
  long users(int step) {
    return users[step];
  }

  /** The times to the step with that index from the one done before it. */
  Gaps gaps(int step) {
    return gaps[step];
  }

  /** The times from the entry to the last step. */
  Gaps convert() {
    return convert;
  }

  boolean isExact() {
    boolean exact = convert.isExact();
    for (Gaps own : gaps) {
      exact &= own.isExact();
    }
    return exact;
  }
}
