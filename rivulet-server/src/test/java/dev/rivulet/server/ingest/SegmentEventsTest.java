package dev.rivulet.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.Rejection;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Limits;
import dev.rivulet.server.ingest.SegmentEvents.Call;
import dev.rivulet.server.ingest.SegmentEvents.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentEventsTest {
  @Test
  void parse_importOfTheJavaSdk_isItsThreeCalls() throws Exception {
    assertEquals(796, SegmentRequests.JAVA.length);
    var parsed = SegmentEvents.parse(Call.IMPORT, SegmentRequests.JAVA);
    assertEquals("WRITE_KEY", parsed.writeKey());
    assertFalse(parsed.body().single());
    assertEquals(List.of(), parsed.body().rejected());
    var context =
        "\"context\":{\"library\":{\"name\":\"analytics-java\",\"version\":\"3.5.4\"},"
            + "\"instanceId\":\"f1cf930b-a07f-4c91-88a4-fa0325603a6a\"}";

    var track = parsed.body().drafts().get(0);
    assertEquals("Signed Up", track.name());
    assertEquals("u-1", track.user());
    assertEquals("e65388d1-41fd-4606-a377-dc07cfe205ae", track.id());
    assertEquals(millis("2026-11-22T12:00:00Z"), track.occurredAt());
    assertEquals(millis("2026-11-22T21:59:03.872Z"), track.sentAt());
    assertEquals("{\"price\":49.5,\"plan\":\"pro\"," + context + "}", json(track));

    var page = parsed.body().drafts().get(1);
    assertEquals("page", page.name());
    assertEquals("anon-1", page.user());
    assertEquals(
        "{\"url\":\"https://example.com/pricing\",\"name\":\"Pricing\"," + context + "}",
        json(page));

    var identify = parsed.body().drafts().get(2);
    assertEquals(Kind.TRAITS, identify.kind());
    assertEquals("identify", identify.name());
    assertEquals("{\"email\":\"u1@example.com\"}", json(identify));
  }

  @Test
  void parse_batchOfTheNodeSdk_refusesGroupAndAlias() throws Exception {
    assertEquals(2229, SegmentRequests.NODE.length);
    var parsed = SegmentEvents.parse(Call.BATCH, SegmentRequests.NODE);
    assertEquals("WRITE_KEY", parsed.writeKey());
    assertEquals(
        List.of("Signed Up", "page", "identify", "screen"),
        parsed.body().drafts().stream().map(EventDraft::name).toList());
    assertEquals(List.of(3, 4), parsed.body().rejected().stream().map(Rejection::index).toList());
    for (Rejection rejection : parsed.body().rejected()) {
      assertEquals(Refusal.UNSUPPORTED_TYPE, rejection.reason());
    }
    var context =
        "\"context\":{\"library\":{\"name\":\"@segment/analytics-node\",\"version\":\"3.1.0\"}}";
    assertEquals(
        "{\"url\":\"https://example.com/pricing\",\"path\":\"/pricing\","
            + "\"referrer\":\"https://ref.example/\",\"category\":\"Docs\",\"name\":\"Pricing\","
            + context
            + "}",
        json(parsed.body().drafts().get(1)));
    assertEquals(
        "{\"tab\":1,\"name\":\"Home\"," + context + "}", json(parsed.body().drafts().get(3)));
    assertEquals(millis("2026-11-22T21:46:24.681Z"), parsed.body().drafts().get(3).sentAt());
  }

  @ParameterizedTest
  @CsvSource({
    "TRACK, Bought, EVENT",
    "PAGE, page, EVENT",
    "SCREEN, screen, EVENT",
    "IDENTIFY, identify, TRAITS"
  })
  void parse_singleCall_isNamedByItsRoute(Call call, String name, Kind kind) throws Exception {
    var parsed =
        parse(
            call,
            """
            {"writeKey":"k","type":"alias","event":"Bought","userId":7,"anonymousId":"a",
             "sentAt":"2026-11-22T12:00:01Z","traits":{"t":1},"properties":{}}
            """);
    assertEquals("k", parsed.writeKey());
    assertTrue(parsed.body().single());
    var draft = parsed.body().drafts().get(0);
    assertEquals(name, draft.name());
    assertEquals(kind, draft.kind());
    assertEquals("7", draft.user());
    assertEquals(millis("2026-11-22T12:00:01Z"), draft.sentAt());
    assertEquals(kind == Kind.TRAITS ? "{\"t\":1}" : "{}", json(draft));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GROUP", "ALIAS"})
  void parse_groupAndAlias_areRefusedByKind(Call call) throws Exception {
    var rejection = parse(call, "{\"userId\":\"u\",\"properties\":1}").body().rejected().get(0);
    assertEquals(Refusal.UNSUPPORTED_TYPE, rejection.reason());
    assertTrue(rejection.detail().contains("'" + call.word() + "'"), rejection.detail());
  }

  @Test
  void parse_person_isTheUserElseTheAnonymousId() throws Exception {
    assertEquals("a", only("{\"userId\":null,\"anonymousId\":\"a\"}").user());
    assertEquals("a", only("{\"userId\":\"\",\"anonymousId\":\"a\"}").user());
    assertEquals("5", only("{\"anonymousId\":5}").user());
    assertNull(only("{\"event\":\"e\"}").user());
    assertNull(only("{\"userId\":\"u\"}").name());
  }

  @Test
  void parse_ownContext_comesBeforeTheBatchs() throws Exception {
    var parsed =
        parse(
            Call.BATCH,
            """
            {"context":{"ip":"1.2.3.4","a\\u0062":[1, 2],"os":{"name":"x"},"n":-1.5e3},
             "integrations":{"All":true},
             "batch":[{"type":"track","event":"e","context":{"ip":"5.6.7.8", "ab":0 },"integrations":{}},
              {"type":"track","event":"e","properties":{"context":"mine","integrations":1}},
              {"type":"track","event":"e","context":"none","properties":null}]}
            """);
    assertEquals(
        "{\"context\":{\"ip\":\"5.6.7.8\", \"ab\":0 ,\"os\":{\"name\":\"x\"},\"n\":-1.5e3},"
            + "\"integrations\":{\"All\":true}}",
        json(parsed.body().drafts().get(0)));
    assertEquals("{\"context\":\"mine\",\"integrations\":1}", json(parsed.body().drafts().get(1)));
    assertEquals(
        "{\"context\":{\"ip\":\"1.2.3.4\",\"a\\u0062\":[1, 2],\"os\":{\"name\":\"x\"},\"n\":-1.5e3},"
            + "\"integrations\":{\"All\":true}}",
        json(parsed.body().drafts().get(2)));
  }

  @Test
  void parse_contextThatDoesNotFit_isLeftOut() throws Exception {
    String half = "x".repeat(Limits.EVENT_BYTES / 2);
    var large =
        parse(
            Call.BATCH,
            "{\"context\":{\"c\":\"%s\"},\"batch\":[{\"type\":\"track\",\"properties\":{\"p\":\"%s\"}}]}"
                .formatted(half, half));
    assertEquals("{\"p\":\"" + half + "\"}", json(large.body().drafts().get(0)));
    String deep = "{\"a\":".repeat(Limits.NESTING) + "1" + "}".repeat(Limits.NESTING);
    assertEquals("{}", json(only("{\"context\":" + deep + "}")));
    String item = "{\"type\":\"track\"},";
    var many =
        parse(
            Call.BATCH,
            "{\"batch\":[%s{}],\"context\":{\"c\":\"%s\"}}".formatted(item.repeat(2_000), half));
    assertEquals("{}", json(many.body().drafts().get(1_999)));
  }

  @Test
  void parse_wrongItems_areRefusedAlone() throws Exception {
    var parsed =
        parse(
            Call.IMPORT,
            """
            {"batch":[null,{"type":"track","event":"a"},{"type":"charge"},{},{"type":"track","timestamp":"x"},
             {"type":"page","name":{}},{"type":"track","messageId":[]},{"type":"track","userId":{}},
             {"type":"identify","traits":"x"}],"sentAt":"no","writeKey":3}
            """);
    assertNull(parsed.writeKey());
    assertEquals(
        List.of(
            Refusal.INVALID_JSON,
            Refusal.UNSUPPORTED_TYPE,
            Refusal.UNSUPPORTED_TYPE,
            Refusal.INVALID_TIME,
            Refusal.INVALID_PROPERTIES,
            Refusal.INVALID_ID,
            Refusal.INVALID_USER,
            Refusal.INVALID_PROPERTIES),
        parsed.body().rejected().stream().map(Rejection::reason).toList());
    assertEquals(1, parsed.body().indexes()[0]);
    assertEquals(EventDraft.ABSENT, parsed.body().drafts().get(0).sentAt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"timestamp\":\"x\",\"sentAt\":\"2026-11-22T12:00:00Z\"} | INVALID_TIME",
        "{\"userId\":[],\"anonymousId\":\"a\"} | INVALID_USER",
        "{\"properties\":1,\"name\":\"n\",\"category\":\"c\",\"traits\":{}} | INVALID_PROPERTIES",
      })
  void parse_goodField_doesNotExcuseABadOne(String body, Refusal reason) throws Exception {
    assertEquals(reason, parse(Call.PAGE, body).body().rejected().get(0).reason());
  }

  @Test
  void parse_unreadableSentAt_correctsNothing() throws Exception {
    var draft = only("{\"timestamp\":5,\"sentAt\":\"soon\"}");
    assertEquals(5, draft.occurredAt());
    assertEquals(EventDraft.ABSENT, draft.sentAt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"batch\":null}", "{\"batch\":{\"a\":[]}}", "[]", "\"x\"", "1"})
  void parse_readableButNoBatch_isRefusedNotUnreadable(String body) throws Exception {
    var parsed = parse(Call.BATCH, body);
    assertEquals(List.of(), parsed.body().drafts());
    assertEquals(Refusal.INVALID_JSON, parsed.body().rejected().get(0).reason());
    assertEquals(0, parse(Call.BATCH, "{\"batch\":[]}").body().rejected().size());
  }

  @Test
  void parse_oversizeOrUnreadable_isFourHundred() {
    String large = "{\"event\":\"" + "x".repeat(Limits.EVENT_BYTES) + "\"}";
    assertUnreadable(Refusal.EVENT_TOO_LARGE, Call.TRACK, large);
    assertUnreadable(
        Refusal.BODY_TOO_LARGE,
        Call.BATCH,
        "{\"batch\":[]}" + " ".repeat(SegmentEvents.BATCH_BYTES));
    assertUnreadable(
        Refusal.TOO_MANY_EVENTS, Call.BATCH, "{\"batch\":[" + "{},".repeat(2_500) + "{}]}");
    for (String body : List.of("", "{", "{\"event\":\"a\"}}", "{\"event\":NaN}", "{}{}")) {
      assertUnreadable(Refusal.INVALID_JSON, Call.TRACK, body);
    }
  }

  @Test
  void parse_largeItem_leavesItsNeighbours() throws Exception {
    var parsed =
        parse(
            Call.BATCH,
            "{\"batch\":[{\"type\":\"track\",\"event\":\"%s\"},{\"type\":\"track\",\"event\":\"a\"}]}"
                .formatted("x".repeat(Limits.EVENT_BYTES)));
    assertEquals("a", parsed.body().drafts().get(0).name());
    assertEquals(Refusal.EVENT_TOO_LARGE, parsed.body().rejected().get(0).reason());
  }

  private static void assertUnreadable(Refusal reason, Call call, String body) {
    var refused = assertThrows(UnreadableBody.class, () -> parse(call, body));
    assertEquals(reason, refused.reason());
    assertEquals(400, refused.status());
  }

  private static EventDraft only(String body) throws UnreadableBody {
    return parse(Call.TRACK, body).body().drafts().get(0);
  }

  private static String json(EventDraft draft) {
    return draft.properties().toJson();
  }

  private static Parsed parse(Call call, String body) throws UnreadableBody {
    return SegmentEvents.parse(call, body.getBytes(StandardCharsets.UTF_8));
  }

  private static long millis(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
