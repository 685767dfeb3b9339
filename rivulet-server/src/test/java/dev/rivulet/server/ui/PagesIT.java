package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Drives the pages of a real server in a real browser. */
class PagesIT extends PageTest {
  /**
   * What keeps a page from those who do not see it or do not point: nameless controls, names that
   * leave out what is seen, one id twice, no heading or two, lists of terms with something else.
   */
  private static final String FLAWS =
      """
      const flaws = [];
      const flaw = (what, node) => flaws.push(`${what}: ${node.outerHTML.slice(0, 160)}`);
      const letters = (text) => (text ?? "").toLowerCase().replace(/[^\\p{L}\\p{N}]+/gu, "");
      const roots = [document];
      for (const root of roots) {
        for (const node of root.querySelectorAll("*")) if (node.shadowRoot) roots.push(node.shadowRoot);
      }
      const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]).filter((node) => node.checkVisibility());
      for (const node of all("button, a[href], input, select, textarea, [tabindex='0'], [role=img], dialog, [role=dialog]")) {
        const given = node.getAttribute("aria-label");
        const labels = [...(node.labels ?? [])].map((label) => label.textContent).join(" ");
        const name = given ?? (node.hasAttribute("aria-labelledby") ? "named" : labels || node.textContent || node.title);
        if (letters(name) === "") flaw("no name", node);
        if (given !== null && node.matches("button, a") && !letters(given).includes(letters(node.innerText))) flaw("another name than it shows", node);
      }
      for (const root of roots) {
        const ids = [...root.querySelectorAll("[id]")].map(({ id }) => id);
        ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => flaws.push(`id ${id} twice`));
      }
      if (all("h1").length !== 1) flaws.push(`${all("h1").length} headings of the page`);
      for (const node of all("dl > :not(dt, dd, div), dl > div > :not(dt, dd)")) flaw("no term", node);
      return flaws;
      """;

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
  void everyPage_whatOneActsOn_hasANameThatIsSeen() {
    var pages =
        Map.of(
            "/", "#newest >> li",
            "/events?event=purchase&by=plan", "#table >> tbody tr",
            "/people", "rv-people-page >> rv-source",
            "/people/u1", "rv-person-page >> rv-source",
            "/funnels", "rv-funnels-page >> h1",
            "/retention", "rv-heat-map",
            "/metrics/explore", "rv-first-event",
            "/performance", "rv-first-event",
            "/boards", "#template-web",
            "/status", "rv-keys >> #admin-key");
    pages.forEach(
        (path, loaded) -> {
          chrome.open(server.signedIn(path));
          chrome.until(loaded, text -> true);
          assertEquals(List.of(), chrome.run(FLAWS), path);
        });
    chrome.assertNoComplaints();
  }

  @Test
  void chart_keysAndTable_tellWhatItShows() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/events?event=purchase&last=24h&step=1h"));
    chrome.until("rv-chart >> canvas", text -> true);
    chrome.element("rv-chart >> .frame").sendKeys(Keys.END);
    var told = chrome.until("rv-chart >> [role=status]", text -> text.contains("events"));
    var before = chrome.text("#total >> rv-number");
    server.track(purchases(7));
    var total = server.ask("/api/v1/events/count?event=purchase&last=24h&step=1h").get("total");
    chrome.until(
        "#total >> rv-number", text -> !text.equals(before) && text.equals(total.asText()));
    assertEquals(told, chrome.text("rv-chart >> [role=status]"), "told once, not at each change");

    chrome.element("rv-chart >> .turn").sendKeys(Keys.ENTER);
    chrome.until("rv-chart >> .listed tbody", text -> text.contains("no data"));
    var sum =
        chrome.texts("rv-chart >> .listed tbody td").stream()
            .filter(text -> !text.equals("no data"))
            .mapToLong(Long::parseLong)
            .sum();
    assertEquals(total.asLong(), sum);
    chrome.assertNoComplaints();
  }

  @Test
  void paper_isLight_whateverTheScreenIs() {
    chrome.open(server.address("/"));
    var theme = "return document.documentElement.dataset.theme ?? 'none'";
    for (var screen : List.of("none", "dark")) {
      if (!screen.equals("none")) chrome.run("document.documentElement.dataset.theme = 'dark'");
      chrome.run("dispatchEvent(new Event('beforeprint'))");
      assertEquals("light", chrome.run(theme));
      chrome.run("dispatchEvent(new Event('afterprint'))");
      assertEquals(screen, chrome.run(theme));
    }
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
