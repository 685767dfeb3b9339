package dev.rivulet.server.cli.shop;

/**
 * What slows the shop's nodes down. Three times a day a deployment goes from node to node, each of
 * which starts cold and refuses some requests; every eleven hours web-2 has a busy neighbour for a
 * while. A function of the minute alone.
 */
final class Incidents {
  private static final int DEPLOYMENT_EVERY = 8 * 60;
  private static final int DEPLOYMENT_AT = 80;

  /** Until a node that was started is warm, in minutes. */
  private static final int WARM_AFTER = 9;

  private static final double COLD = 4.5;
  private static final double REFUSED_WHILE_COLD = 0.07;

  private static final int NEIGHBOUR_EVERY = 11 * 60;
  private static final int NEIGHBOUR_FROM = 200;
  private static final int NEIGHBOUR_TO = 255;
  private static final double NEIGHBOUR = 2.3;

  private static final double FAILED = 0.0012;

  private Incidents() {}

  /** How many times as long as on a quiet day a request takes on a node. */
  static double slowness(String node, long minute) {
    var warmth = Math.min(1, minutesSinceStart(node, minute) / (double) WARM_AFTER);
    var cold = COLD + (1 - COLD) * warmth;
    return hasNeighbour(node, minute) ? cold * NEIGHBOUR : cold;
  }

  /** The share of requests that a node answers 5xx. */
  static double failures(String node, long minute) {
    return minutesSinceStart(node, minute) < 3 ? REFUSED_WHILE_COLD : FAILED;
  }

  /** Minutes since a node was last deployed, up to the time between two deployments. */
  static int minutesSinceStart(String node, long minute) {
    var turn = 3 * ShopNodes.ALL.indexOf(node);
    return (int) Math.floorMod(minute - DEPLOYMENT_AT - turn, (long) DEPLOYMENT_EVERY);
  }

  private static boolean hasNeighbour(String node, long minute) {
    var at = Math.floorMod(minute, (long) NEIGHBOUR_EVERY);
    return node.equals("web-2") && at >= NEIGHBOUR_FROM && at < NEIGHBOUR_TO;
  }
}
