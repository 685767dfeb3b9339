package dev.rivulet.server.cli.shop;

import java.util.List;

/**
 * Who makes a visit: somebody new, or somebody of an earlier visit. Those who come again do so
 * mostly within days, some after weeks, and whoever comes often is met often: a cohort thins out as
 * those of real shops do. Which visit a visitor was first seen in is a function of the seed alone.
 *
 * @param comesAgain whether this is not the first visit
 * @param country two letters, the same at each visit
 * @param name given and family name, the same at each visit
 * @param device what they use as a rule
 */
record Visitor(String id, boolean comesAgain, String country, String name, String device) {
  private static final double RETURNING = 0.42;
  private static final int MINUTES_PER_DAY = 24 * 60;

  /** Mean days since the visit that made them come again, and how often it is so. */
  private static final List<Dice.Weighted<Double>> AGES =
      List.of(
          new Dice.Weighted<>(1.5, 48),
          new Dice.Weighted<>(8.0, 32),
          new Dice.Weighted<>(26.0, 20));

  /** Of each minute only the first visits lead to others: not everybody comes again. */
  private static final int LEADING_VISITS = 3;

  private static final int MOST_STEPS_BACK = 12;
  private static final long PLACE_OF_PERSON = -1;
  private static final long PLACE_OF_CHOICE = -4;

  /** Who makes visit {@code number} of {@code minute}. */
  static Visitor of(long seed, long minute, int number) {
    var at = minute;
    var visit = number;
    var steps = 0;
    for (var dice = Dice.at(seed, PLACE_OF_CHOICE, at, visit);
        steps < MOST_STEPS_BACK && dice.chance(RETURNING);
        dice = Dice.at(seed, PLACE_OF_CHOICE, at, visit)) {
      at -= 1 + (long) dice.waiting(dice.pick(AGES) * MINUTES_PER_DAY);
      visit = dice.below(LEADING_VISITS);
      steps++;
    }
    var self = Dice.at(seed, PLACE_OF_PERSON, at, visit);
    return new Visitor(
        "visitor-" + Long.toString(at, 36) + "-" + Integer.toString(visit, 36),
        steps > 0,
        self.pick(Catalogue.COUNTRIES),
        Catalogue.name(self),
        self.pick(Catalogue.DEVICES));
  }
}
