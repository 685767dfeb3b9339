package dev.rivulet.server.cli.shop;

import dev.rivulet.measure.MetricKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The three machines that the shop runs on, and what they measure: a response time for each request
 * that an event of a visitor stands for, orders and revenue for each order, so that metrics and
 * events tell the same, and levels of the machines themselves. A function of the seed, the events
 * and the time. Immutable.
 */
final class ShopNodes {
  static final String WORKER = "worker-1";
  static final List<String> ALL = List.of("web-1", "web-2", WORKER);

  private static final List<String> WEB = ALL.subList(0, 2);
  private static final List<String> QUEUES = List.of("mail", "stock");

  private static final double UNKNOWN_ADDRESS = 0.02;
  private static final double SOLD_OUT = 0.03;
  private static final double MOST_MILLIS = 30_000;
  private static final long MINUTE_MILLIS = 60_000;
  private static final double MEGABYTE = 1e6;
  private static final long PLACE_OF_REQUEST = -5;
  private static final long PLACE_OF_LEVEL = -6;

  private final long seed;
  private final Rhythm rhythm;

  ShopNodes(long seed, Rhythm rhythm) {
    this.seed = seed;
    this.rhythm = rhythm;
  }

  /**
   * The response times of what visitors did.
   *
   * @param events any
   */
  List<ShopSample> requests(List<ShopEvent> events) {
    var samples = new ArrayList<ShopSample>();
    for (var event : events) {
      var endpoint = Endpoint.of(event);
      if (endpoint == null) {
        continue;
      }
      var dice = Dice.at(seed, PLACE_OF_REQUEST, event.id().hashCode());
      var node = webNode(event);
      if (dice.chance(UNKNOWN_ADDRESS)) {
        samples.add(request(dice, event, "u", Endpoint.UNKNOWN, node, Endpoint.UNKNOWN.success()));
      }
      if (dice.chance(Incidents.failures(node, minute(event.atMillis())))) {
        samples.add(request(dice, event, "f", endpoint, node, dice.chance(0.6) ? 503 : 500));
      }
      if (event.event().equals("added_to_cart") && dice.chance(SOLD_OUT)) {
        samples.add(request(dice, event, "s", endpoint, node, 409));
      }
      samples.add(request(dice, event, "r", endpoint, node, endpoint.success()));
      switch (event.event()) {
        case "order_completed" ->
            samples.add(request(dice, event, "j", Endpoint.RECEIPT, WORKER, 200));
        case "signup" -> samples.add(request(dice, event, "j", Endpoint.WELCOME, WORKER, 200));
        default -> {}
      }
    }
    return samples;
  }

  /**
   * Orders, revenue by category and the value of each basket.
   *
   * @param events all of some visits, in the order of their times
   */
  List<ShopSample> orders(List<ShopEvent> events) {
    var samples = new ArrayList<ShopSample>();
    var carts = new HashMap<String, Map<String, Integer>>();
    for (var event : events) {
      var visit = event.id().substring(0, event.id().lastIndexOf('-'));
      switch (event.event()) {
        case "added_to_cart" ->
            carts
                .computeIfAbsent(visit, none -> new LinkedHashMap<>())
                .merge(text(event, "category"), (int) number(event, "price"), Integer::sum);
        case "order_completed" -> {
          samples.add(
              sample(
                  event,
                  "o",
                  "orders",
                  MetricKind.COUNTER,
                  1,
                  Map.of("country", text(event, "country"), "device", text(event, "device"))));
          samples.add(
              sample(
                  event,
                  "b",
                  "basket_value",
                  MetricKind.HISTOGRAM,
                  number(event, "total"),
                  Map.of("device", text(event, "device"), "currency", Catalogue.CURRENCY)));
          samples.addAll(revenue(event, carts.getOrDefault(visit, Map.of())));
        }
        default -> {}
      }
    }
    return samples;
  }

  /** What the order came to, by the share each category has in it; the cents add up. */
  private static List<ShopSample> revenue(ShopEvent order, Map<String, Integer> cart) {
    var samples = new ArrayList<ShopSample>();
    var total = number(order, "total");
    var listed = cart.values().stream().mapToInt(Integer::intValue).sum();
    var cents = Math.round(100 * total);
    for (var part : cart.entrySet()) {
      var isLast = samples.size() == cart.size() - 1;
      var share = isLast ? cents : Math.round(100 * total * part.getValue() / listed);
      cents -= share;
      samples.add(
          sample(
              order,
              "v" + samples.size(),
              "revenue",
              MetricKind.COUNTER,
              share / 100.0,
              Map.of("category", part.getKey(), "currency", Catalogue.CURRENCY)));
    }
    return samples;
  }

