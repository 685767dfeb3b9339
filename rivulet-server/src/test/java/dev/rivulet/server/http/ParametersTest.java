package dev.rivulet.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.time.Range;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final long NOW = 1_700_000_000_000L;

  @Test
  void text_decodesAndTakesEmptyAsAbsent() {
    Parameters parameters = Parameters.parse("a=x+y&b=%C3%BC%2B&c=&d&%65=1&&");
    assertEquals("x y", parameters.text("a"));
    assertEquals("ü+", parameters.text("b"));
    assertNull(parameters.text("c"));
    assertNull(parameters.text("d"));
    assertEquals("1", parameters.text("e"));
    assertNull(Parameters.parse(null).text("a"));
  }

  @Test
  void parse_malformed_isRefused() {
    for (String query : new String[] {"a=%", "a=%4", "a=%zz", "a=%ff", "a=%C0%AF", "a=1&a=2"}) {
      assertEquals(400, assertThrows(Problem.class, () -> Parameters.parse(query)).status(), query);
    }
  }

  @Test
  void range_takesLastOrFromAndTo() {
    assertEquals(Range.last(DAY), Parameters.parse("").range(DAY, NOW));
    assertEquals(Range.last(Duration.ofMinutes(90)), Parameters.parse("last=90m").range(DAY, NOW));
    assertEquals(Range.between(0, NOW), Parameters.parse("from=0").range(DAY, NOW));
    assertEquals(
        Range.between(1_000, 2_000),
        Parameters.parse("from=1970-01-01T00:00:01Z&to=1970-01-01T01:00:02%2B01:00")
            .range(DAY, NOW));
    assertEquals(
        Range.between(1_000, 2_000),
        Parameters.parse("from=1970-01-01T01:00:01+01:00&to=2000").range(DAY, NOW),
        "a plus that was not percent-encoded");
    for (String query :
        new String[] {
          "from=9&to=9",
          "from=1970-01-01 00:00:01Z",
          "to=3",
          "last=1h&to=3",
          "last=0m",
          "from=99999999999999999999"
        }) {
      var asked = Parameters.parse(query);
      assertEquals(400, assertThrows(Problem.class, () -> asked.range(DAY, NOW)).status(), query);
    }
  }

  @Test
  void last_outOfBounds_isNamedAsItWasAsked() {
    for (String last : new String[] {"40000d", "500ms"}) {
      var asked = Parameters.parse("last=" + last);
      Problem refused = assertThrows(Problem.class, () -> asked.range(DAY, NOW));
      assertEquals("last '" + last + "' is not between 1s and 36525d", refused.getMessage());
      assertTrue(new String(refused.toJson(), UTF_8).contains("\"field\":\"last\""), last);
    }
  }
}
