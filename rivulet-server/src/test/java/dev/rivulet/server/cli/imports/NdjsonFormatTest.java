package dev.rivulet.server.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NdjsonFormatTest {
  private final NdjsonFormat format = new NdjsonFormat("fallback");

  @Test
  void write_withIdAndEvent_passesUnchanged() {
    var event =
        Parsed.one(
                format, " {\"event\":\"a\",\"user\":\"u\",\"id\":\"x\",\"properties\":{\"id\":1}} ")
            .event();
    assertEquals(
        "{\"event\":\"a\",\"user\":\"u\",\"id\":\"x\",\"properties\":{\"id\":1}}",
        event.toString());
  }

  @Test
  void write_withoutIdOrEvent_getsTheLinesAndTheDefault() {
    var event = Parsed.one(format, "{\"user\":\"u\",\"id\":null}").event();
    assertTrue(event.path("id").asText().endsWith("-1"));
    assertEquals("fallback", event.path("event").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        " ",
        "{",
        "[]",
        "1",
        "{}",
        "{\"a\":1} x",
        "{\"a\":NaN}",
        "{\"a\":\"\u0001\"}",
        "nul"
      })
  void write_brokenLine_givesAReason(String line) {
    assertFalse(Parsed.one(format, line).reason().isEmpty());
  }
}