  /** Memory of the nodes, carts that wait for their owners, jobs that wait for the worker. */
  List<ShopSample> levels(long atMillis) {
    var samples = new ArrayList<ShopSample>();
    var busyness = rhythm.busyness(minute(atMillis));
    for (var node : ALL) {
      samples.add(level("heap_used_bytes", heap(node, atMillis), Map.of(), node, atMillis));
    }
    for (var node : WEB) {
      var carts = Math.rint(busyness * (7 + 4 * wave(node, atMillis, 7)));
      samples.add(level("active_carts", carts, Map.of(), node, atMillis));
    }
    for (var queue : QUEUES) {
      var sinceStart = Incidents.minutesSinceStart(WORKER, minute(atMillis));
      var piled = sinceStart < 6 ? 44 - 7 * sinceStart : 0;
      var depth = piled + Math.rint(Math.max(0, busyness * (1.5 + 4 * wave(queue, atMillis, 3))));
      samples.add(level("queue_depth", depth, Map.of("queue", queue), WORKER, atMillis));
    }
    return samples;
  }

  /** The worker's regular job: one request a minute, whatever visitors do. */
  ShopSample regularJob(long minute) {
    var id = "shop-index-" + Long.toString(minute, 36);
    var dice = Dice.at(seed, PLACE_OF_REQUEST, minute);
    var event = new ShopEvent(id, "index", WORKER, minute * MINUTE_MILLIS + 5_000, Map.of());
    return request(dice, event, "j", Endpoint.INDEX, WORKER, Endpoint.INDEX.success());
  }

  private ShopSample request(
      Dice dice, ShopEvent event, String part, Endpoint endpoint, String node, int status) {
    var minute = minute(event.atMillis());
    var load = 0.75 + 0.25 * Math.pow(rhythm.busyness(minute), 2);
    var millis =
        endpoint.medianMillis()
            * Math.exp(endpoint.spread() * dice.normal())
            * Incidents.slowness(node, minute)
            * load;
    return new ShopSample(
        event.id() + "-" + part,
        "response_time",
        MetricKind.HISTOGRAM,
        Math.round(100 * Math.min(MOST_MILLIS, millis)) / 100.0,
        Map.of(
            "endpoint",
            endpoint.route(),
            "method",
            endpoint.method(),
            "status",
            Integer.toString(status)),
        node,
        event.atMillis());
  }

  private static ShopSample sample(
      ShopEvent event,
      String part,
      String metric,
      MetricKind kind,
      double value,
      Map<String, String> tags) {
    return new ShopSample(
        event.id() + "-" + part, metric, kind, value, tags, webNode(event), event.atMillis());
  }

  private static ShopSample level(
      String metric, double value, Map<String, String> tags, String node, long atMillis) {
    var id =
        "shop-%s-%s-%s-%s"
            .formatted(metric, node, String.join("-", tags.values()), Long.toString(atMillis, 36));
    return new ShopSample(id, metric, MetricKind.GAUGE, value, tags, node, atMillis);
  }

  /** A saw: it fills with what visitors leave behind, faster when it is busy, until it is swept. */
  private double heap(String node, long atMillis) {
    var minutes = atMillis / (double) MINUTE_MILLIS;
    var period = 5.0 + 2 * ALL.indexOf(node);
    var filled = minutes / period - Math.floor(minutes / period);
    var sinceStart = Incidents.minutesSinceStart(node, minute(atMillis));
    var kept = 150 + 90 * (1 - Math.exp(-sinceStart / 120.0));
    return Math.round(MEGABYTE * (kept + 180 * filled + 12 * wave(node, atMillis, 1)));
  }

  /** Moves slowly between -1 and 1: another value every so many minutes, straight in between. */
  private double wave(String what, long atMillis, int everyMinutes) {
    var at = atMillis / (double) (everyMinutes * MINUTE_MILLIS);
    var before = (long) Math.floor(at);
    var share = at - before;
    return crest(what, before) * (1 - share) + crest(what, before + 1) * share;
  }

  private double crest(String what, long number) {
    return 2 * Dice.at(seed, PLACE_OF_LEVEL, what.hashCode(), number).share() - 1;
  }

  private static String webNode(ShopEvent event) {
    return WEB.get(Math.floorMod(event.user().hashCode(), WEB.size()));
  }

  private static String text(ShopEvent event, String property) {
    return String.valueOf(event.properties().get(property));
  }

  private static double number(ShopEvent event, String property) {
    return event.properties().get(property) instanceof Number number ? number.doubleValue() : 0;
  }

  private static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }
}
