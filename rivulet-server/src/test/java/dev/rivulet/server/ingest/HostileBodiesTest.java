package dev.rivulet.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import dev.rivulet.server.ingest.SegmentEvents.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in: an event as it was meant, or a refusal; never any other exception. */
class HostileBodiesTest {
  private static final String NDJSON = "application/x-ndjson";
  private static final String EVENT =
      "{\"event\":\"café 😀\",\"user\":\"u-1\",\"id\":7,\"time\":\"2026-11-22T12:00:00.000Z\","
          + "\"properties\":{\"price\":49.5,\"tags\":[\"a\",{\"b\":null}],\"q\":\"\\\"}\\u00e9\"}}";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void parse_truncatedAnywhere_isUnreadable() throws Exception {
    byte[] object = bytes(EVENT);
    byte[] array = bytes("[" + EVENT + "," + EVENT + "]");
    for (byte[] whole : List.of(object, array)) {
      for (int length = 0; length < whole.length; length++) {
        assertUnreadable(Arrays.copyOf(whole, length));
      }
    }
    for (int length = 1; length < object.length; length++) {
      var parsed = NativeEvents.parse(Arrays.copyOf(object, length), NDJSON);
      assertEquals(Refusal.INVALID_JSON, parsed.rejected().get(0).reason());
    }
  }

