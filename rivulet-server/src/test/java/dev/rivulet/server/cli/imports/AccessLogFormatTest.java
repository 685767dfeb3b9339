package dev.rivulet.server.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessLogFormatTest {
  private static final String TIME = "[10/Oct/2000:13:55:36 -0700]";
  private static final Pattern NAIVE =
      Pattern.compile(
          "^(\\S+) .*?\\[([^\\]]{26})\\] \"([A-Z]+) (\\S+) HTTP/[0-9.]+\" (\\d{3}) (\\d+|-)"
              + " \"((?:[^\"\\\\]|\\\\.)*)\" \"((?:[^\"\\\\]|\\\\.)*)\"$");

  private final AccessLogFormat combined = new AccessLogFormat("request", true, false);
  private final AccessLogFormat common = new AccessLogFormat("request", false, false);

  @Test
  void write_combinedLine_givesAllProperties() {
    var event =
        Parsed.one(
                combined,
                "127.0.0.1 - frank "
                    + TIME
                    + " \"GET /apache_pb.gif?x=1 HTTP/1.0\" 200 2326"
                    + " \"http://www.example.com/start.html\" \"Mozilla/4.08 [en]\"")
            .event();
    assertEquals("request", event.path("event").asText());
    assertEquals("127.0.0.1", event.path("user").asText());
    assertEquals(Instant.parse("2000-10-10T20:55:36Z").toEpochMilli(), event.path("time").asLong());
    var properties = event.path("properties");
    assertEquals("/apache_pb.gif", properties.path("path").asText());
    assertEquals("GET", properties.path("method").asText());
    assertEquals(200, properties.path("status").intValue());
    assertEquals(2326, properties.path("bytes").intValue());
    assertEquals("http://www.example.com/start.html", properties.path("referrer").asText());
    assertEquals("Mozilla/4.08 [en]", properties.path("userAgent").asText());
    assertTrue(event.path("id").asText().matches("[0-9a-f]{16}-1"), event.path("id").asText());
  }

  @Test
  void write_dashes_areAbsent() {
    var properties = properties("::1 - - " + TIME + " \"GET / HTTP/1.1\" 304 - \"-\" \"-\"");
    assertEquals("[\"path\",\"method\",\"status\"]", names(properties));
  }

  @Test
  void write_cutOffInTheAgent_keepsWhatThereIs() {
    var line = "::1 - - " + TIME + " \"GET / HTTP/1.1\" 200 1 \"-\" \"";
    var agent = "Mozilla/5.0 (comp";
    assertEquals(agent, properties(line + agent).path("userAgent").asText());
    assertEquals("a \"b\\", properties(line + "a \\\"b\\").path("userAgent").asText());
    assertEquals("[\"path\",\"method\",\"status\",\"bytes\"]", names(properties(line)));
    var cut = line.substring(0, line.length() - 2);
    assertTrue(Parsed.one(combined, cut).reason().contains("cut off"));
  }

  @Test
  void write_commonLine_hasNoReferrer() {
    var line = "h - - " + TIME + " \"HEAD /x HTTP/1.1\" 200 5";
    assertEquals("", Parsed.one(common, line).reason());
    assertTrue(Parsed.one(combined, line).reason().contains("cut off"));
  }

  @Test
  void write_escapes_areUndone() {
    var properties =
        properties(
            "h - - "
                + TIME
                + " \"GET /a\\\"b HTTP/1.1\" 200 5 \"\\xc3\\xa9\\t\" \"say \\\"hi\\\" \\\\ \\q\"");
    assertEquals("/a\"b", properties.path("path").asText());
    assertEquals("é\t", properties.path("referrer").asText());
    assertEquals("say \"hi\" \\ \\q", properties.path("userAgent").asText());
  }

  @Test
  void write_percentEncodings_stay() {
    var properties =
        properties("h - - " + TIME + " \"GET /caf%C3%A9%20?q=%3F HTTP/1.1\" 200 5 \"-\" \"-\"");
    assertEquals("/caf%C3%A9%20", properties.path("path").asText());
  }

  @Test
  void write_userWithBlanksAndBrackets_isPassedOver() {
    assertEquals(
        "/x",
        properties("h - a [b] \"c\" " + TIME + " \"GET /x HTTP/2.0\" 200 1 \"-\" \"-\"")
            .path("path")
            .asText());
  }

  @Test
  void write_targetWithBlanksOrWithoutProtocol_isTakenWhole() {
    assertEquals("/a b", path("GET /a b HTTP/1.1"));
    assertEquals("/a", path("GET /a"));
    assertEquals("*", path("OPTIONS * HTTP/1.1"));
    assertEquals("host:443", path("CONNECT host:443 HTTP/1.1"));
  }

  @Test
  void write_invalidUtf8_isReplaced() {
    var text = "h - - " + TIME + " \"GET /a HTTP/1.1\" 200 1 \"-\" \"a\u00ffb\"";
    var line = text.getBytes(StandardCharsets.ISO_8859_1);
    var event = Parsed.all(combined, line, false).get(0).event();
    assertEquals("a\ufffdb", event.path("properties").path("userAgent").asText());
  }

  @Test
  void write_personWithAgent_tellsAgentsApart() {
    var withAgent = new AccessLogFormat("request", true, true);
    var line = "h - - " + TIME + " \"GET /a HTTP/1.1\" 200 1 \"-\" \"%s\"";
    var one = Parsed.one(withAgent, line.formatted("A")).event().path("user").asText();
    var other = Parsed.one(withAgent, line.formatted("B")).event().path("user").asText();
    assertTrue(one.startsWith("h+"), one);
    assertNotEquals(one, other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "\"",
        "[",
        "h",
        "h - - [10/Oct/2000:13:55:36 -0700",
        "h - - [10/Oct/2000:13:55:36 -0700]",
        "h - - [10/Oct/2000:13:55:36 -0700] \"",
        "h - - [30/Feb/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "h - - [10/Oct/2000:24:55:36 -0700] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 20 1 \"-\" \"-\"",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 ",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 x1 \"-\" \"-\"",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 1",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 1 \"-",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 1 \"cut",
        "h - - [10/Oct/2000:13:55:36 -0700] \"-\" 408 0 \"-\" \"-\"",
        "h - - [10/Oct/2000:13:55:36 -0700] \"\" 400 0 \"-\" \"-\"",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET\" 400 0 \"-\" \"-\"",
        "h - - [10/Oct/2000:13:55:36 -0700] \"GET ?a HTTP/1.1\" 400 0 \"-\" \"-\"",
        "h - - [10/Oct/2000:13:55:36 -0700] \"\\x16\\x03\\x01\" 400 0 \"-\" \"-\"",
      })
  void write_brokenLine_givesAReason(String line) {
    var parsed = Parsed.all(combined, (line + "\n").getBytes(StandardCharsets.UTF_8), false).get(0);
    assertFalse(parsed.reason().isEmpty());
  }

  /** Every cut and every changed byte of a line: an event or a reason, never an exception. */
  @Test
  void write_anyDamage_isSurvived() {
    var line =
        "2001:db8::1 - jo [10/Oct/2000:13:55:36 -0700] \"GET /a\\\"?b HTTP/1.1\" 200 12 \"r\" \"u\"";
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    for (var length = 0; length < bytes.length; length++) {
      var cut = Parsed.one(combined, line.substring(0, length) + "\n");
      // From the agent's opening quotation mark on, all that is counted is there.
      assertEquals(length < bytes.length - 2, !cut.reason().isEmpty(), line.substring(0, length));
      for (var value : new byte[] {0, '"', '\\', ' ', '[', ']', '-', '9', (byte) 0xC3, 0x7F}) {
        var damaged = bytes.clone();
        damaged[length] = value;
        assertEquals(1, Parsed.all(combined, damaged, false).size());
      }
    }
  }

  /** The naive twin: a regular expression over strings must see the same in a generated log. */
  @Test
  void write_generatedLog_agreesWithTheNaiveTwin() {
    var seed = System.nanoTime();
    var log = new AccessLogGenerator(seed).lines(20_000);
    var lines = new String(log, StandardCharsets.UTF_8).split("\n", -1);
    var parsed = Parsed.all(combined, log, false);
    assertEquals(lines.length - 1, parsed.size());
    var times = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT);
    for (var i = 0; i < parsed.size(); i++) {
      var match = NAIVE.matcher(lines[i]);
      var event = parsed.get(i).event();
      var said = "seed " + seed + ", line " + (i + 1) + ": " + lines[i];
      if (!match.matches() || lines[i].contains("[31/Feb")) {
        assertFalse(parsed.get(i).reason().isEmpty(), said);
        continue;
      }
      assertEquals("", parsed.get(i).reason(), said);
      var properties = event.path("properties");
      assertEquals(match.group(1), event.path("user").asText(), said);
      var time = OffsetDateTime.parse(match.group(2), times).toInstant().toEpochMilli();
      assertEquals(time, event.path("time").asLong(), said);
      assertEquals(match.group(3), properties.path("method").asText(), said);
      assertEquals(match.group(4).split("\\?", 2)[0], properties.path("path").asText(), said);
      assertEquals(match.group(5), properties.path("status").asText(), said);
      assertEquals(absent(match.group(6)), properties.path("bytes").asText(), said);
      assertEquals(absent(match.group(7)), properties.path("referrer").asText(), said);
      var agent = absent(match.group(8)).replaceAll("\\\\(.)", "$1");
      assertEquals(agent, properties.path("userAgent").asText(), said);
    }
  }

  private static String absent(String text) {
    return text.equals("-") ? "" : text;
  }

  private String path(String request) {
    return properties("h - - " + TIME + " \"" + request + "\" 200 5 \"-\" \"-\"")
        .path("path")
        .asText();
  }

  private JsonNode properties(String line) {
    var parsed = Parsed.one(combined, line);
    assertEquals("", parsed.reason());
    return parsed.event().path("properties");
  }

  private static String names(JsonNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(name -> names.add("\"" + name + "\""));
    return "[" + String.join(",", names) + "]";
  }
}
