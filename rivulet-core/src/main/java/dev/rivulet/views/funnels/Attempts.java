package dev.rivulet.views.funnels;

import java.util.List;

/** The attempts of one person, and which of them count. */
public final class Attempts {
  private Attempts() {}

  /** Every attempt that can count for some range, sorted by entry. */
  public static List<Attempt> of(Funnel funnel, PersonSteps person) {
    throw new UnsupportedOperationException(funnel.toString() + person);
  }

  /**
   * Those that count among the ones that entered in [from, to): the best of the person, the best of
   * each unit, or all. A best one that is tainted takes its person or unit out: it is not in the
   * answer, nor is any other of it.
   *
   * @param attempts sorted by entry
   */
  public static List<Attempt> best(List<Attempt> attempts, long from, long to, Count count) {
    throw new UnsupportedOperationException("" + attempts + from + to + count);
  }
}
