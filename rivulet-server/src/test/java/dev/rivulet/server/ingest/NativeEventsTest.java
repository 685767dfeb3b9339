package dev.rivulet.server.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.Rejection;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeEventsTest {
  private static final String NDJSON = "application/x-ndjson";

  @Test
  void parse_oneEvent_isSingleWithAllFields() throws Exception {
    var parsed =
        parse(
            """
            {"event":"signup","user":"u1","id":"e-1","time":"2026-11-22T12:00:00.000+02:00",
             "unknown":{"a":[1]},"properties":{"plan":"pro", "n":1.50}}
            """);
    assertTrue(parsed.single());
    assertEquals(List.of(), parsed.rejected());
    var draft = parsed.drafts().get(0);
    assertEquals("signup", draft.name());
    assertEquals("u1", draft.user());
    assertEquals("e-1", draft.id());
    assertEquals(Instant.parse("2026-11-22T10:00:00Z").toEpochMilli(), draft.occurredAt());
    assertEquals(EventDraft.ABSENT, draft.sentAt());
    assertEquals("{\"plan\":\"pro\", \"n\":1.50}", draft.properties().toJson());
  }

  @Test
  void parse_numbersForTexts_areTheirText() throws Exception {
    var draft =
        parse("{\"event\":\"a\",\"user\":42,\"id\":-1.5e3,\"time\":1795383984676}").drafts().get(0);
    assertEquals("42", draft.user());
    assertEquals("-1.5e3", draft.id());
    assertEquals(1_795_383_984_676L, draft.occurredAt());
  }

  @Test
  void parse_nullsAndMissing_areLeftToAdmission() throws Exception {
    for (String json :
        List.of(
            "{}", "{\"event\":null,\"user\":null,\"id\":null,\"time\":null,\"properties\":null}")) {
      var draft = parse(json).drafts().get(0);
      assertNull(draft.name());
      assertNull(draft.user());
      assertNull(draft.id());
      assertEquals(EventDraft.ABSENT, draft.occurredAt());
      assertEquals(Properties.NONE, draft.properties());
    }
  }

  @Test
  void parse_array_keepsTheIndexes() throws Exception {
    var parsed =
        parse(
            """
            [{"event":"a"}, 7, {"event":"b","time":"yesterday"}, {"event":"c"}, [{}], {"event":"d"}]
            """);
    assertFalse(parsed.single());
    assertEquals(List.of("a", "c", "d"), names(parsed));
    assertArrayEquals(new int[] {0, 3, 5}, parsed.indexes());
    assertEquals(List.of(1, 2, 4), parsed.rejected().stream().map(Rejection::index).toList());
    assertTrue(parsed.rejected().get(0).detail().contains("a number"));
    assertTrue(parsed.rejected().get(1).detail().contains("'yesterday'"));
    var fromAdmission = new Rejection(2, Refusal.MISSING_USER, "x");
    assertEquals(5, parsed.inBody(fromAdmission).index());
  }

  @Test
  void parse_emptyArray_isNothing() throws Exception {
    var parsed = parse(" [ ] ");
    assertEquals(0, parsed.drafts().size() + parsed.rejected().size());
    assertFalse(parsed.single());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"event\":{}} | INVALID_EVENT | event is an object",
        "{\"event\":true} | INVALID_EVENT | event is a boolean",
        "{\"user\":[1,[2]]} | INVALID_USER | user is an array",
        "{\"id\":false} | INVALID_ID | id is a boolean",
        "{\"time\":\"tomorrow\"} | INVALID_TIME | 'tomorrow'",
        "{\"time\":1e300} | INVALID_TIME | '1e300'",
        "{\"time\":9223372036854775808} | INVALID_TIME | '9223372036854775808'",
        "{\"time\":{\"a\":1}} | INVALID_TIME | an object",
        "{\"time\":true} | INVALID_TIME | 'true'",
        "{\"properties\":[1]} | INVALID_PROPERTIES | properties is an array",
        "{\"properties\":\"{}\"} | INVALID_PROPERTIES | properties is a string",
        "{\"properties\":1,\"event\":1.5,\"time\":\"x\",\"event\":[]} | INVALID_EVENT | array",
      })
  void parse_wrongField_isNamed(String json, Refusal reason, String word) throws Exception {
    for (String body : List.of(json, "[" + json + "]")) {
      var rejection = parse(body).rejected().get(0);
      assertEquals(reason, rejection.reason());
      assertTrue(rejection.detail().contains(word), rejection.detail());
    }
  }

  @Test
  void parse_repeatedNames_lastWins() throws Exception {
    var draft =
        parse(
                """
                {"event":"a","event":{},"event":"b","user":"u","user":null,"time":"x","time":5,
                 "properties":{"a":1},"properties":[],"properties":{"b":2,"b":3}}
                """)
            .drafts()
            .get(0);
    assertEquals("b", draft.name());
    assertNull(draft.user());
    assertEquals(5, draft.occurredAt());
    assertEquals("{\"b\":2,\"b\":3}", draft.properties().toJson());
    assertEquals(
        Properties.NONE,
        parse("{\"properties\":{\"a\":1},\"properties\":null}").drafts().get(0).properties());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ }",
        "{\"a\":{\"b\":[{}, []]}, \"c\" : \"}\\\"{\" }",
        "{\"é漢😀\":\"\\ud83d\"}"
      })
  void parse_properties_areTheExactSlice(String properties) throws Exception {
    for (String before : List.of("", "\ufeff", " \r\n\t", "\ufeff\n ")) {
      for (String gap : List.of("", " ", "\n\t ")) {
        String event = "{\"event\":\"é\",\"properties\":" + gap + properties + gap + "}";
        for (String body : List.of(event, "[" + gap + event + "," + event + gap + "]")) {
          for (var draft : parse(before + body + gap).drafts()) {
            String kept = properties.equals("{ }") ? "{}" : properties;
            assertEquals(kept, draft.properties().toJson());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-ndjson", "application/ndjson; charset=utf-8", "Application/JSONL"})
  void parse_lines_refusesTheBadOnesOnly(String contentType) throws Exception {
    var parsed =
        NativeEvents.parse(
            bytes(
                "\ufeff{\"event\":\"a\",\"properties\":{\"x\":1}}\r\n"
                    + "\n"
                    + "{\"event\":\"b\"\n"
                    + "{\"event\":\"c\"}{}\n"
                    + "[{\"event\":\"d\"}]\n"
                    + " {\"event\":\"e\",\"properties\":{\"y\":2}} \n"
                    + "{\"event\":\"f\",\"properties\":{\"z\":NaN}}\n"
                    + "{\"event\":\"g\",\"time\":\"x\"}\n"
                    + "{\"event\":\"h\"}"),
            contentType);
    assertEquals(List.of("a", "e", "h"), names(parsed));
    assertArrayEquals(new int[] {0, 4, 7}, parsed.indexes());
    assertEquals(List.of(1, 2, 3, 5, 6), parsed.rejected().stream().map(Rejection::index).toList());
    assertEquals("{\"y\":2}", parsed.drafts().get(1).properties().toJson());
    assertEquals(Refusal.INVALID_TIME, parsed.rejected().get(4).reason());
    assertFalse(parsed.single());
  }

  @Test
  void parse_linesWithBadUtf8_refusesThatLine() throws Exception {
    byte[] body = bytes("{\"event\":\"a\"}\n{\"event\":\"#\"}\n{\"event\":\"c\"}");
    body[body.length - 16] = (byte) 0xff;
    var parsed = NativeEvents.parse(body, NDJSON);
    assertEquals(List.of("a", "c"), names(parsed));
    assertTrue(parsed.rejected().get(0).detail().contains("0xff"));
  }

  @Test
  void parse_largeEvent_isRefusedAlone() throws Exception {
    String large = "{\"properties\":{\"a\":\"" + "x".repeat(Limits.EVENT_BYTES) + "\"}}";
    String fits = "{\"properties\":{\"a\":\"" + "x".repeat(Limits.EVENT_BYTES - 23) + "\"}}";
    assertEquals(Limits.EVENT_BYTES, fits.length());
    var parsed = parse("[" + large + "," + fits + "]");
    assertEquals(1, parsed.drafts().size());
    assertEquals(Refusal.EVENT_TOO_LARGE, parsed.rejected().get(0).reason());
  }

  @Test
  void parse_moreEventsThanTaken_isRefusedWhole() throws Exception {
    String event = "{\"event\":\"a\"}";
    var full = parse("[" + (event + ",").repeat(Limits.REQUEST_EVENTS - 1) + event + "]");
    assertEquals(Limits.REQUEST_EVENTS, full.drafts().size());
    var lines = NativeEvents.parse(bytes((event + "\n\n").repeat(Limits.REQUEST_EVENTS)), NDJSON);
    assertEquals(Limits.REQUEST_EVENTS, lines.drafts().size());
    for (String filler : List.of(event, "1")) {
      var array = bytes("[" + (filler + ",").repeat(Limits.REQUEST_EVENTS) + event + "]");
      var tooMany = bytes((filler + "\n").repeat(Limits.REQUEST_EVENTS + 1));
      for (var refused :
          List.of(
              assertThrows(UnreadableBody.class, () -> NativeEvents.parse(array, null)),
              assertThrows(UnreadableBody.class, () -> NativeEvents.parse(tooMany, NDJSON)))) {
        assertEquals(Refusal.TOO_MANY_EVENTS, refused.reason());
        assertEquals(413, refused.status());
      }
    }
  }

  private static List<String> names(ParsedBody<EventDraft> parsed) {
    return parsed.drafts().stream().map(EventDraft::name).toList();
  }

  private static ParsedBody<EventDraft> parse(String json) throws UnreadableBody {
    return NativeEvents.parse(bytes(json), "application/json");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
