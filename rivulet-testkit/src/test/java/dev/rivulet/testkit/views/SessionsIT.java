package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaivePeriod;
import dev.rivulet.testkit.naive.NaiveSession;
import dev.rivulet.testkit.naive.NaiveSessions;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import dev.rivulet.view.View;
import dev.rivulet.views.sessions.PersonSessions;
import dev.rivulet.views.sessions.SessionReport;
import dev.rivulet.views.sessions.SessionShown;
import dev.rivulet.views.sessions.SessionsView;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionsIT extends ViewContract {
  private static final int PEOPLE = 25;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");

  @Override
  protected View view() {
    return new SessionsView();
  }

  /**
   * Bursts with pauses about and exactly at the half hour, that arrive in any order: late events
   * bridge sessions, begin them anew and come twice in a moment.
   */
  @Override
  protected List<Event> events(long seed) {
    var random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int person = (int) (PEOPLE * random.nextDouble() * random.nextDouble());
      long burst = from() + new Random(person * 31L + random.nextInt(5)).nextInt(46) * HOUR;
      long time = burst + random.nextInt(36) * 5 * MINUTE;
      long off = random.nextInt(3) == 0 ? random.nextInt((int) (5 * MINUTE)) : 0;
      String id = random.nextInt(5) == 0 ? null : "id-" + Long.toHexString(random.nextLong());
      events.add(event("user-" + person, time + off, id, random));
    }
    return events;
  }

  private Event event(String user, long time, String id, Random random) {
    Map<String, Object> properties = new HashMap<>();
    boolean page = random.nextBoolean();
    if (page && random.nextInt(4) > 0) {
      properties.put("path", "/" + (char) ('a' + random.nextInt(6)));
    }
    return new Event(
        PROJECT,
        Kind.EVENT,
        page ? "page" : "click",
        user,
        id,
        time,
        to(),
        Properties.of(properties));
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      queries.add(new PersonSessions(PROJECT, "user-" + i, 64));
    }
    Range range = Range.between(from(), to());
    queries.add(new SessionReport(PROJECT, range, Step.HOUR, ZoneOffset.UTC, 3));
    queries.add(new SessionReport(PROJECT, range, Step.DAY, KATHMANDU, 10));
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    var naive = new NaiveSessions(Profiles.naive(recount.events()));
    for (int i = 0; i < PEOPLE; i++) {
      List<String> expected = naive.of("user-" + i).stream().map(SessionsIT::text).toList();
      var found = driver.ask(new PersonSessions(PROJECT, "user-" + i, 64));
      assertEquals(expected, found.sessions().stream().map(SessionsIT::text).toList());
      assertEquals(expected.size(), found.total());
      assertEquals(0, found.unplaced());
    }
    agrees(driver, naive, from(), to(), Step.HOUR, NaivePeriod.HOUR, ZoneOffset.UTC);
    agrees(driver, naive, from(), to(), Step.DAY, NaivePeriod.DAY, KATHMANDU);
    long odd = from() + 7 * HOUR + 15 * MINUTE;
    agrees(driver, naive, odd, to() - 5 * HOUR, Step.HOUR, NaivePeriod.HOUR, KATHMANDU);
    agrees(driver, naive, from() - 90 * HOUR, from(), Step.DAY, NaivePeriod.DAY, KATHMANDU);
  }

  private static void agrees(
      RivuletDriver driver,
      NaiveSessions naive,
      long from,
      long to,
      Step step,
      NaivePeriod period,
      ZoneId zone) {
    var found = driver.ask(new SessionReport(PROJECT, Range.between(from, to), step, zone, 1_000));
    var expected = naive.report(from, to);
    assertEquals(expected.sessions().size(), found.sessions());
    assertEquals(expected.bounces(), found.bounces());
    assertEquals(expected.bounceRate(), found.bounceRate());
    assertEquals(expected.pagesPerSession(), found.pagesPerSession());
    near(expected.meanSeconds(), found.meanSeconds());
    near(expected.seconds(0.5), found.medianSeconds());
    near(expected.seconds(0.9), found.p90Seconds());
    assertEquals(expected.entryPages(), counts(found.entryPages()));
    assertEquals(expected.exitPages(), counts(found.exitPages()));
    assertEquals(0, found.otherEntryPages() + found.otherExitPages());
    assertEquals(Boolean.TRUE, found.exact());
    var series = naive.series(from, to, period, zone);
    assertEquals(series.size(), found.series().size());
    for (SessionReport.Point point : found.series()) {
      var own = series.get(java.time.Instant.parse(point.time()).toEpochMilli());
      long sessions = point.sessions() == null ? 0 : point.sessions();
      assertEquals(own.sessions().size(), sessions, point.time());
      assertEquals(own.bounceRate(), point.bounceRate(), point.time());
      near(own.seconds(0.5), point.medianSeconds());
      near(own.seconds(0.9), point.p90Seconds());
    }
  }

  private static void near(Double expected, Double found) {
    if (expected == null) {
      assertNull(found);
    } else {
      assertEquals(expected, found, 1e-6);
    }
  }

  private static Map<String, Long> counts(List<SessionReport.PageCount> pages) {
    Map<String, Long> counts = new HashMap<>();
    pages.forEach(page -> counts.put(page.value(), page.count()));
    return counts;
  }

  private static String text(NaiveSession session) {
    return "%s %s %d %d %s %s"
        .formatted(
            Times.iso(session.start()),
            Times.iso(session.last()),
            session.events().size(),
            session.pages(),
            session.entry(),
            session.exit());
  }

  private static String text(SessionShown session) {
    return "%s %s %d %d %s %s"
        .formatted(
            session.start(),
            session.last(),
            session.events(),
            session.pages(),
            session.entry(),
            session.exit());
  }

  @Test
  void session_goesOnForHalfAnHour(RealRedis redis) {
    try (var driver = open(redis)) {
      long start = from();
      driver.append(List.of(page("u", start, "/a"), page("u", start + 29 * MINUTE, "/b")));
      driver.foldAll();
      var asked = new PersonSessions(PROJECT, "u", 1);
      var open = driver.at(start + 59 * MINUTE - 1).ask(asked).current();
      assertEquals(29 * 60.0, open.seconds());
      assertEquals("/a", open.entry());
      assertEquals("/b", open.exit());
      assertNull(driver.at(start + 59 * MINUTE).ask(asked).current());
    }
  }

  @Test
  void sessions_pastThoseKept_stayInTheSums(RealRedis redis) {
    try (var driver = open(redis)) {
      long start = from() - 200 * HOUR;
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        events.add(page("u", start + i * HOUR, "/a"));
        events.add(page("u", start + i * HOUR + MINUTE, "/b"));
      }
      for (int i = 0; i < events.size(); i += 7) {
        driver.append(events.subList(i, Math.min(events.size(), i + 7)));
        driver.foldAll();
      }
      var report = new SessionReport(PROJECT, Range.between(start, to()), Step.DAY, null, 10);
      var before = driver.ask(report);
      assertEquals(150, before.sessions());
      var person = driver.ask(new PersonSessions(PROJECT, "u", 64));
      assertEquals(64, person.sessions().size());
      assertEquals(150, person.total());
      assertEquals(86, person.older());
      // Late events: among sessions that are not kept, between them and the kept, among the kept.
      driver.append(
          List.of(
              page("u", start + 10 * HOUR + 2 * MINUTE, "/c"),
              page("u", start - HOUR, "/c"),
              page("u", start + 85 * HOUR + 20 * MINUTE, "/c"),
              page("u", start + 149 * HOUR + 2 * MINUTE, "/c")));
      driver.foldAll();
      driver.restart();
      var after = driver.ask(report);
      assertEquals(150, after.sessions());
      assertEquals(List.of("/b", "/c"), after.exitPages().stream().map(p -> p.value()).toList());
      assertEquals(List.of(149L, 1L), after.exitPages().stream().map(p -> p.count()).toList());
      assertEquals(3, driver.ask(new PersonSessions(PROJECT, "u", 64)).unplaced());
    }
  }

  @Test
  void sessions_ofManyInAnyOrder_addUp(RealRedis redis) {
    try (var driver = open(redis)) {
      var random = new Random(11);
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        long time = from() + (long) (random.nextDouble() * 48 * HOUR);
        events.add(page("user-" + random.nextInt(1_500), time, "/" + random.nextInt(3_000)));
      }
      for (int i = 0; i < events.size(); i += 1_000) {
        driver.append(events.subList(i, Math.min(events.size(), i + 1_000)));
        driver.foldAll();
      }
      var naive = new NaiveSessions(Profiles.naive(events)).report(from(), to());
      var found =
          driver.ask(
              new SessionReport(PROJECT, Range.between(from(), to()), Step.HOUR, null, 1_000));
      assertEquals(naive.sessions().size(), found.sessions());
      assertEquals(naive.bounces(), found.bounces());
      assertEquals(naive.pagesPerSession(), found.pagesPerSession());
      near(naive.meanSeconds(), found.meanSeconds());
      assertNull(found.exact());
      assertEquals(0.01, found.error());
      double p90 = naive.seconds(0.9);
      assertEquals(p90, found.p90Seconds(), 0.011 * p90);
      long entries = found.entryPages().stream().mapToLong(p -> p.count()).sum();
      assertEquals(naive.sessions().size(), entries + found.otherEntryPages());
    }
  }

  @Test
  void erasure_removesThePerson_keepsTheSums(RealRedis redis) {
    try (var driver = open(redis)) {
      long start = from();
      driver.append(List.of(page("u", start, "/a"), page("v", start, "/a")));
      driver.foldAll();
      driver.append(
          List.of(
              page("u", start + MINUTE, "/b"),
              new Event(PROJECT, Kind.ERASURE, "erasure", "u", null, start, to(), Properties.NONE),
              page("u", start + 2 * MINUTE, "/c")));
      driver.foldAll();
      driver.restart();
      var person = driver.ask(new PersonSessions(PROJECT, "u", 64));
      assertEquals(1, person.total());
      assertEquals("/c", person.sessions().get(0).entry());
      var report = new SessionReport(PROJECT, Range.between(start, to()), null, null, 10);
      assertEquals(3, driver.ask(report).sessions());
      assertEquals(4.0 / 3, driver.ask(report).pagesPerSession());
    }
  }

  @Test
  void page_isThePathWhereverItIsTold(RealRedis redis) {
    try (var driver = open(redis)) {
      long start = from();
      Map<String, Map<String, Object>> told = new HashMap<>();
      told.put("$pageview", Map.of("$current_url", "https://example.com/pricing?x=1#y"));
      told.put("pageview", Map.of("url", "https://example.com"));
      told.put("screen", Map.of("name", "Home"));
      told.put("request", Map.of("path", "/" + "x".repeat(300)));
      told.put("page", Map.of("url", "no address \\"));
      told.forEach(
          (name, properties) ->
              driver.append(
                  List.of(
                      new Event(
                          PROJECT,
                          Kind.EVENT,
                          name,
                          name,
                          null,
                          start,
                          to(),
                          Properties.of(properties)))));
      driver.foldAll();
      Map<String, String> entries = new HashMap<>();
      told.keySet()
          .forEach(
              name ->
                  entries.put(
                      name,
                      driver.ask(new PersonSessions(PROJECT, name, 1)).sessions().get(0).entry()));
      assertEquals("/pricing", entries.get("$pageview"));
      assertEquals("/", entries.get("pageview"));
      assertEquals("Home", entries.get("screen"));
      assertEquals("/" + "x".repeat(255), entries.get("request"));
      assertEquals("no address \\", entries.get("page"));
    }
  }

  @Test
  void report_tellsNothingFromNoData(RealRedis redis) {
    try (var driver = open(redis)) {
      long start = from();
      driver.append(List.of(page("u", start, "/a")));
      driver.foldAll();
      var report =
          driver
              .at(start + 3 * HOUR + MINUTE)
              .ask(
                  new SessionReport(
                      PROJECT,
                      Range.between(start - 2 * HOUR, start + 6 * HOUR),
                      Step.HOUR,
                      ZoneOffset.UTC,
                      10));
      List<Long> sessions = new ArrayList<>();
      report.series().forEach(point -> sessions.add(point.sessions()));
      List<Long> expected = new ArrayList<>(List.of(1L, 0L, 0L, 0L));
      expected.addAll(0, Collections.nCopies(2, null));
      expected.addAll(Collections.nCopies(2, null));
      assertEquals(expected, sessions);
      assertNull(report.series().get(3).bounceRate());
      assertNull(report.series().get(4).partial());
      assertTrue(report.series().get(5).partial());
      var empty =
          driver.ask(
              new SessionReport(
                  PROJECT, Range.between(start - 9 * HOUR, start - HOUR), null, null, 10));
      assertEquals(0, empty.sessions());
      assertNull(empty.bounceRate());
      assertNull(empty.meanSeconds());
      assertNull(empty.medianSeconds());
      assertNull(empty.pagesPerSession());
    }
  }

  private static RivuletDriver open(RealRedis redis) {
    redis.flush();
    var driver =
        RivuletDriver.open(redis.address(), 2, ZoneOffset.UTC, List.of(new SessionsView()));
    return driver.at(System.currentTimeMillis());
  }

  private static Event page(String user, long time, String path) {
    return new Event(
        PROJECT, Kind.EVENT, "page", user, null, time, time, Properties.of(Map.of("path", path)));
  }
}
