package dev.rivulet.testkit.views;

import static java.util.stream.Collectors.joining;

import dev.rivulet.testkit.naive.NaiveCondition;
import dev.rivulet.testkit.naive.NaiveDefinition;
import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Exclusion;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import dev.rivulet.testkit.naive.NaiveDefinition.Step;
import dev.rivulet.testkit.naive.NaiveEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A funnel and what one person did, drawn so that ties, repeats, overlaps and exclusions are
 * common.
 *
 * @param arrived in order of arrival, which is no order of time
 * @param unit the times are multiples of it, in milliseconds
 */
record RandomFunnel(NaiveDefinition definition, List<NaiveEvent> arrived, long unit) {
  /** Units of time in which events happen. */
  static final int SPAN = 14;

  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final long SECOND = 1_000;
  private static final long TEN_MINUTES = 600_000;

  static RandomFunnel of(Order order, Count count, Random random) {
    long unit = count == Count.SESSIONS ? TEN_MINUTES : SECOND;
    // Where few names are drawn, repeated steps and events for several steps are the rule.
    List<String> names = NAMES.subList(0, 2 + random.nextInt(3));
    return new RandomFunnel(
        definition(order, count, names, unit, random), events(order, names, unit, random), unit);
  }

  @Override
  public String toString() {
    return definition.toJson()
        + arrived.stream().map(NaiveEvent::toString).collect(joining("\n  ", "\n  ", ""));
  }

  private static NaiveDefinition definition(
      Order order, Count count, List<String> names, long unit, Random random) {
    int last = 2 + random.nextInt(4);
    List<Step> steps = new ArrayList<>();
    for (int step = 1; step <= last; step++) {
      boolean optional = order != Order.ANY && step > 1 && step < last && random.nextInt(100) < 35;
      steps.add(new Step(some(names, random), condition(random), optional));
    }
    List<Exclusion> exclusions = new ArrayList<>();
    for (int i = Math.max(0, random.nextInt(4) - 1); i > 0; i--) {
      int from = 1 + random.nextInt(last - 1);
      int to = from + 1 + random.nextInt(last - from);
      List<String> excluded = random.nextInt(3) == 0 ? some(names, random) : List.of("x");
      NaiveCondition where =
          excluded.contains("x") ? NaiveCondition.NONE : NaiveCondition.is("plan", "pro");
      exclusions.add(new Exclusion(excluded, where, from, to));
    }
    long window = unit * (1 + random.nextInt(SPAN));
    return new NaiveDefinition(steps, window, order, exclusions, count);
  }

  private static List<String> some(List<String> names, Random random) {
    Set<String> some = new LinkedHashSet<>();
    some.add(names.get(random.nextInt(names.size())));
    if (random.nextInt(4) == 0) {
      some.add(names.get(random.nextInt(names.size())));
    }
    return List.copyOf(some);
  }

  private static NaiveCondition condition(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> NaiveCondition.is("plan", "pro");
      case 1 -> NaiveCondition.absent("plan");
      case 2 -> NaiveCondition.above("total", 5);
      default -> NaiveCondition.NONE;
    };
  }

  private static List<NaiveEvent> events(
      Order order, List<String> names, long unit, Random random) {
    // The twin tries every way, so the sets of any order must be few.
    int most = order == Order.ANY ? 9 : 12;
    int number = 1 + random.nextInt(most);
    boolean crowded = random.nextInt(4) == 0;
    List<NaiveEvent> events = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      String name =
          random.nextInt(8) == 0
              ? (random.nextBoolean() ? "x" : "other")
              : names.get(random.nextInt(names.size()));
      Map<String, Object> properties =
          switch (random.nextInt(5)) {
            case 0 -> Map.of("plan", "pro");
            case 1 -> Map.of("plan", "free", "total", 9L);
            default -> Map.of();
          };
      long time = unit * random.nextInt(crowded ? 4 : SPAN);
      events.add(new NaiveEvent(time, name, "u", properties, null, i));
    }
    if (order == Order.STRICT && random.nextInt(20) == 0) {
      long time = unit * random.nextInt(SPAN);
      for (int i = 0; i < 9; i++) {
        String name = names.get(random.nextInt(names.size()));
        events.add(new NaiveEvent(time, name, "u", Map.of(), null, number + i));
      }
    }
    return events;
  }
}
