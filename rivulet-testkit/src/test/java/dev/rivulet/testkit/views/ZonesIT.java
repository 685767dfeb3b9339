package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.views.counts.CountsView;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.uniques.ThoroughUniques;
import dev.rivulet.views.uniques.UniquePeople;
import dev.rivulet.views.uniques.UniquesView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buckets follow the clocks of the zone, on the days when these change too. */
@ExtendWith(RealRedis.Shared.class)
class ZonesIT {
  private static final String PROJECT = "default";
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  @ParameterizedTest
  @CsvSource({
    "UTC,                 2026-11-01, 24",
    "Asia/Kolkata,        2026-11-01, 24",
    "America/New_York,    2026-03-08, 23",
    "America/New_York,    2026-11-01, 25",
    "America/St_Johns,    2026-03-08, 23",
    "America/St_Johns,    2026-11-01, 25",
    "Australia/Lord_Howe, 2026-04-05, 25",
    "Australia/Lord_Howe, 2026-10-04, 24",
    "America/Sao_Paulo,   2018-11-04, 23",
    "America/Havana,      2026-11-01, 25"
  })
  void uniques_whateverTheClocksDo_equalTheRecount(
      String zoneId, LocalDate changed, int hours, RealRedis redis) {
    ZoneId zone = ZoneId.of(zoneId);
    long start = startOf(changed, zone);
    List<Event> events = around(start, 400);
    var recount = new Recount(PROJECT, events);
    try (var driver = open(redis, zone, events)) {
      Range day = Range.between(start, startOf(changed.plusDays(1), zone));
      var ofDay = driver.ask(new UniquePeople(PROJECT, null, day, Step.HOUR, null));
      assertEquals(hours, ofDay.series().size());
      for (Step step : new Step[] {Step.HOUR, Step.DAY, Step.WEEK}) {
        for (String event : new String[] {null, "a"}) {
          for (long[] range : ranges(start)) {
            Range asked = Range.between(range[0], range[1]);
            var answer = driver.ask(new UniquePeople(PROJECT, event, asked, step, null));
            long from = Instant.parse(answer.from()).toEpochMilli();
            long to = Instant.parse(answer.to()).toEpochMilli();
            assertTrue(from <= range[0] && range[0] - from < HOUR, answer.from());
            assertTrue(to >= range[1] && to - range[1] < HOUR, answer.to());
            assertEquals(recount.uniques(event, from, to), answer.total());
            var times = answer.series().stream().map(UniquePeople.Point::time).toList();
            assertEdges(times, step, zone);
            for (int i = 0; i < times.size(); i++) {
              long end = i + 1 < times.size() ? millis(times.get(i + 1)) : to;
              Long found = answer.series().get(i).uniques();
              assertEquals(
                  recount.uniques(event, millis(times.get(i)), end), found == null ? 0 : found);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,                 2026-11-01, 24",
    "Asia/Kolkata,        2026-11-01, 24",
    "America/New_York,    2026-03-08, 23",
    "America/New_York,    2026-11-01, 25",
    "America/St_Johns,    2026-11-01, 25",
    "Australia/Lord_Howe, 2026-04-05, 25",
    "Australia/Lord_Howe, 2026-10-04, 24"
  })
  void counts_whateverTheClocksDo_equalTheRecount(
      String zoneId, LocalDate changed, int hours, RealRedis redis) {
    ZoneId zone = ZoneId.of(zoneId);
    long start = startOf(changed, zone);
    List<Event> events = around(start, 400);
    var recount = new Recount(PROJECT, events);
    try (var driver = open(redis, zone, events)) {
      for (Step step : new Step[] {Step.QUARTER, Step.HOUR, Step.DAY, Step.WEEK}) {
        for (long[] range : ranges(start)) {
          Range asked = Range.between(range[0], range[1]);
          var query = new EventCount(PROJECT, "a", asked, step, null);
          var answer = driver.ask(query);
          CountsIT.agrees(query, answer, recount);
          assertEdges(answer.series().stream().map(point -> point.time()).toList(), step, zone);
        }
      }
      Range day = Range.between(start, startOf(changed.plusDays(1), zone));
      var ofDay = driver.ask(new EventCount(PROJECT, null, day, Step.HOUR, null));
      assertEquals(hours, ofDay.series().size());
    }
  }

  @Test
  void uniques_ofAnotherZone_areUnionsOfHours(RealRedis redis) {
    ZoneId home = ZoneId.of("America/New_York");
    ZoneId shown = ZoneId.of("Asia/Tokyo");
    long start = startOf(LocalDate.parse("2026-11-01"), home);
    List<Event> events = around(start, 400);
    var recount = new Recount(PROJECT, events);
    try (var driver = open(redis, home, events)) {
      Range asked = Range.between(start - DAY, start + 2 * DAY);
      var answer = driver.ask(new UniquePeople(PROJECT, null, asked, Step.DAY, shown));
      var times = answer.series().stream().map(UniquePeople.Point::time).toList();
      assertEdges(times, Step.DAY, shown);
      for (int i = 0; i < times.size(); i++) {
        long end = millis(i + 1 < times.size() ? times.get(i + 1) : answer.to());
        assertEquals(
            recount.uniques(null, millis(times.get(i)), end), answer.series().get(i).uniques());
      }
    }
  }

  @Test
  void uniques_ofAZoneHalfAnHourOff_areRefusedBySetsAndReadFromTheLog(RealRedis redis) {
    ZoneId home = ZoneId.of("Europe/Oslo");
    long start = startOf(LocalDate.parse("2026-11-01"), home);
    List<Event> events = around(start, 400);
    var recount = new Recount(PROJECT, events);
    try (var driver = open(redis, home, events)) {
      Range asked = Range.between(start, start + 2 * DAY);
      var query = new UniquePeople(PROJECT, null, asked, Step.DAY, ZoneId.of("Asia/Kolkata"));
      var refused = assertThrows(IllegalArgumentException.class, () -> driver.ask(query));
      assertTrue(String.valueOf(refused.getMessage()).contains("Asia/Kolkata"));
      assertTrue(String.valueOf(refused.getMessage()).contains("Europe/Oslo"));
      var answer = driver.ask(new ThoroughUniques(query));
      assertTrue(answer.exact());
      assertEquals(
          recount.uniques(null, millis(answer.from()), millis(answer.to())), answer.total());
      for (int i = 0; i < answer.series().size(); i++) {
        String from = answer.series().get(i).time();
        boolean last = i + 1 == answer.series().size();
        String to = last ? answer.to() : answer.series().get(i + 1).time();
        Long found = answer.series().get(i).uniques();
        assertEquals(
            recount.uniques(null, millis(from), millis(to)), found == null ? 0 : found, from);
      }
    }
  }

  @Test
  void uniques_zeroIsNotNoData(RealRedis redis) {
    ZoneId zone = ZoneId.of("UTC");
    long start = startOf(LocalDate.parse("2026-11-01"), zone);
    List<Event> events = List.of(event("a", "u", start + 5 * HOUR), event("b", "u", start));
    try (var driver = open(redis, zone, events)) {
      driver.at(start + 6 * HOUR + 1);
      Range asked = Range.between(start - HOUR, start + 8 * HOUR);
      var series = driver.ask(new UniquePeople(PROJECT, "a", asked, Step.HOUR, null)).series();
      List<Object> found = new ArrayList<>();
      series.forEach(point -> found.add(point.uniques() == null ? "none" : point.uniques()));
      assertEquals(List.of("none", 0L, 0L, 0L, 0L, 0L, 1L, 0L, "none"), found);
      assertEquals(Boolean.TRUE, series.get(7).partial());
      assertEquals(null, series.get(6).partial());
    }
  }

  @Test
  void uniques_ofTooLongARange_areRefused(RealRedis redis) {
    try (var driver = open(redis, ZoneId.of("UTC"), List.of(event("a", "u", 0)))) {
      var query = new UniquePeople(PROJECT, null, Range.between(0, 900 * DAY), Step.DAY, null);
      var refused = assertThrows(IllegalArgumentException.class, () -> driver.ask(query));
      assertEquals(
          "range of 900 days is too long: people are counted over at most 800 days",
          refused.getMessage());
    }
  }

  /** Every bucket but the first begins where the clocks of the zone say so. */
  private static void assertEdges(List<String> times, Step step, ZoneId zone) {
    for (String time : times.subList(Math.min(1, times.size()), times.size())) {
      Instant instant = Instant.parse(time);
      var local = instant.atZone(zone);
      boolean changed =
          zone.getRules().getTransition(local.toLocalDateTime()) != null
              || !zone.getRules()
                  .getOffset(instant)
                  .equals(zone.getRules().getOffset(instant.minusMillis(1)));
      LocalTime clock = local.toLocalTime();
      boolean right =
          switch (step) {
            case QUARTER -> clock.getMinute() % 15 == 0;
            case HOUR -> clock.getMinute() == 0 || changed;
            default -> local.toLocalDate().atStartOfDay(zone).equals(local);
          };
      assertTrue(right && clock.getSecond() == 0, step + " begins at " + local);
    }
  }

  private static List<long[]> ranges(long start) {
    return List.of(
        new long[] {start, start + 24 * HOUR},
        new long[] {start - 7 * HOUR - 1, start + 20 * HOUR + 17},
        new long[] {start + HOUR, start + 4 * HOUR},
        new long[] {start - 2 * DAY, start + 3 * DAY});
  }

  private static RivuletDriver open(RealRedis redis, ZoneId zone, List<Event> events) {
    redis.flush();
    var driver =
        RivuletDriver.open(redis.address(), 3, zone, List.of(new CountsView(), new UniquesView()));
    driver.append(events);
    driver.foldAll();
    return driver.at(System.currentTimeMillis());
  }

  private static List<Event> around(long start, int count) {
    var random = new Random(start);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long time = start - 2 * DAY + (long) (random.nextDouble() * 5 * DAY);
      long close = start + (long) (random.nextDouble() * 6 * HOUR);
      String name = random.nextBoolean() ? "a" : "b";
      events.add(event(name, "u" + random.nextInt(30), i % 2 == 0 ? time : close));
    }
    return events;
  }

  private static Event event(String name, String user, long occurredAt) {
    long receivedAt = System.currentTimeMillis();
    return new Event(
        PROJECT, Kind.EVENT, name, user, null, occurredAt, receivedAt, Properties.NONE);
  }

  private static long startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
