package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Drives the pages of a real server in a real browser. */
class PagesIT extends PageTest {
  @Override
  void fill() throws IOException, InterruptedException {
    server.track(purchases(40));
  }

  @Test
  void signIn_otherKeys_areRefusedWithTheReason() {
    chrome.open(server.address("/"));
    chrome.type("#key", "no-such-key", Keys.ENTER);
    chrome.until(".message", text -> text.contains("does not know this key"));
    chrome.type("#key", Served.WRITE_KEY, Keys.ENTER);
    chrome.until(".message", text -> text.contains("This is a write key"));
    chrome.type("#key", Served.READ_KEY, Keys.ENTER);
    chrome.until("rv-freshness", text -> text.contains("live"));
    chrome.click("[aria-label='Sign out']");
    chrome.until("h1", text -> text.contains("Enter a key"));
    assertEquals(0L, chrome.run("return sessionStorage.length + localStorage.length"));
  }

  @Test
  void signIn_keyInFragment_leavesTheAddress() {
    chrome.open(server.signedIn("/events?event=purchase"));
    chrome.until("#total", text -> text.contains("events"));
    assertEquals(server.address("/events?event=purchase"), chrome.address());
    chrome.reload();
    chrome.until("#total", text -> text.contains("events"));
    chrome.assertNoComplaints();
  }

