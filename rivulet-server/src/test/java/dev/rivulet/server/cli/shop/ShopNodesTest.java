package dev.rivulet.server.cli.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.measure.MetricKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the nodes of the shop measure, against the events it is measured of. */
final class ShopNodesTest {
  private static final long SEED = 1;
  private static final long MINUTE = Instant.parse("2026-11-22T00:00:00Z").getEpochSecond() / 60;
  private static final int DAY = 1_440;

  private final Rhythm rhythm = new Rhythm(SEED, MINUTE);
  private final ShopNodes nodes = new ShopNodes(SEED, rhythm);

  @Test
  void samples_sameSeed_areTheSame() {
    var events = events(60);
    var again = new ShopNodes(SEED, new Rhythm(SEED, MINUTE));
    assertEquals(nodes.requests(events), again.requests(events));
    assertEquals(nodes.orders(events), again.orders(events));
    assertEquals(nodes.levels(MINUTE * 60_000), again.levels(MINUTE * 60_000));
  }

  @Test
  void samples_ofADay_haveIdsOfTheirOwnAndOneKindAMetric() {
    var kinds = new HashMap<String, MetricKind>();
    var ids = new HashSet<String>();
    for (var sample : day()) {
      assertTrue(ids.add(sample.id()), sample.id());
      assertTrue(sample.id().length() <= 128, sample.id());
      assertTrue(Double.isFinite(sample.value()) && sample.value() >= 0, sample.toString());
      assertTrue(ShopNodes.ALL.contains(sample.node()), sample.node());
      assertEquals(sample.kind(), kinds.computeIfAbsent(sample.metric(), unused -> sample.kind()));
    }
  }

  @Test
  void orders_andRevenue_equalTheEvents() {
    var events = events(DAY);
    var samples = nodes.orders(events);
    var orders = events.stream().filter(e -> e.event().equals("order_completed")).toList();
    assertTrue(orders.size() > 50, "orders " + orders.size());
    assertEquals(orders.size(), sum(samples, "orders"));
    var total = orders.stream().mapToInt(e -> (int) e.properties().get("total")).sum();
    assertEquals(total, sum(samples, "revenue"), 1e-6);
    assertEquals(total, sum(samples, "basket_value"), 1e-6);
  }

  @Test
  void requests_ofADay_checkoutIsSlowAndFewFail() {
    var requests = nodes.requests(events(DAY));
    var checkout = median(requests, "/checkout");
    assertTrue(checkout > 4 * median(requests, "/p/{product}"), "checkout " + checkout);
    var failed = share(requests, s -> status(s).startsWith("5"));
    assertTrue(failed > 0.0003 && failed < 0.02, "failed " + failed);
    var unknown = share(requests, s -> status(s).equals("404"));
    assertTrue(unknown > 0.005 && unknown < 0.05, "404 " + unknown);
    assertTrue(
        requests.stream().map(s -> s.tags().get("endpoint")).distinct().count() < 30,
        "routes, not paths");
  }

  @Test
  void incidents_everyDay_oneDeploymentAtATime() {
    for (var minute = MINUTE; minute < MINUTE + DAY; minute++) {
      var cold = 0;
      for (var node : ShopNodes.ALL) {
        cold += Incidents.failures(node, minute) > 0.01 ? 1 : 0;
        assertTrue(Incidents.slowness(node, minute) >= 1);
      }
      assertTrue(cold <= 1, "nodes started at once");
    }
    var slow = Incidents.slowness("web-2", quiet("web-2"));
    assertEquals(1, slow, 1e-9);
  }

  private static long quiet(String node) {
    for (var minute = MINUTE; minute < MINUTE + DAY; minute++) {
      if (Incidents.slowness(node, minute) == 1) {
        return minute;
      }
    }
    throw new AssertionError(node + " is never quiet");
  }

  private List<ShopSample> day() {
    var events = events(DAY);
    var samples = new ArrayList<ShopSample>(nodes.requests(events));
    samples.addAll(nodes.orders(events));
    for (var minute = MINUTE; minute < MINUTE + DAY; minute++) {
      samples.add(nodes.regularJob(minute));
      samples.addAll(nodes.levels(minute * 60_000));
    }
    return samples;
  }

  private List<ShopEvent> events(int minutes) {
    var shop = new Shop(SEED);
    var events = new ArrayList<ShopEvent>();
    for (var minute = MINUTE; minute < MINUTE + minutes; minute++) {
      events.addAll(shop.beginningIn(minute, 4));
    }
    return events;
  }

  private static double sum(List<ShopSample> samples, String metric) {
    return of(samples, metric).mapToDouble(ShopSample::value).sum();
  }

  private static Stream<ShopSample> of(List<ShopSample> samples, String metric) {
    return samples.stream().filter(sample -> sample.metric().equals(metric));
  }

  private static double median(List<ShopSample> requests, String endpoint) {
    var times =
        requests.stream()
            .filter(sample -> endpoint.equals(sample.tags().get("endpoint")))
            .mapToDouble(ShopSample::value)
            .sorted()
            .toArray();
    return times[times.length / 2];
  }

  private static double share(List<ShopSample> requests, Predicate<ShopSample> wanted) {
    return requests.stream().filter(wanted).count() / (double) requests.size();
  }

  private static String status(ShopSample request) {
    return String.valueOf(request.tags().get("status"));
  }
}
