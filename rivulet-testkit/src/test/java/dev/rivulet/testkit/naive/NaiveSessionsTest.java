package dev.rivulet.testkit.naive;

import static dev.rivulet.testkit.naive.Notation.events;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaiveSessionsTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  @Test
  void gapOfThirtyMinutes_partsSessions_oneMillisecondLessDoesNot() {
    assertEquals(1, new NaiveSessions(events("A0 A1799999")).of("u").size());
    assertEquals(2, new NaiveSessions(events("A0 A1800000")).of("u").size());
    assertEquals(1, new NaiveSessions(events("A0 A1799999 A3599998")).of("u").size());
  }

  @Test
  void session_isTheSame_whateverTheOrderOfArrival() {
    List<NaiveEvent> events = new ArrayList<>(events("A0 B1000000 C2000000 A9000000 B9000000"));
    List<NaiveSession> expected = new NaiveSessions(events).of("u");
    assertEquals(2, expected.size());
    assertEquals(9_000_000, expected.get(0).start());
    assertEquals(2_000_000, expected.get(1).durationMillis());
    Collections.shuffle(events, new Random(1));
    assertEquals(expected, new NaiveSessions(events).of("u"));
  }

  @Test
  void duplicate_isNoSecondEvent() {
    NaiveSession session = new NaiveSessions(events("A0#x A5#x")).of("u").get(0);
    assertTrue(session.bounce());
    assertEquals(0, session.durationMillis());
  }

  @Test
  void session_knowsItsPages() {
    NaiveSession session =
        new NaiveSession(
            "u",
            List.of(
                event(0, "click", Map.of("path", "/no")),
                event(1, "page", Map.of()),
                event(2, "page", Map.of("path", "/a")),
                event(3, "$pageview", Map.of("$pathname", "/b")),
                event(4, "signup", Map.of())));
    assertEquals(3, session.pages());
    assertEquals("/a", session.entry());
    assertEquals("/b", session.exit());
    assertFalse(session.bounce());
    NaiveSession without = new NaiveSession("u", List.of(event(0, "click", Map.of())));
    assertNull(without.entry());
    assertNull(without.exit());
    assertEquals(0, without.pages());
  }

  @Test
  void report_takesTheSessionsThatBeganInIt() {
    var sessions =
        new NaiveSessions(
            List.of(
                page("a", 0, "/a"),
                page("a", 10 * MINUTE, "/b"),
                page("b", 5 * MINUTE, "/a"),
                page("c", HOUR - MINUTE, "/c"),
                page("c", HOUR + 19 * MINUTE, "/d"),
                page("c", HOUR + 20 * MINUTE, "/d")));
    var first = sessions.report(0, HOUR);
    assertEquals(3, first.sessions().size());
    assertEquals(1, first.bounces());
    assertEquals(1 / 3.0, first.bounceRate());
    assertEquals((600 + 1260) / 3.0, first.meanSeconds());
    assertEquals(600.0, first.seconds(0.5));
    assertEquals(600 + 0.8 * 660, first.seconds(0.9));
    assertEquals(2.0, first.pagesPerSession());
    assertEquals(Map.of("/a", 2L, "/c", 1L), first.entryPages());
    assertEquals(Map.of("/b", 1L, "/a", 1L, "/d", 1L), first.exitPages());
    var second = sessions.report(HOUR, 2 * HOUR);
    assertEquals(0, second.sessions().size());
    assertNull(second.bounceRate());
    assertNull(second.seconds(0.5));
    assertNull(second.meanSeconds());
  }

  @Test
  void series_countsASessionWhereItBegan() {
    var series =
        new NaiveSessions(
                List.of(
                    page("a", DAY - MINUTE, "/a"),
                    page("a", DAY + MINUTE, "/a"),
                    page("b", DAY, "/a")))
            .series(0, 2 * DAY, NaivePeriod.DAY, ZoneOffset.UTC);
    assertEquals(1, series.get(0L).sessions().size());
    assertEquals(0, series.get(0L).bounces());
    assertEquals(1, series.get(DAY).sessions().size());
    assertEquals(1, series.get(DAY).bounces());
  }

  private static NaiveEvent event(long time, String name, Map<String, Object> properties) {
    return new NaiveEvent(time, name, "u", properties, null, time);
  }

  private static NaiveEvent page(String user, long time, String path) {
    return new NaiveEvent(time, "page", user, Map.of("path", path), null, time);
  }
}
