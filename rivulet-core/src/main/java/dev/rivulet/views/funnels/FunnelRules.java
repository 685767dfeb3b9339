package dev.rivulet.views.funnels;

import java.util.List;

/** What a funnel must keep to beyond the shape of its JSON. */
final class FunnelRules {
  private FunnelRules() {}

  /**
   * @throws InvalidFunnel naming the field that breaks a rule, and the rule
   */
  static Funnel checked(Funnel funnel) {
    int last = funnel.steps().size();
    if (last < 2 || last > Funnel.MOST_STEPS) {
      throw new InvalidFunnel(
          "steps",
          "steps has "
              + last
              + (last == 1 ? " step" : " steps")
              + ": 2 to "
              + Funnel.MOST_STEPS
              + " are possible");
    }
    checkWindow(funnel.windowMillis());
    checkOptional(funnel, last);
    checkExclusions(funnel.exclude(), last);
    if (funnel.order() == Order.ANY && funnel.count() == Count.ENTRIES) {
      throw new InvalidFunnel(
          "count",
          "count is 'entries', which the order any has none of: possible are people, sessions");
    }
    return funnel;
  }

  private static void checkWindow(long millis) {
    if (millis < Funnel.SHORTEST_WINDOW_MILLIS || millis > Funnel.LONGEST_WINDOW_MILLIS) {
      throw new InvalidFunnel(
          "window", "window is " + FunnelWriter.duration(millis) + ": 1s to 365d are possible");
    }
  }

  private static void checkOptional(Funnel funnel, int last) {
    for (int i = 0; i < last; i++) {
      String field = "steps[" + i + "].optional";
      if (!funnel.steps().get(i).optional()) {
        continue;
      }
      if (i == 0 || i == last - 1) {
        throw new InvalidFunnel(
            field,
            field + " is true: the first and the last step cannot be optional, those between can");
      }
      if (funnel.order() == Order.ANY) {
        throw new InvalidFunnel(
            field, field + " is true: under the order any no step is, since each may be left out");
      }
    }
  }

  private static void checkExclusions(List<Exclusion> exclude, int last) {
    if (exclude.size() > Funnel.MOST_EXCLUSIONS) {
      throw new InvalidFunnel(
          "exclude",
          "exclude has "
              + exclude.size()
              + " exclusions: at most "
              + Funnel.MOST_EXCLUSIONS
              + " are possible");
    }
    for (int i = 0; i < exclude.size(); i++) {
      String path = "exclude[" + i + "]";
      int from = exclude.get(i).from();
      int to = exclude.get(i).to();
      if (from < 1 || from >= last) {
        throw new InvalidFunnel(
            path + ".from",
            path
                + ".from is "
                + from
                + ": 1 to "
                + (last - 1)
                + " are possible with "
                + last
                + " steps");
      }
      if (to <= from || to > last) {
        throw new InvalidFunnel(
            path + ".to",
            path
                + ".to is "
                + to
                + ": "
                + (from + 1)
                + " to "
                + last
                + " are possible after from "
                + from
                + " with "
                + last
                + " steps");
      }
    }
  }
}
