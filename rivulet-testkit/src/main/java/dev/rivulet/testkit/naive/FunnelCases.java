package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Exclusion;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import dev.rivulet.testkit.naive.NaiveDefinition.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Small funnels with a few people's events, drawn from a seed. Names, times and values are few, so
 * that ties, repeats, overlapping attempts, exclusions and ends of windows and sessions meet often.
 */
public final class FunnelCases {
  /** The first moment of every case: a multiple of all steps of time used, in UTC. */
  public static final long START = 1_774_742_400_000L; // 2026-03-29T00:00:00Z

  private static final String[] NAMES = {"A", "B", "C", "D"};
  private static final String[] OTHERS = {"X", "X", "Y", "Z"};
  private static final String[] PLANS = {"free", "pro"};
  private static final long SECOND = 1_000;
  private static final long[] TICKS = {SECOND, SECOND, 600 * SECOND, 6 * 3_600 * SECOND};
  private static final int TEN_MINUTES = 2;

  private final Random random;
  private final Order order;
  private final Count count;
  private final long tick;
  private final int names;

  private FunnelCases(long seed, Order order, Count count) {
    this.random = new Random(seed);
    this.order = order;
    this.count = count;
    int unit = random.nextInt(TICKS.length);
    // Ten minutes reach both sides of the gap of a session, and its very end.
    this.tick = TICKS[count == Count.SESSIONS && random.nextInt(4) > 0 ? TEN_MINUTES : unit];
    this.names = 2 + random.nextInt(NAMES.length - 1);
  }

  /** The case of a seed; there are no entries in any order. */
  public static FunnelCase draw(long seed, Order order, Count count) {
    if (order == Order.ANY && count == Count.ENTRIES) {
      throw new IllegalArgumentException("in any order there are no entries to count");
    }
    return new FunnelCases(seed, order, count).draw(seed);
  }

  private FunnelCase draw(long seed) {
    NaiveDefinition funnel = funnel();
    int ticks = 3 + random.nextInt(random.nextBoolean() ? 8 : 30);
    List<NaiveEvent> happened = new ArrayList<>();
    for (int person = 1 + random.nextInt(3); person > 0; person--) {
      happened.addAll(events("u" + person, ticks));
    }
    List<NaiveEvent> arrived = new Arrivals(random, "c" + seed + "-").of(happened);
    long from = START;
    long to = START + (ticks + 1) * tick;
    if (random.nextInt(3) == 0) {
      from += random.nextInt(ticks) * tick;
      to = from + (1 + random.nextInt(ticks)) * tick;
    }
    return new FunnelCase(seed, funnel, arrived, from, to);
  }

  private NaiveDefinition funnel() {
    int last = 2 + random.nextInt(random.nextInt(3) == 0 ? 4 : 2);
    List<Step> steps = new ArrayList<>();
    for (int step = 1; step <= last; step++) {
      boolean inner = step > 1 && step < last;
      boolean optional = inner && order != Order.ANY && random.nextInt(3) == 0;
      steps.add(new Step(names(), condition(), optional));
    }
    List<Exclusion> exclusions = new ArrayList<>();
    for (int more = random.nextInt(2) * (1 + random.nextInt(2)); more > 0; more--) {
      String excluded = random.nextInt(6) == 0 ? name() : OTHERS[random.nextInt(3)];
      int from = order == Order.ANY ? 1 : 1 + random.nextInt(last - 1);
      int to = order == Order.ANY ? last : from + 1 + random.nextInt(last - from);
      exclusions.add(new Exclusion(List.of(excluded), condition(), from, to));
    }
    long window = tick * (1 + random.nextInt(random.nextBoolean() ? 6 : 20));
    return new NaiveDefinition(steps, window, order, exclusions, count);
  }

  private List<String> names() {
    String one = name();
    String other = name();
    return random.nextInt(4) > 0 || one.equals(other) ? List.of(one) : List.of(one, other);
  }

  private String name() {
    return NAMES[random.nextInt(names)];
  }

  private NaiveCondition condition() {
    return switch (random.nextInt(20)) {
      case 0 -> NaiveCondition.is("plan", "pro");
      case 1 -> NaiveCondition.isNot("plan", "pro");
      case 2 -> NaiveCondition.absent("plan");
      case 3 -> NaiveCondition.above("total", 1);
      case 4 -> NaiveCondition.is("plan", "pro").and(NaiveCondition.above("total", 0));
      default -> NaiveCondition.NONE;
    };
  }

  private List<NaiveEvent> events(String user, int ticks) {
    List<NaiveEvent> events = new ArrayList<>();
    Set<Long> taken = new HashSet<>();
    boolean ties = random.nextBoolean();
    int seldom = random.nextInt(3) == 0 ? 3 : 8;
    for (int more = 1 + random.nextInt(12); more > 0; more--) {
      long at = random.nextInt(ticks);
      if (taken.add(at) || ties) {
        events.add(event(user, at, random.nextInt(seldom) == 0));
      }
      while (ties && random.nextInt(5) == 0) {
        events.add(event(user, at, random.nextInt(seldom) == 0));
      }
    }
    if (ties && random.nextInt(50) == 0) {
      long crowded = random.nextInt(ticks);
      for (int more = 7 + random.nextInt(3); more > 0; more--) {
        events.add(event(user, crowded, false));
      }
    }
    return events;
  }

  private NaiveEvent event(String user, long at, boolean other) {
    String name = other ? OTHERS[random.nextInt(OTHERS.length)] : name();
    Map<String, Object> properties = new TreeMap<>();
    if (random.nextInt(3) > 0) {
      properties.put("plan", PLANS[random.nextInt(PLANS.length)]);
    }
    if (random.nextBoolean()) {
      properties.put("total", (long) random.nextInt(4));
    }
    int group = Math.floorMod(user.hashCode() + (int) at * 7, 3);
    if (group > 0) {
      properties.put(FunnelCase.GROUP, group == 1 ? "x" : "y");
    }
    // Some people are a millisecond late at every third tick, for the ends of windows and sessions.
    long late = user.equals("u3") && at % 3 == 1 ? 1 : 0;
    long time = START + at * tick + late;
    return new NaiveEvent(time, name, user, properties, null, 0);
  }
}
