package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Exclusion;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import dev.rivulet.testkit.naive.NaiveDefinition.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Short texts for cases worked out by hand. An event is {@code A5} (of person u), {@code v.A5} or
 * {@code A5/pro} (the property {@code plan}); {@code A5#x} has the id x. A step is {@code A},
 * {@code A?} (optional), {@code A|B} or {@code A/pro}; an exclusion {@code X} or {@code X 1-2}.
 */
final class Notation {
  private static final Pattern EVENT =
      Pattern.compile("(?:(\\w+)\\.)?([A-Z])(\\d+)(?:/(\\w+))?(?:#(\\w+))?");

  private Notation() {}

  /** In order of arrival. */
  static List<NaiveEvent> events(String text) {
    List<NaiveEvent> events = new ArrayList<>();
    for (String one : text.strip().split("\\s+")) {
      Matcher said = EVENT.matcher(one);
      if (!said.matches()) {
        throw new IllegalArgumentException(one);
      }
      Map<String, Object> properties = said.group(4) == null ? Map.of() : plan(said.group(4));
      String user = said.group(1) == null ? "u" : said.group(1);
      events.add(
          new NaiveEvent(
              Long.parseLong(said.group(3)),
              said.group(2),
              user,
              properties,
              said.group(5),
              events.size()));
    }
    return events;
  }

  static NaiveDefinition funnel(Order order, String steps, long window, String... exclusions) {
    List<Step> parsed = new ArrayList<>();
    for (String step : steps.split(" ")) {
      boolean optional = step.endsWith("?");
      String[] parts = (optional ? step.substring(0, step.length() - 1) : step).split("/");
      NaiveCondition where =
          parts.length == 1 ? NaiveCondition.NONE : NaiveCondition.is("plan", parts[1]);
      parsed.add(new Step(List.of(parts[0].split("\\|")), where, optional));
    }
    List<Exclusion> excluded = new ArrayList<>();
    for (String exclusion : exclusions) {
      String[] parts = exclusion.split("[ -]");
      int from = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
      int to = parts.length == 1 ? parsed.size() : Integer.parseInt(parts[2]);
      excluded.add(new Exclusion(List.of(parts[0].split("\\|")), NaiveCondition.NONE, from, to));
    }
    return new NaiveDefinition(parsed, window, order, excluded, Count.PEOPLE);
  }

  static NaiveDefinition counting(Count count, NaiveDefinition funnel) {
    return new NaiveDefinition(
        funnel.steps(), funnel.windowMillis(), funnel.order(), funnel.exclusions(), count);
  }

  /**
   * What counts of person u: {@code 0 - 7} did steps 1 and 3 at 0 and 7 and skipped 2; {@code out}
   * is not in the funnel.
   */
  static String counted(NaiveDefinition funnel, String events) {
    return counted(funnel, events, 0, 1_000_000_000_000L);
  }

  static String counted(NaiveDefinition funnel, String events, long from, long to) {
    var report = new NaiveFunnel(funnel, events(events)).report(from, to);
    List<String> all = new ArrayList<>();
    report.counted().forEach(each -> all.add(times(each.attempt())));
    return all.isEmpty() ? "out" : String.join(", ", all);
  }

  private static String times(NaiveAttempt attempt) {
    List<String> times = new ArrayList<>();
    for (int step = 1; step <= attempt.furthest(); step++) {
      times.add(attempt.did(step) ? Long.toString(attempt.time(step)) : "-");
    }
    return String.join(" ", times);
  }

  private static Map<String, Object> plan(String value) {
    return Map.of("plan", value);
  }
}
