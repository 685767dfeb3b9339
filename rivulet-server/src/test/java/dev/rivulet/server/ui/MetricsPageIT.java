package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Drives the pages of metrics against a real server in a real browser. */
class MetricsPageIT extends PageTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final List<String> CATEGORIES = List.of("Tents", "Boots", "Lights");

  @Override
  void fill() throws IOException, InterruptedException {
    var samples = new ArrayList<String>();
    for (int i = 0; i < 120; i++) {
      var at = NOW.minus(1 + i % 50, ChronoUnit.MINUTES);
      samples.add(
          sample("pages.time_ms", "histogram", 10 + i, "route", "/r" + i % 3, "web-" + i % 2, at));
      samples.add(
          sample("sales", "counter", i + 0.5, "category", CATEGORIES.get(i % 3), "web-1", at));
    }
    samples.add(sample("queue", "gauge", 5, "of", "mail", "worker-1", NOW));
    samples.add(sample("queue", "gauge", 7, "of", "mail", "worker-2", NOW));
    server.measure("[" + String.join(",", samples) + "]");
  }

  @Test
  void list_searched_leadsToTheMetric() {
    chrome.open(server.signedIn("/metrics/explore"));
    chrome.until(
        "#metrics",
        text -> text.contains("pages.time_ms") && text.contains("sales") && text.contains("queue"));
    var sum = 120 * 119 / 2 + 60;
    chrome.until(
        "#metrics", text -> squeezed(text).contains(String.format(Locale.ROOT, "%,d sum", sum)));
    chrome.type("#search", "SAL");
    chrome.until("#metrics", text -> text.contains("sales") && !text.contains("queue"));
    chrome.type("#search", "no such metric");
    chrome.until(".silent", text -> text.contains("no such metric"));
    chrome.type("#search", "sales", Keys.ENTER);
    chrome.until("h1", text -> text.equals("sales"));
    assertTrue(chrome.address().contains("/metrics/explore/sales"), chrome.address());
    chrome.assertNoComplaints();
  }

  @Test
  void table_hoursWithoutASample_areCountedAndNotListed() {
    chrome.open(server.signedIn("/metrics/explore/sales?last=24h&step=1h"));
    chrome.until(
        "rv-metric-page", text -> squeezed(text).contains("more without a sample are not listed"));
    var cells = chrome.texts("#table >> tbody td");
    assertFalse(cells.isEmpty());
    assertFalse(cells.contains("–"), cells.toString());
    chrome.assertNoComplaints();
  }

  @Test
  void counter_sumAndGroups_equalTheApi() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/metrics/explore/sales?by=category"));
    chrome.until("#table >> tbody", text -> CATEGORIES.stream().allMatch(text::contains));
    var answer = server.ask("/api/v1/metrics/sales?stat=sum&by=category&last=24h&step=15m");
    chrome.until(
        "#figure-sum >> rv-number", text -> text.equals(written(answer.get("value").asDouble())));
    for (var group : answer.get("groups")) {
      chrome.until(
          "#table >> tbody",
          text ->
              squeezed(text)
                  .contains(
                      group.get("group").asText()
                          + " "
                          + written(group.get("value").asDouble())
                          + " 40"));
    }
    chrome.assertNoComplaints();
  }

  @Test
  void histogram_bandsAndStat_stateLivesInTheAddress() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/metrics/explore/pages.time_ms"));
    chrome.until("rv-percentile-bands >> canvas", text -> true);
    var p50 = server.ask("/api/v1/metrics/pages.time_ms?stat=p50&last=24h&step=15m").get("value");
    chrome.until(
        "#figure-p50 >> rv-number", text -> text.equals(Math.round(p50.asDouble()) + " ms"));
    chrome.until("#figure-count >> rv-number", text -> text.equals("120"));
    chrome.until("#source", text -> text.contains("± 1 %"));
    chrome.choose("#stat", "p95");
    chrome.choose("#by", "route");
    chrome.until("#table >> thead", text -> text.contains("p95"));
    chrome.until("#table >> tbody", text -> text.contains("/r2"));
    var address = chrome.address();
    assertTrue(address.contains("stat=p95") && address.contains("by=route"), address);
    chrome.reload();
    chrome.until("#table >> tbody", text -> text.contains("/r2"));
    chrome.assertNoComplaints();
  }

  @Test
  void condition_onATag_narrowsEveryNumber() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/metrics/explore/pages.time_ms"));
    chrome.choose("#where", "route");
    chrome.until("#value >> .options", text -> text.contains("/r1"));
    chrome.type("#value >> [role=combobox]", "/r1", Keys.ENTER);
    chrome.until(".chip", text -> squeezed(text).startsWith("route is /r1"));
    chrome.until("#figure-count >> rv-number", text -> text.equals("40"));
    assertTrue(chrome.address().contains("tag.route=%2Fr1"), chrome.address());
    chrome.click(".chip >> button");
    chrome.until("#figure-count >> rv-number", text -> text.equals("120"));
    assertFalse(chrome.address().contains("tag."), chrome.address());
    chrome.assertNoComplaints();
  }

  @Test
  void gauge_sampleArrives_valueMovesByItselfAndNamesItsNodes()
      throws IOException, InterruptedException {
    chrome.open(server.signedIn("/metrics/explore/queue"));
    chrome.until("#table >> tbody", text -> text.contains("worker-1") && text.contains("worker-2"));
    for (int depth = 20; depth < 23; depth++) {
      server.measure(
          "["
              + sample("queue", "gauge", depth, "of", "mail", "worker-1", Instant.now())
              + ","
              + sample("queue", "gauge", 100, "of", "mail", "worker-2", Instant.now())
              + "]");
      var sum = String.valueOf(depth + 100);
      chrome.until("#current >> rv-number", text -> text.equals(sum));
      chrome.until("#current", text -> text.contains("the sum of 2 nodes"));
      var mine = "worker-1 " + depth;
      chrome.until("#nodes", text -> squeezed(text).contains(mine));
    }
    chrome.assertNoComplaints();
  }

  @Test
  void foreignNames_areShownAsText() throws IOException, InterruptedException {
    var name = "<img src=x onerror=window.hacked=1>, 100 %";
    server.measure(sample(name, "gauge", 1, "tag", "<b>bold</b>", "<i>node</i>", Instant.now()));
    chrome.open(server.signedIn("/metrics/explore"));
    chrome.until("#metrics", text -> text.contains(name));
    chrome.click("#metrics >> a[href*='img']");
    chrome.until("h1", text -> text.equals(name));
    chrome.until("#table >> tbody", text -> text.contains("<i>node</i>"));
    assertNull(chrome.run("return window.hacked"));
    chrome.until("rv-freshness", text -> text.contains("live"));
    chrome.assertNoComplaints();
  }

  @Test
  void unknownMetric_teachesThenTurnsLive() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/metrics/explore/not.sent.yet"));
    chrome.until("rv-first-event", text -> text.contains("No sample of not.sent.yet yet"));
    server.measure(sample("not.sent.yet", "counter", 3, "a", "b", "n", Instant.now()));
    chrome.until("#figure-sum >> rv-number", text -> text.equals("3"));
    chrome.assertNoComplaints();
  }

  @Test
  void noSampleYet_teachesThenTurnsLive(@TempDir Path fresh)
      throws IOException, InterruptedException {
    try (var empty = new Served(fresh)) {
      chrome.open(empty.signedIn("/metrics/explore"));
      chrome.until(
          "rv-first-event >> pre", text -> text.contains(empty.address("/api/v1/metrics")));
      empty.measure(sample("first", "gauge", 1, "a", "b", "n", Instant.now()));
      chrome.until("#metrics", text -> text.contains("first"));
      chrome.assertNoComplaints();
    }
  }

  @Test
  void menu_narrowScreen_holdsAllPages() {
    chrome.open(server.signedIn("/metrics/explore"));
    chrome.resize(360, 740);
    chrome.until("rv-menu >> .opener", text -> text.contains("Metrics"));
    chrome.click("rv-menu >> .opener");
    chrome.until("rv-menu >> .panel", text -> text.contains("Live") && text.contains("Status"));
    chrome.press(Keys.ESCAPE);
    chrome.untilGone("rv-menu >> .panel");
    chrome.click("rv-menu >> .opener");
    chrome.click("rv-menu >> .panel a[href='/events']");
    chrome.until("rv-menu >> .opener", text -> text.contains("Events"));
    chrome.resize(1280, 900);
    chrome.until("rv-menu >> .row", text -> text.contains("Live") && text.contains("Status"));
    chrome.assertNoComplaints();
  }

  @Test
  void narrowScreen_nothingScrollsSideways() {
    assertFitsPhone(
        "#metrics, #table",
        "/metrics/explore",
        "/metrics/explore/pages.time_ms?by=route",
        "/metrics/explore/queue");
  }

  /** As the page writes a number of at least 1. */
  private static String written(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%,.2f", value).replaceAll("0$", "");
  }

  private static String sample(
      String metric, String kind, double value, String tag, String is, String node, Instant at) {
    return """
        {"metric": "%s", "kind": "%s", "value": %s, "tags": {"%s": "%s"}, "node": "%s",
         "time": "%s"}"""
        .formatted(metric, kind, value, tag, is, node, at);
  }
}
