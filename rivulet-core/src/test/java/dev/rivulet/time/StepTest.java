package dev.rivulet.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Asia/Kolkata",
          "Asia/Kathmandu",
          "Europe/Berlin",
          "America/New_York",
          "America/St_Johns",
          "Australia/Lord_Howe",
          "America/Sao_Paulo",
          "Pacific/Apia");

  @ParameterizedTest
  @CsvSource({
    "1d, 2026-03-29T12:00:00Z, Europe/Berlin, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
    "1d, 2026-10-25T12:00:00Z, Europe/Berlin, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z",
    "1d, 2026-11-22T12:00:00Z, Asia/Kolkata, 2026-11-21T18:30:00Z, 2026-11-22T18:30:00Z",
    "1h, 2026-11-22T12:10:00Z, Asia/Kolkata, 2026-11-22T11:30:00Z, 2026-11-22T12:30:00Z",
    "1w, 2026-11-22T12:00:00Z, UTC, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
    "1M, 2026-02-10T00:00:00Z, UTC, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
    "15m, 2026-11-22T12:14:59Z, UTC, 2026-11-22T12:00:00Z, 2026-11-22T12:15:00Z",
    "1m, 1969-12-31T23:59:30Z, UTC, 1969-12-31T23:59:00Z, 1970-01-01T00:00:00Z",
  })
  void bucket_followsTheCalendarOfTheZone(
      String step, String time, String zone, String floor, String next) {
    long at = Instant.parse(time).toEpochMilli();
    ZoneId in = ZoneId.of(zone);
    assertEquals(Instant.parse(floor).toEpochMilli(), Step.parse(step).floor(at, in));
    assertEquals(Instant.parse(next).toEpochMilli(), Step.parse(step).next(at, in));
  }

  @Test
  void everyMoment_liesInItsBucketAndBucketsTouch() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    long year = 366L * 86_400_000;
    for (int i = 0; i < 50_000; i++) {
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      Step step = Step.values()[random.nextInt(Step.values().length)];
      long time = 1_735_689_600_000L + (long) (random.nextDouble() * 2 * year);
      long floor = step.floor(time, zone);
      long next = step.next(time, zone);
      String where = step + " " + zone + " " + Instant.ofEpochMilli(time) + " seed " + seed;
      assertTrue(floor <= time && time < next, where);
      assertEquals(floor, step.floor(floor, zone), where);
      assertEquals(next, step.floor(next, zone), where);
    }
  }

  @Test
  void buckets_coverTheRangeWithoutGap() {
    var range = new TimeRange(1_000_123, 90_000_456_789L);
    Buckets buckets = Buckets.of(range, Step.DAY, ZoneId.of("America/St_Johns"));
    assertEquals(range.from(), buckets.start(0));
    assertEquals(range.to(), buckets.end(buckets.count() - 1));
    for (int i = 0; i + 1 < buckets.count(); i++) {
      assertEquals(buckets.end(i), buckets.start(i + 1));
      assertEquals(i, buckets.indexOf(buckets.start(i)));
      assertEquals(i, buckets.indexOf(buckets.end(i) - 1));
    }
    assertEquals(-1, buckets.indexOf(range.from() - 1));
    assertEquals(-1, buckets.indexOf(range.to()));
  }

  @Test
  void parse_namesTheValueAndTheWords() {
    var refused = assertThrows(IllegalArgumentException.class, () -> Step.parse("2h"));
    assertTrue(String.valueOf(refused.getMessage()).contains("2h"));
    assertTrue(String.valueOf(refused.getMessage()).contains("15m"));
  }
}