  @Test
  void live_eventsArrive_numbersMoveByThemselves() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/"));
    chrome.until("rv-freshness", text -> text.contains("live"));
    for (int round = 0; round < 3; round++) {
      server.track(purchases(7));
      var today = server.ask("/api/v1/overview").at("/today/count").asLong();
      chrome.until("#today-count >> rv-number", text -> text.equals(String.valueOf(today)));
    }
    chrome.until("#newest", text -> text.contains("purchase"));
    chrome.until("#top-events", text -> text.contains("purchase"));
    chrome.assertNoComplaints();
  }

  @Test
  void noEventYet_narrowScreen_nothingScrollsSideways(@TempDir Path fresh)
      throws IOException, InterruptedException {
    try (var empty = new Served(fresh)) {
      assertFitsPhone(empty, "rv-first-event >> pre", "/", "/people", "/metrics/explore");
    }
  }

  @Test
  void live_noEventYet_teachesThenTurnsLive(@TempDir Path fresh)
      throws IOException, InterruptedException {
    try (var empty = new Served(fresh)) {
      chrome.open(empty.signedIn("/"));
      chrome.until("rv-first-event >> pre", text -> text.contains(empty.address("/api/v1/events")));
      empty.track("{\"event\": \"signup\", \"user\": \"u1\", \"properties\": {\"plan\": \"pro\"}}");
      chrome.until("#today-count >> rv-number", text -> text.equals("1"));
      chrome.until("#newest", text -> text.contains("signup"));
      chrome.untilGone("rv-first-event");
      chrome.assertNoComplaints();
    }
  }

  @Test
  void live_serverKilled_saysSoAndComesBack(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var mortal = new Served(folder)) {
      mortal.track(purchases(3));
      chrome.open(mortal.signedIn("/"));
      chrome.until("#today-count >> rv-number", text -> text.equals("3"));
      mortal.kill();
      chrome.until("rv-freshness", text -> text.contains("reconnecting"));
      chrome.until(".stale-note", text -> text.contains("stand still"));
      mortal.startAgain();
      chrome.until("rv-freshness", text -> text.contains("live"));
      mortal.track(purchases(2));
      chrome.until("#today-count >> rv-number", text -> text.equals("5"));
    }
  }

  @Test
  void events_breakdown_tableEqualsTheApi() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/events?event=purchase&last=24h&step=1h"));
    chrome.pick("#by", "plan");
    chrome.until("#table", text -> text.contains("pro"));
    assertTrue(chrome.address().contains("by=plan"), chrome.address());

    var rows = chrome.texts("#table >> tbody tr").stream().map(PageTest::squeezed).toList();
    var answer = server.ask("/api/v1/events/count?event=purchase&last=24h&step=1h&by=plan");
    var total = answer.get("total").asLong();
    var expected = new ArrayList<String>();
    for (var group : answer.get("groups")) {
      var name = group.get("group").isNull() ? "(none)" : group.get("group").asText();
      expected.add(name + " " + group.get("total").asLong());
    }
    assertEquals(expected.size(), rows.size(), rows.toString());
    for (var row : expected) {
      assertTrue(rows.stream().anyMatch(shown -> shown.startsWith(row)), row + " in " + rows);
    }
    chrome.until("#total >> rv-number", text -> text.equals(String.valueOf(total)));
    chrome.assertNoComplaints();
  }

  @Test
  void events_state_livesInTheAddress() {
    chrome.open(server.signedIn("/"));
    chrome.click("nav a[href='/events']");
    chrome.until("#total", text -> text.contains("events"));
    chrome.pick("#by", "plan");
    chrome.until("#table", text -> text.contains("pro"));
    chrome.click("#bars");
    chrome.click("#table >> thead th:first-child button");
    var address = chrome.address();
    for (var part : List.of("event=", "by=plan", "as=bars", "sort=value")) {
      assertTrue(address.contains(part), part + " in " + address);
    }
    var shown = chrome.until("#table >> tbody", text -> text.contains("pro"));
    chrome.reload();
    assertEquals(
        squeezed(shown), squeezed(chrome.until("#table >> tbody", text -> text.contains("pro"))));
    assertEquals("true", chrome.element("#bars").getDomAttribute("aria-pressed"));
    chrome.back();
    chrome.until("#table >> thead", text -> !text.contains("plan"));
    assertFalse(chrome.address().contains("by=plan"), chrome.address());
    chrome.assertNoComplaints();
  }

  @Test
  void hostileNames_showAsText() throws IOException, InterruptedException {
    var name = "<script>window.hacked = 1</script>";
    server.track(
        """
        [{"event": "<script>window.hacked = 1</script>", "user": "<img src=x onerror='window.hacked = 2'>",
          "properties": {"<b>bold</b>": "<svg onload='window.hacked = 3'>", "path": "javascript:alert(1)"}},
         {"event": "\\u202Eevil\\u0000", "user": "مستخدم"}]
        """);
    chrome.open(server.signedIn("/"));
    chrome.until("#newest", text -> text.contains(name) && text.contains("<img src=x"));
    chrome.until("#top-events", text -> text.contains(name));
    chrome.click("nav a[href='/events']");
    chrome.pick("#event", "hacked");
    chrome.until("#event", text -> text.contains(name));
    chrome.pick("#by", "bold");
    chrome.until("#table", text -> text.contains("<svg onload"));
    assertNull(chrome.run("return window.hacked"));
    chrome.assertNoComplaints();
  }

  @Test
  void narrowScreen_nothingScrollsSideways() {
    assertFitsPhone("rv-tile", "/", "/events?event=purchase&by=plan");
  }

  @Test
  void time_wallClocks_meetDaylightSaving() {
    var script =
        """
        const [text, zone] = arguments, done = arguments[2];
        import("/ui/lib/time.js").then(({ instantOf }) => done(new Date(instantOf(text, zone)).toISOString()));
        """;
    chrome.open(server.address("/"));
    assertEquals(
        "2026-11-22T04:15:00.000Z", chrome.await(script, "2026-11-22T10:00", "Asia/Kathmandu"));
    assertEquals(
        "2026-10-25T00:30:00.000Z", chrome.await(script, "2026-10-25T02:30", "Europe/Berlin"));
    assertEquals(
        "2026-10-25T03:30:00.000Z", chrome.await(script, "2026-10-25T04:30", "Europe/Berlin"));
    assertEquals(
        "2026-03-29T01:30:00.000Z", chrome.await(script, "2026-03-29T02:30", "Europe/Berlin"));
  }

  /** Purchases of three plans in turn, some without a plan. */
  private static String purchases(int count) {
    var plans = List.of("\"free\"", "\"pro\"", "\"team\"");
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                i % 7 == 6
                    ? "{\"event\": \"purchase\", \"user\": \"u" + i + "\"}"
                    : "{\"event\": \"purchase\", \"user\": \"u%d\", \"properties\": {\"plan\": %s, \"path\": \"/p/%d\"}}"
                        .formatted(i, plans.get(i % 3), i % 5))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
