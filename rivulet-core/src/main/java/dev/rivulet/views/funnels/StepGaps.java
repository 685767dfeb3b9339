package dev.rivulet.views.funnels;

/** The times between the steps that an attempt did. */
final class StepGaps {
  private StepGaps() {}

  /** Takes the time from the step done before to this one. */
  interface Each {
    /**
     * @param step index of the step, from 1 for the second
     * @param millis since the step that was done before it; skipped ones are passed over
     */
    void gap(int step, long millis);
  }

  static void forEach(long[] doneAt, Each each) {
    long before = doneAt[0];
    for (int step = 1; step < doneAt.length; step++) {
      if (doneAt[step] >= 0) {
        each.gap(step, doneAt[step] - before);
        before = doneAt[step];
      }
    }
  }
}
