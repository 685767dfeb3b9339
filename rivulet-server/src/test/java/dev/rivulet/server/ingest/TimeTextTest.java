package dev.rivulet.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:00:00.000Z, 2026-11-22T12:00:00Z",
    "2026-11-22T12:00:00Z, 2026-11-22T12:00:00Z",
    "2026-11-22t12:00:00z, 2026-11-22T12:00:00Z",
    "2026-11-22 12:00:00Z, 2026-11-22T12:00:00Z",
    "2026-11-22T12:00Z, 2026-11-22T12:00:00Z",
    "2026-11-22T12:00+02, 2026-11-22T10:00:00Z",
    "2026-11-22T12:00:00+02:00, 2026-11-22T10:00:00Z",
    "2026-11-22T12:00:00+0200, 2026-11-22T10:00:00Z",
    "2026-11-22T12:00:00.5-05:30, 2026-11-22T17:30:00.500Z",
    "2026-11-22T21:58:27.877123456Z, 2026-11-22T21:58:27.877Z",
    "2026-11-22T21:58:27.87Z, 2026-11-22T21:58:27.870Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    "1795383984676, 2026-11-22T21:46:24.676Z",
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59.999Z",
  })
  void parse_whatSendersWrite_isThatInstant(String text, String instant) {
    assertEquals(Instant.parse(instant).toEpochMilli(), parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "yesterday",
        "2026-11-22",
        "2026-11-22T12:00:00",
        "2026-11-22T12:00:00.Z",
        "2026-11-22T12:00:00.1234567890Z",
        "2026-13-22T12:00:00Z",
        "2026-00-22T12:00:00Z",
        "2026-11-31T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2100-02-29T12:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T12:60:00Z",
        "2026-11-22T12:00:61Z",
        "2026-11-22T12:00:00+",
        "2026-11-22T12:00:00+2",
        "2026-11-22T12:00:00+24:00",
        "2026-11-22T12:00:00+02:60",
        "2026-11-22T12:00:00+02:0",
        "2026-11-22T12:00:00Zx",
        "2026-11-22T12:00:00 Z",
        "2026-11-22T12:0:00Z",
        "2026/11/22T12:00:00Z",
        "+12026-11-22T12:00:00Z",
        "99999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-01:00",
        "0000-01-01T00:00:00+01:00",
        "1e300",
        "1795383984676.5",
        "9223372036854775807",
        "-9223372036854775808",
        "253402300800000",
        "999999999999999999",
        "٢٠٢٦-11-22T12:00:00Z",
        "2026-11-22T12:00:",
        "2026-11-22T12:00:0",
        "2026-11-22T12:00:00",
        "2026-11-22T12:00:00.",
        "Sun Nov 22 2026 12:00:00 GMT",
        "\u0000\u0000\u0000\u0000-11-22T12:00:00Z",
      })
  void parse_anythingElse_isInvalid(String text) {
    assertEquals(TimeText.INVALID, parse(text));
  }

  @Test
  void parse_randomInstants_agreesWithTheJdk() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      long millis = random.nextLong(-62_135_596_800_000L, 253_370_764_800_000L);
      var offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60 + 1));
      var time = OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), offset);
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      assertEquals(millis, parse(text), text + ", seed " + seed);
    }
  }

  @Test
  void bounded_numbers_lieInTheCalendar() {
    assertEquals(-1, TimeText.bounded(-0.5));
    assertEquals(1_795_383_984_676L, TimeText.bounded(1.795383984676e12));
    for (double wrong : new double[] {1e300, -1e300, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(TimeText.INVALID, TimeText.bounded(wrong));
    }
    assertEquals(TimeText.INVALID, TimeText.bounded(Long.MAX_VALUE));
    assertEquals(TimeText.INVALID, TimeText.bounded(Long.MIN_VALUE));
  }

  private static long parse(String text) {
    char[] padded = ("12" + text + "34").toCharArray();
    return TimeText.parse(padded, 2, text.length());
  }
}
