package dev.rivulet.server.cli.shop;

import java.time.Duration;
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
  private final long seed;

  public Shop(long seed) {
    this.seed = seed;
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
