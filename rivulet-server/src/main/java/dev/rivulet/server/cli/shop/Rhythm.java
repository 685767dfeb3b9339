package dev.rivulet.server.cli.shop;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How busy the shop is: a mild day, since its visitors live in many time zones, a week, some chance
 * from hour to hour, and steady growth. Immutable.
 */
final class Rhythm {
  /** At about 7 events a visit, one event a second on average. */
  static final double VISITS_PER_MINUTE = 8.5;

  /** A week later there is so much more. */
  static final double WEEKLY_GROWTH = 1.4;

  /** Growth ends here, for demonstrations that run for weeks. */
  private static final double MOST_GROWTH = 2;

  private static final int MINUTES_PER_HOUR = 60;
  private static final double MINUTES_PER_WEEK = 7 * 24 * 60;

  /** By hour, UTC; 1 on average. */
  private static final double[] HOURS = {
    0.72, 0.66, 0.62, 0.60, 0.62, 0.68, 0.78, 0.89, 0.98, 1.04, 1.08, 1.11,
    1.14, 1.17, 1.20, 1.24, 1.29, 1.35, 1.40, 1.39, 1.32, 1.18, 1.00, 0.84
  };

  /** From Monday to Sunday, 1 on average: people plan their trips at the end of the week. */
  private static final double[] WEEKDAYS = {0.96, 0.90, 0.91, 0.95, 0.98, 1.10, 1.20};

  /** An hour is by chance up to this share above or below what it should be. */
  private static final double CHANCE = 0.08;

  private static final long PLACE = -3;

  private final long seed;
  private final long nowMinute;

  /**
   * @param nowMinute when growth has come to 1, in minutes since 1970
   */
  Rhythm(long seed, long nowMinute) {
    this.seed = seed;
    this.nowMinute = nowMinute;
  }

  /** How many visits a minute like this one has on average. */
  double visitsIn(long minute) {
    var growth = Math.pow(WEEKLY_GROWTH, (minute - nowMinute) / MINUTES_PER_WEEK);
    return VISITS_PER_MINUTE * busyness(minute) * Math.min(MOST_GROWTH, growth);
  }

  /** How busy a minute is for its time, without growth; 1 on average. */
  double busyness(long minute) {
    var hour = Math.floorDiv(minute, MINUTES_PER_HOUR);
    var share = Math.floorMod(minute, MINUTES_PER_HOUR) / (double) MINUTES_PER_HOUR;
    return ofHour(hour) * (1 - share) + ofHour(hour + 1) * share;
  }

  private double ofHour(long hour) {
    var utc = Instant.ofEpochSecond(hour * 3_600).atOffset(ZoneOffset.UTC);
    var chance = 1 + CHANCE * (2 * Dice.at(seed, PLACE, hour).share() - 1);
    return HOURS[utc.getHour()] * WEEKDAYS[utc.getDayOfWeek().getValue() - 1] * chance;
  }
}
