package dev.rivulet.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What the commands print, without a server. */
final class TerminalTextTest {
  private final Answers answers = new Answers(ZoneId.of("UTC"));

  @Test
  void sparkline_zeroNoDataAndLittle_lookDifferent() {
    assertEquals("▁ ▂█▅", Sparkline.of(Arrays.asList(0.0, null, 0.1, 100.0, 55.0), 10));
    assertEquals("", Sparkline.of(List.of(), 10));
    assertEquals("▁▁", Sparkline.of(List.of(0.0, 0.0), 10));
  }

  @Test
  void sparkline_manyValues_keepTheirPeak() {
    var values = new ArrayList<>(DoubleStream.generate(() -> 1).limit(1_000).boxed().toList());
    values.set(500, 9.0);
    var line = Sparkline.of(new ArrayList<>(values), 50);
    assertEquals(50, line.length());
    assertEquals(1, line.chars().filter(c -> c == '█').count());
  }

  @Test
  void count_withGroups_isATableWithShares() throws IOException {
    var lines =
        answers.count(
            ApiClient.JSON.readTree(
                """
                {"event":"signup","from":"2026-11-22T10:00:00Z","to":"2026-11-22T12:00:00Z",
                 "step":"1h","total":1234,"exact":true,
                 "series":[{"time":"2026-11-22T10:00:00Z","count":1200},
                           {"time":"2026-11-22T11:00:00Z","count":34,"partial":true}],
                 "groups":[{"value":"pro","total":617,"series":[]},{"value":null,"total":617}]}
                """));
    assertTrue(lines.get(0).startsWith("signup: 1,234 from 2026-11-22 10:00"), lines.get(0));
    assertTrue(lines.contains("2026-11-22 11:00     34  so far"), lines.toString());
    assertTrue(lines.stream().anyMatch(l -> l.startsWith("(absent)") && l.contains("50.0 %")));
  }

  @Test
  void top_escapesFromOutside_areNotPrinted() throws IOException {
    var lines =
        answers.top(
            ApiClient.JSON.readTree(
                "{\"values\":[{\"value\":\"\\u001b[2Jx\",\"count\":3}],\"other\":1,\"error\":0.0081}"));
    assertFalse(String.join("\n", lines).contains("\u001b"));
    assertEquals("within 0.81 %", lines.get(lines.size() - 1));
  }

  @Test
  void eventStream_messages_carryDataAndIds() throws IOException {
    var stream = new EventStream();
    var messages = new ArrayList<String>();
    var text =
        ": hello\n\nid: 7\nevent: recent\ndata: {\"a\":\ndata:1}\n\nid: 8\ndata: x\n\ndata: cut";
    stream.read(new BufferedReader(new StringReader(text)), messages::add, () -> {});
    assertEquals(List.of("{\"a\":\n1}", "x"), messages);
    assertEquals("8", stream.lastId());
  }

  @Test
  void seenEvents_overlap_isShownOnceOldestFirst() throws IOException {
    var seen = new SeenEvents();
    var first = seen.take(ApiClient.JSON.readTree("[{\"id\":\"b\"},{\"id\":\"a\"}]"));
    assertEquals(
        List.of("a", "b"), first.events().stream().map(e -> e.path("id").asText()).toList());
    assertFalse(first.missed());
    var overlapping = seen.take(ApiClient.JSON.readTree("[{\"id\":\"c\"},{\"id\":\"b\"}]"));
    assertEquals(1, overlapping.events().size());
    assertFalse(overlapping.missed());
    assertTrue(
        seen.take(
                ApiClient.JSON.readTree("[{\"position\":\"1/9-1/0\"},{\"position\":\"1/9-0/0\"}]"))
            .missed());
  }

  @Test
  void keyExplanation_everyPart_isInWords() {
    var lines = explained("rv:{2}:counts:default:sign%3Aup:2026-11-22");
    assertTrue(lines.contains("partition 2"), lines);
    assertTrue(lines.contains("event \"sign:up\""), lines);
    assertTrue(lines.contains("the day 2026-11-22"), lines);
    assertTrue(lines.contains("by quarter-hour"), lines);
    assertTrue(
        explained("rv:{2}:counts~3:p:*:2026-11-22:minutes").contains("by minute; generation 3"));
    assertTrue(explained("rv:{2}:counts:p:*:2026-11-22").contains("all events together"));
    assertTrue(explained("rv:{2}:uniques:p:any:2026-11-22").contains("who did anything"));
    assertTrue(explained("rv:{2}:breakdowns:p:e:properties").contains("properties of the event"));
    assertTrue(explained("rv:{0}:offset").contains("fences"));
    assertTrue(explained("rv:{0}:mine:x").contains("a view of yours"));
  }

  @Test
  void keyExplanation_otherKeys_sayWhatOneLooksLike() {
    for (var key : List.of("", "x", "rv:2:counts", "rv:{}:counts", "rv:{1}", "rv:{1}:", "user:1")) {
      var failure = assertThrows(CommandFailure.class, () -> KeyExplanation.of(key), key);
      assertTrue(failure.getMessage().contains("rv:{2}:counts"), failure.getMessage());
    }
    assertEquals("%zz%4", KeyExplanation.decoded("%zz%4"));
  }

  private static String explained(String key) {
    return String.join("\n", KeyExplanation.of(key));
  }

  @Test
  void duration_asTheInterfaceWritesThem() {
    assertEquals(Duration.ofSeconds(90), RivuletCommand.duration("90s"));
    assertEquals(Duration.ofDays(7), RivuletCommand.duration("7d"));
    assertThrows(RuntimeException.class, () -> RivuletCommand.duration("soon"));
  }
}
