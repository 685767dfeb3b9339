package dev.rivulet.server.cli.shop;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that ever happens in the shop, as a function of the seed and the minute. Visits begin as a
 * Poisson process. A higher rate adds visits to a minute and changes none, so histories made at
 * different times agree. Immutable.
 */
public final class Shop {
  /** No visit takes longer. */
  public static final Duration LONGEST_VISIT = Duration.ofHours(1);

  private static final long MINUTE_MILLIS = 60_000;
  private static final double[] HOURS = {
    0.30, 0.18, 0.12, 0.10, 0.12, 0.22, 0.45, 0.75, 0.95, 1.05, 1.15, 1.25,
    1.40, 1.30, 1.20, 1.20, 1.25, 1.35, 1.55, 1.80, 1.90, 1.70, 1.15, 0.65
  };
  private static final double[] WEEKDAYS = {0.95, 0.92, 0.95, 1.0, 0.98, 1.05, 1.2};

  private final long seed;

  public Shop(long seed) {
    this.seed = seed;
  }

  /** How busy a shop is in a minute, by hour and weekday (UTC); 1 on average. */
  static double rhythm(long minute) {
    var utc = Instant.ofEpochMilli(minute * MINUTE_MILLIS).atOffset(ZoneOffset.UTC);
    var hour = utc.getHour();
    var share = utc.getMinute() / 60.0;
    var daily = HOURS[hour] * (1 - share) + HOURS[(hour + 1) % HOURS.length] * share;
    return daily * WEEKDAYS[utc.getDayOfWeek().getValue() - 1];
  }

  /**
   * The events of all visits that begin in a minute, in the order of their times.
   *
   * @param minute minutes since 1970
   * @param expectedVisits how many visits a minute like this one has on average
   */
  public List<ShopEvent> beginningIn(long minute, double expectedVisits) {
    var events = new ArrayList<ShopEvent>();
    // Arrivals of a process of rate one: those before the rate are in. More rate, more of the same.
    var arrivals = Dice.at(seed, minute);
    var number = 0;
    for (var at = arrivals.waiting(1); at < expectedVisits; at += arrivals.waiting(1)) {
      var second = Dice.at(seed, minute, number, -2).below((int) MINUTE_MILLIS);
      events.addAll(Visit.events(seed, minute, number++, minute * MINUTE_MILLIS + second));
    }
    events.sort(Comparator.comparingLong(ShopEvent::atMillis));
    return events;
  }
}