  @Test
  void parse_anyByteTwice_isUnreadableOrWellFormed() throws Exception {
    byte[] whole = bytes(EVENT);
    for (int at = 0; at < whole.length; at++) {
      byte[] twice = new byte[whole.length + 1];
      System.arraycopy(whole, 0, twice, 0, at + 1);
      System.arraycopy(whole, at, twice, at + 1, whole.length - at);
      checkAgainstTwin(twice);
    }
    assertUnreadable(bytes(EVENT + EVENT));
    assertUnreadable(bytes(EVENT + "]"));
    assertUnreadable(bytes("[" + EVENT + "]]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "\ufeff",
        "null",
        "1",
        "\"a\"",
        "true",
        "NaN",
        "{\"properties\":{\"a\":NaN}}",
        "{\"properties\":{\"a\":-Infinity}}",
        "{\"time\":Infinity}",
        "{'event':'a'}",
        "{event:1}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "[{},]",
        "{\"event\":\"a\nb\"}",
        "{\"event\":\"a\u0000\"}",
        "{\"event\":\"\\x\"}",
        "{\"event\":\"\\u12\"}",
        "{\"\\ud800\":1}",
        "{/**/}",
        "{}#",
        "\u0000{}",
        "<script>",
      })
  void parse_notJson_isUnreadable(String body) {
    assertUnreadable(bytes(body));
  }

  @Test
  void parse_otherEncodings_areUnreadable() {
    assertUnreadable(EVENT.getBytes(StandardCharsets.UTF_16BE));
    assertUnreadable(EVENT.getBytes(StandardCharsets.UTF_16LE));
    assertUnreadable(EVENT.getBytes(StandardCharsets.UTF_16));
    assertUnreadable(EVENT.getBytes(StandardCharsets.ISO_8859_1));
    byte[] surrogate = bytes("{\"properties\":{\"a\":\"###\"}}");
    surrogate[20] = (byte) 0xed;
    surrogate[21] = (byte) 0xa0;
    surrogate[22] = (byte) 0x80;
    assertUnreadable(surrogate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n*1\r\n$8\r\nFLUSHALL", "{}*", "{1}:x", "<script>alert(1)</script>", "\u0000", "\ud800",
        "a\udc00b", "../..", "%s%n", "🇨🇭", "\u202eabc", "' OR 1=1 --",
      })
  void parse_hostileTexts_comeThroughAsTheyAre(String text) throws Exception {
    String escaped = text.replace("\r", "\\r").replace("\n", "\\n").replace("\u0000", "\\u0000");
    escaped = escaped.replace("\ud800", "\\ud800").replace("a\udc00", "a\\udc00");
    String key = escaped.contains("\\ud") ? "k" : escaped; // in a key, JSON's reader refuses them
    String properties = "{\"" + key + "\":\"" + escaped + "\"}";
    String field = "\"" + escaped + "\"";
    var parsed =
        NativeEvents.parse(
            bytes(
                "{\"event\":%s,\"user\":%s,\"id\":%s,\"properties\":%s}"
                    .formatted(field, field, field, properties)),
            null);
    var draft = parsed.drafts().get(0);
    assertEquals(List.of(text, text, text), List.of(draft.name(), draft.user(), draft.id()));
    assertEquals(properties, draft.properties().toJson());
    var refused =
        NativeEvents.parse(bytes("{\"time\":" + field + "}"), null).rejected().get(0).detail();
    assertTrue(refused.chars().noneMatch(Character::isISOControl), refused);
    assertEquals(refused, new String(bytes(refused), StandardCharsets.UTF_8));
  }

  @Test
  void parse_deepNesting_isRefusedAtTheBound() throws Exception {
    String deep = "{\"a\":".repeat(Limits.NESTING) + "1" + "}".repeat(Limits.NESTING);
    var parsed =
        NativeEvents.parse(
            bytes("[{\"properties\":" + deep + "},{\"properties\":{\"b\":" + deep + "}}]"), null);
    assertEquals(deep, parsed.drafts().get(0).properties().toJson());
    assertEquals(0, parsed.drafts().get(0).properties().scalarCount());
    assertEquals(Refusal.INVALID_PROPERTIES, parsed.rejected().get(0).reason());
    for (String open : List.of("[", "{\"properties\":", "{\"properties\":{\"a\":[")) {
      assertUnreadable(bytes(open.repeat(Limits.BODY_BYTES / open.length())));
    }
  }

  @Test
  void parse_overlongParts_spoilTheirOwnEventOnly() throws Exception {
    String large = "x".repeat(1 << 20);
    String digits = "9".repeat(1 << 20);
    var bodies =
        List.of(
            "{\"event\":\"" + large + "\"}",
            "{\"user\":" + digits + "}",
            "{\"time\":" + digits + "}",
            "{\"time\":" + digits + ".5}",
            "{\"" + large + "\":1}",
            "{\"properties\":{\"" + large + "\":1}}",
            "{\"properties\":{\"a\":" + digits + "}}");
    var parsed =
        NativeEvents.parse(bytes("[" + String.join(",", bodies) + "," + EVENT + "]"), null);
    assertEquals(1, parsed.drafts().size());
    assertEquals(bodies.size(), parsed.rejected().size());
    parsed.rejected().forEach(r -> assertEquals(Refusal.EVENT_TOO_LARGE, r.reason()));
    var number = "{\"properties\":{\"a\":" + "9".repeat(1_001) + "}}";
    var rejection = NativeEvents.parse(bytes(number), null).rejected().get(0);
    assertEquals(Refusal.INVALID_PROPERTIES, rejection.reason());
    assertTrue(rejection.detail().contains("1001"), rejection.detail());
  }

  @Test
  void parse_tenMegabytes_areReadInTime() throws Exception {
    long start = System.nanoTime();
    String filler = "{\"a\":" + "[".repeat(500) + "]".repeat(500) + "},";
    byte[] unknown = bytes("{\"x\":[" + filler.repeat(10_000) + "1]}");
    assertEquals(
        Refusal.EVENT_TOO_LARGE, NativeEvents.parse(unknown, null).rejected().get(0).reason());
    byte[] blank = new byte[Limits.BODY_BYTES];
    Arrays.fill(blank, (byte) '\n');
    assertThrows(UnreadableBody.class, () -> NativeEvents.parse(blank, NDJSON));
    // Each line opens what the next ones go on with: a parser that read on would read it all again.
    String open = "{\"k\":[" + "{},".repeat(1_300) + "\n";
    var lines = NativeEvents.parse(bytes(open.repeat(2_500)), NDJSON);
    assertEquals(2_500, lines.rejected().size());
    var names = new StringBuilder("{\"properties\":{");
    for (int i = 0; names.length() < 9_000_000; i++) {
      names.append("\"k").append(i * 31L).append("\":1,");
    }
    NativeEvents.parse(bytes(names + "\"z\":1}}"), null);
    assertTrue(System.nanoTime() - start < 20_000_000_000L, "linear in the body");
  }

  @Test
  void parse_mutatedBodies_areRefusedOrWellFormed() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var samples = new ArrayList<byte[]>();
    samples.add(bytes(EVENT));
    samples.add(bytes("[" + EVENT + ",\n" + EVENT + "]"));
    samples.add(SegmentRequests.JAVA);
    samples.add(SegmentRequests.NODE);
    byte[] pieces = bytes("{}[],:\"\\0e-. \n\u0000é😀ntf");
    try {
      for (int round = 0; round < 8_000; round++) {
        byte[] body = samples.get(round % samples.size()).clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
          byte with =
              random.nextInt(4) == 0
                  ? (byte) random.nextInt(256)
                  : pieces[random.nextInt(pieces.length)];
          int at = random.nextInt(body.length);
          int length = random.nextInt(8) == 0 ? random.nextInt(body.length - at) : 1;
          Arrays.fill(body, at, at + length, with);
        }
        checkAgainstTwin(body);
        if (!Json.isBlank(body, 0, body.length)) {
          takeAll(NativeEvents.parse(body, NDJSON));
        }
        for (Call call : Call.values()) {
          try {
            takeAll(SegmentEvents.parse(call, body).body());
          } catch (UnreadableBody e) {
            assertEquals(400, e.status());
          }
        }
      }
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** The twin is Jackson's tree of the whole body. */
  private static void checkAgainstTwin(byte[] body) throws Exception {
    ParsedBody<EventDraft> parsed;
    try {
      parsed = NativeEvents.parse(body, null);
    } catch (UnreadableBody e) {
      assertEquals(400, e.status());
      return;
    }
    takeAll(parsed);
    var tree = MAPPER.readTree(body);
    for (int i = 0; i < parsed.drafts().size(); i++) {
      var draft = parsed.drafts().get(i);
      var twin = parsed.single() ? tree : tree.get(parsed.indexes()[i]);
      assertEquals(twin.hasNonNull("event") ? twin.get("event").asText() : null, draft.name());
      assertEquals(
          twin.hasNonNull("properties") ? twin.get("properties") : MAPPER.createObjectNode(),
          MAPPER.readTree(draft.properties().toJson()));
    }
  }

  /** Reads all of what was accepted, as the views will. */
  private static void takeAll(ParsedBody<EventDraft> parsed) throws Exception {
    assertEquals(parsed.drafts().size(), parsed.indexes().length);
    for (EventDraft draft : parsed.drafts()) {
      String json = draft.properties().toJson();
      assertEquals(draft.properties().length(), bytes(json).length);
      assertTrue(draft.properties().length() <= Limits.EVENT_BYTES);
      assertTrue(MAPPER.readTree(json).isObject());
      assertTrue(draft.properties().scalarCount() >= 0);
    }
  }

  private static void assertUnreadable(byte[] body) {
    var refused = assertThrows(UnreadableBody.class, () -> NativeEvents.parse(body, null));
    assertEquals(Refusal.INVALID_JSON, refused.reason());
    assertEquals(400, refused.status());
    assertTrue(refused.detail().length() < 400, refused.detail());
    assertTrue(refused.detail().chars().noneMatch(c -> c < ' '), refused.detail());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
