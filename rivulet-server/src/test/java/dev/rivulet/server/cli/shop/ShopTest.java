package dev.rivulet.server.cli.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.server.cli.FakeServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShopTest {
  private static final long SEED = 1;
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final long MINUTE = NOW.getEpochSecond() / 60;

  private final Shop shop = new Shop(SEED);
  @TempDir private Path folder;

  @Test
  void beginningIn_sameSeed_sameEvents() {
    assertEquals(shop.beginningIn(MINUTE, 50), new Shop(SEED).beginningIn(MINUTE, 50));
  }

  @Test
  void beginningIn_higherRate_onlyAddsVisits() {
    for (var minute = MINUTE; minute < MINUTE + 200; minute++) {
      var few = new HashSet<>(shop.beginningIn(minute, 0.6));
      assertTrue(new HashSet<>(shop.beginningIn(minute, 72)).containsAll(few));
    }
  }

  @Test
  void beginningIn_aDay_isABelievableFunnel() {
    var events = day();
    var people = new HashMap<String, HashSet<String>>();
    events.forEach(
        e -> people.computeIfAbsent(e.event(), unused -> new HashSet<>()).add(idOfVisit(e)));
    var steps =
        List.of("page", "product_viewed", "added_to_cart", "checkout_started", "order_completed");
    for (var i = 1; i < steps.size(); i++) {
      var before = people.get(steps.get(i - 1)).size();
      var after = people.get(steps.get(i)).size();
      assertTrue(
          after < 0.9 * before && after > 0.1 * before,
          steps.get(i) + " " + people.get(steps.get(i)).size() + " of " + before);
    }
    assertTrue(people.containsKey("signup") && people.containsKey("search"));
    assertTrue(people.containsKey(ShopEvent.IDENTIFY));
    assertEquals(events.size(), events.stream().map(ShopEvent::id).distinct().count());
  }

  @Test
  void beginningIn_visits_areOverInTime() {
    for (var event : day()) {
      var begun = Long.parseLong(event.id().split("-", 3)[1], 36) * 60_000;
      assertTrue(event.atMillis() - begun < Shop.LONGEST_VISIT.toMillis() + 60_000);
    }
  }

  @Test
  void visitors_comeAgain_fewerWeekByWeek() {
    int week = 7 * 24 * 60;
    var first = new HashSet<String>();
    var later = new ArrayList<HashSet<String>>();
    for (int i = 0; i < 4; i++) {
      later.add(new HashSet<>());
    }
    for (long minute = MINUTE; minute < MINUTE + 5L * week; minute++) {
      int number = (int) ((minute - MINUTE) / week);
      for (int visit = 0; visit < 6; visit++) {
        var visitor = Visitor.of(SEED, minute, visit);
        if (number == 0 && !visitor.comesAgain()) {
          first.add(visitor.id());
        } else if (number > 0 && first.contains(visitor.id())) {
          later.get(number - 1).add(visitor.id());
        }
      }
    }
    var shares = later.stream().map(people -> 1.0 * people.size() / first.size()).toList();
    assertTrue(shares.get(0) > 0.12 && shares.get(0) < 0.4, "returned " + shares);
    for (int i = 1; i < shares.size(); i++) {
      assertTrue(shares.get(i) < shares.get(i - 1) && shares.get(i) > 0.02, "returned " + shares);
    }
  }

  @Test
  void rhythm_oneWeekLater_hasGrownByAFewTenths() {
    var rhythm = new Rhythm(SEED, MINUTE);
    var day = 24 * 60;
    var today = visits(rhythm, MINUTE - day, MINUTE);
    var lastWeek = visits(rhythm, MINUTE - 8 * day, MINUTE - 7 * day);
    assertTrue(today > 1.3 * lastWeek && today < 1.5 * lastWeek, today + " and " + lastWeek);
    var mean = today / day;
    for (var minute = MINUTE - day; minute < MINUTE; minute += 60) {
      var level = visits(rhythm, minute, minute + 60) / 60 / mean;
      assertTrue(level > 0.5 && level < 1.6, "level " + level);
    }
  }

  @Test
  void history_sentTwice_countsOnceAndIsRemembered() throws Exception {
    var back = Duration.ofHours(6);
    try (var server = new FakeServer()) {
      var mark = folder.resolve("shop");
      var shares = new ArrayList<Double>();
      ShopSimulator.Sent sent;
      try (var simulator = simulator(server, () -> NOW, mark)) {
        sent = simulator.history(back, (part, share) -> shares.add(share));
      }
      assertTrue(sent.events() > 12_000 && sent.events() < 35_000, "sent " + sent);
      assertEquals(sent.samples(), server.samples.size());
      assertEquals(1, shares.get(shares.size() - 1));
      assertEquals(shares.stream().sorted().toList(), shares);
      var identified = server.identifyBatches.stream().mapToInt(Integer::intValue).sum();
      assertEquals(sent.events(), server.events.size() + identified);
      try (var simulator = simulator(server, () -> NOW.plusSeconds(1), null)) {
        simulator.history(back, (events, share) -> {});
      }
      assertTrue(server.events.size() - (sent.events() - identified) < 100, "the history doubled");
      assertTrue(server.samples.size() - sent.samples() < 100, "the samples doubled");
      try (var simulator = simulator(server, () -> NOW.plusSeconds(1), mark)) {
        var more = simulator.history(back, (events, share) -> {});
        assertTrue(more.events() < 100 && more.samples() < 100, "sent again " + more);
      }
    }
  }

  @Test
  void live_goesOnWhereTheHistoryEnds() throws IOException, InterruptedException {
    try (var server = new FakeServer()) {
      var start = System.nanoTime();
      // A minute in a second.
      InstantSource fast = () -> NOW.plusNanos(60 * (System.nanoTime() - start));
      try (var simulator = simulator(server, fast, null)) {
        simulator.live();
        for (var i = 0;
            i < 100 && (server.events.size() < 200 || server.samples.size() < 200);
            i++) {
          Thread.sleep(50);
        }
      }
      assertTrue(server.events.size() >= 200, "events " + server.events.size());
      assertTrue(server.samples.size() >= 200, "samples " + server.samples.size());
      var latest = fast.instant().plus(Duration.ofSeconds(1)).toEpochMilli();
      var all = new ArrayList<>(server.events.values());
      all.addAll(server.samples.values());
      for (var event : all) {
        var at = event.path("time").asLong();
        assertTrue(at > NOW.toEpochMilli() && at <= latest);
      }
    }
  }

  private List<ShopEvent> day() {
    var events = new ArrayList<ShopEvent>();
    for (var minute = MINUTE; minute < MINUTE + 1_440; minute++) {
      events.addAll(shop.beginningIn(minute, 2));
    }
    return events;
  }

  private static double visits(Rhythm rhythm, long from, long to) {
    return LongStream.range(from, to).mapToDouble(rhythm::visitsIn).sum();
  }

  private static String idOfVisit(ShopEvent event) {
    return event.id().substring(0, event.id().lastIndexOf('-'));
  }

  private static ShopSimulator simulator(FakeServer server, InstantSource clock, Path mark) {
    return new ShopSimulator(
        HttpClient.newHttpClient(), server.url(), FakeServer.KEY, clock, SEED, mark);
  }
}
