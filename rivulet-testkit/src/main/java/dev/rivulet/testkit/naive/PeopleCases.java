package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaivePeriod.Span;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A few people's events for questions about sessions and habits, drawn from a seed. Times lie
 * around the ends of sessions, of local days, of weeks and months, and around days of 23 and 25
 * hours.
 */
public final class PeopleCases {
  private static final long MINUTE = 60_000;
  private static final String[] ZONES = {
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"
  };

  /** Each is a few days before a change of daylight saving time in some of the zones. */
  private static final LocalDate[] DATES = {
    LocalDate.of(2026, 3, 5),
    LocalDate.of(2026, 3, 26),
    LocalDate.of(2026, 10, 22),
    LocalDate.of(2026, 10, 29),
    LocalDate.of(2025, 12, 30)
  };

  private static final String[] NAMES = {"page", "page", "click", "signup", "buy"};
  private static final String[] PATHS = {"/a", "/b", "/c"};
  private static final String[] PLANS = {"free", "pro"};

  private final Random random;
  private final long seed;
  private final ZoneId zone;
  private final LocalDate first;

  private PeopleCases(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.zone = ZoneId.of(ZONES[random.nextInt(ZONES.length)]);
    this.first = DATES[random.nextInt(DATES.length)];
  }

  /** Some hours of visits, with gaps about as long as those between sessions. */
  public static PeopleCase sessions(long seed) {
    var cases = new PeopleCases(seed);
    long start = cases.midnight(0) - 90 * MINUTE;
    return cases.draw(NaivePeriod.HOUR, person -> cases.visits(person, start));
  }

  /** Some weeks or months of single events. */
  public static PeopleCase habits(long seed) {
    var cases = new PeopleCases(seed);
    var period = NaivePeriod.values()[1 + cases.random.nextInt(3)];
    int days =
        switch (period) {
          case MONTH -> 150;
          case WEEK -> 45;
          default -> 12;
        };
    return cases.draw(period, person -> cases.days(person, days));
  }

  private interface Person {
    List<NaiveEvent> events(String user);
  }

  private PeopleCase draw(NaivePeriod period, Person person) {
    List<NaiveEvent> happened = new ArrayList<>();
    for (int people = 1 + random.nextInt(5); people > 0; people--) {
      happened.addAll(person.events("u" + people));
    }
    List<NaiveEvent> arrived = new Arrivals(random, "p" + seed + "-").of(happened);
    long last = happened.stream().mapToLong(NaiveEvent::time).max().orElse(midnight(0));
    long end = period.around(last, zone).end();
    long now = random.nextBoolean() ? last + 1 + random.nextInt(40) * MINUTE : end + MINUTE;
    List<Span> periods =
        period.covering(period == NaivePeriod.HOUR ? midnight(-1) : midnight(0), end, zone);
    int skipped = random.nextInt(3) == 0 ? random.nextInt(periods.size()) : 0;
    int kept = periods.size() - skipped;
    int taken = random.nextInt(4) == 0 ? 1 + random.nextInt(kept) : kept;
    long from = periods.get(skipped).start();
    long to = periods.get(skipped + taken - 1).end();
    return new PeopleCase(seed, arrived, zone, from, to, now, retention(period));
  }

  private NaiveRetention retention(NaivePeriod period) {
    return new NaiveRetention(
        activity(), activity(), period, random.nextBoolean(), random.nextBoolean(), zone);
  }

  private NaiveActivity activity() {
    String name = random.nextInt(3) == 0 ? null : NAMES[random.nextInt(NAMES.length)];
    return new NaiveActivity(
        name,
        switch (random.nextInt(6)) {
          case 0 -> NaiveCondition.is("plan", "pro");
          case 1 -> NaiveCondition.isNot("plan", "free");
          default -> NaiveCondition.NONE;
        });
  }

  private List<NaiveEvent> visits(String user, long start) {
    List<NaiveEvent> events = new ArrayList<>();
    long time = start + random.nextInt(60) * MINUTE;
    for (int more = 1 + random.nextInt(12); more > 0; more--) {
      events.add(event(user, time));
      time +=
          switch (random.nextInt(7)) {
            case 0 -> 30 * MINUTE;
            case 1 -> 30 * MINUTE - 1;
            case 2 -> 31 * MINUTE;
            case 3 -> 0;
            case 4 -> 15 * MINUTE;
            default -> random.nextInt(20) * MINUTE;
          };
    }
    return events;
  }

  private List<NaiveEvent> days(String user, int days) {
    List<NaiveEvent> events = new ArrayList<>();
    int range = random.nextInt(3) == 0 ? 1 + random.nextInt(days) : days;
    for (int more = 1 + random.nextInt(15); more > 0; more--) {
      int day = random.nextInt(range);
      events.add(
          event(
              user,
              switch (random.nextInt(4)) {
                case 0 -> midnight(day);
                case 1 -> midnight(day + 1) - 1;
                default -> midnight(day) + random.nextInt(23) * 60 * MINUTE;
              }));
    }
    return events;
  }

  private long midnight(int day) {
    return first.plusDays(day).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** What is said of pages and groups is the same for all events of one moment of a person. */
  private NaiveEvent event(String user, long time) {
    Map<String, Object> properties = new TreeMap<>();
    int said = Math.floorMod(user.hashCode() * 31 + Long.hashCode(time), 13);
    if (said > 0) {
      properties.put("path", PATHS[said % PATHS.length]);
    }
    if (said % 4 > 0) {
      properties.put(FunnelCase.GROUP, said % 4 == 1 ? "x" : "y");
    }
    if (random.nextInt(3) > 0) {
      properties.put("plan", PLANS[random.nextInt(PLANS.length)]);
    }
    String name = NAMES[random.nextInt(NAMES.length)];
    return new NaiveEvent(time, name, user, properties, null, 0);
  }
}
