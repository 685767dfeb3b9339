package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Drives the page of performance against a real server in a real browser. */
class PerformancePageIT extends PageTest {
  private static final String HOUR = "/api/v1/performance?last=1h";
  private static final int MINUTE = 60_000;

  /** Half an hour of three endpoints on two nodes: quick, slow, and one that fails at times. */
  @Override
  void fill() throws IOException, InterruptedException {
    List<String> samples = new ArrayList<>();
    long now = System.currentTimeMillis();
    for (int i = 0; i < 600; i++) {
      long time = now - (long) (i % 30 + 1) * MINUTE;
      String node = i % 3 == 0 ? "node-b" : "node-a";
      samples.add(sample("/users/{id}", "GET", "200", 10 + i % 20, node, time));
      if (i % 4 == 0) samples.add(sample("/search", "GET", "200", 150 + i, node, time));
      if (i % 6 == 0) {
        String status = i % 24 == 0 ? "503" : "201";
        samples.add(sample("/orders", "POST", status, 40 + i % 100, node, time));
      }
    }
    server.measure("[" + String.join(",", samples) + "]");
  }

  private static String sample(
      String endpoint, String method, String status, double millis, String node, long time) {
    return String.format(
        Locale.ROOT,
        "{\"metric\":\"response_time\",\"value\":%.1f,\"node\":\"%s\",\"time\":%d,"
            + "\"tags\":{\"endpoint\":\"%s\",\"method\":\"%s\",\"status\":\"%s\"}}",
        millis,
        node,
        time,
        endpoint,
        method,
        status);
  }

  private void openLoaded(String path) {
    chrome.open(server.signedIn(path));
    chrome.until("#endpoints", text -> text.contains("/search"));
  }

  @Test
  void figuresAndTable_equalTheApi() throws IOException, InterruptedException {
    openLoaded("/performance");
    JsonNode answer = server.ask(HOUR);
    chrome.until("#errorRate >> rv-number", percent(answer.at("/total/errorRate"))::equals);
    chrome.until("#apdex >> rv-number", score(answer.at("/total/apdex"))::equals);
    var rows = chrome.texts("#endpoints >> tr");
    assertEquals(answer.get("endpoints").size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonNode endpoint = answer.get("endpoints").get(i);
      var row = squeezed(rows.get(i));
      assertTrue(row.contains(endpoint.get("endpoint").asText()), row);
      assertTrue(row.contains(" " + endpoint.get("requests").asText()), row);
      assertTrue(row.contains(percent(endpoint.get("errorRate"))), row);
      assertTrue(row.contains(score(endpoint.get("apdex"))), row);
    }
    chrome.until("#bands >> canvas", text -> true);
    chrome.until("#mix >> canvas", text -> true);
    chrome.until("#heat >> canvas", text -> true);
    chrome.assertNoComplaints();
  }

  private static String percent(JsonNode share) {
    return String.format(
        Locale.ROOT, share.asDouble() < 0.0995 ? "%.1f %%" : "%.0f %%", share.asDouble() * 100);
  }

  private static String score(JsonNode apdex) {
    return String.format(Locale.ROOT, "%.2f", apdex.asDouble());
  }

  @Test
  void table_sortsByWhatIsClicked_andTheAddressKeepsIt() {
    openLoaded("/performance");
    chrome.until("#endpoints >> tr", text -> text.contains("/users/{id}"));
    chrome.run("document.body.dataset.kept = 'yes'");
    chrome.click("rv-endpoints-table >> th:nth-child(5) button");
    chrome.until("#endpoints >> tr", text -> text.contains("/search"));
    assertTrue(chrome.address().contains("sort=p95"), chrome.address());
    chrome.type("#find", "ord");
    chrome.until("#endpoints", text -> text.contains("/orders") && !text.contains("/search"));
    chrome.reload();
    chrome.until("#endpoints", text -> text.contains("/orders") && !text.contains("/search"));
    chrome.type("#find", "nowhere");
    chrome.until("#none", text -> squeezed(text).contains("No endpoint has nowhere"));
    chrome.assertNoComplaints();
  }

  @Test
  void endpoint_hasItsOwnView_withNodesAndStatuses() throws IOException, InterruptedException {
    openLoaded("/performance");
    chrome.click("#endpoints >> tr:nth-child(3) a");
    chrome.until("#statuses", text -> text.contains("503") && text.contains("201"));
    var nodes = squeezed(chrome.until("#nodes", text -> text.contains("node-b")));
    JsonNode answer = server.ask(HOUR + "&endpoint=/orders&method=POST&by=node");
    for (JsonNode group : answer.get("groups")) {
      var wanted = group.get("group").asText() + " " + group.get("requests").asText();
      assertTrue(nodes.contains(wanted), wanted + " in " + nodes);
    }
    assertTrue(chrome.address().contains("endpoint=%2Forders&method=POST"), chrome.address());
    chrome.until("#apdex >> rv-number", score(answer.at("/total/apdex"))::equals);
    chrome.pick("#endpoint", "every");
    chrome.until("#endpoints", text -> text.contains("/search"));
    assertFalse(chrome.address().contains("endpoint="), chrome.address());
    chrome.back();
    chrome.until("#statuses", text -> text.contains("503"));
    chrome.assertNoComplaints();
  }

  @Test
  void apdexAndScale_liveInTheAddress() throws IOException, InterruptedException {
    openLoaded("/performance");
    chrome.choose("#apdex", "100 ms");
    var expected = score(server.ask(HOUR + "&apdex=100").at("/total/apdex"));
    chrome.until("#total >> #apdex >> rv-number", text -> text.equals(expected));
    chrome.click("#log");
    chrome.until("#log[aria-pressed=true]", text -> true);
    assertTrue(chrome.address().contains("apdex=100"), chrome.address());
    assertTrue(chrome.address().contains("scale=log"), chrome.address());
    chrome.until("#bands >> canvas", text -> true);
    chrome.assertNoComplaints();
  }

  @Test
  void heatMap_keyboard_tellsAndNarrows() throws IOException, InterruptedException {
    long now = System.currentTimeMillis(); // the machine may have been busy since the first ones
    for (int ago = 0; ago <= 5; ago++) {
      server.measure(sample("/users/{id}", "GET", "200", 20, "node-a", now - ago * MINUTE));
    }
    openLoaded("/performance");
    chrome.until("#heat >> canvas", text -> true);
    chrome.run(
        "document.querySelector('rv-app').shadowRoot.querySelector('rv-performance-page')"
            + ".shadowRoot.querySelector('#heat').shadowRoot.querySelector('.frame').focus()");
    chrome.press(Keys.HOME);
    chrome.until("#heat >> .tip", text -> text.contains("no data"));
    chrome.press(Keys.END, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_UP);
    chrome.until("#heat >> .tip", text -> text.contains(" requests") && text.contains(" to "));
    chrome.press(Keys.ENTER);
    chrome.until("#range", text -> text.contains(" to "));
    assertTrue(chrome.address().contains("from="), chrome.address());
    chrome.back();
    chrome.until("#range", text -> text.contains("last hour"));
    chrome.assertNoComplaints();
  }

  @Test
  void newRequests_appearByThemselves() throws IOException, InterruptedException {
    openLoaded("/performance");
    server.measure(sample("/fresh", "PATCH", "200", 12, "node-a", System.currentTimeMillis()));
    chrome.until("#endpoints", text -> text.contains("/fresh") && text.contains("PATCH"));
    chrome.assertNoComplaints();
  }

  @Test
  void endpointNobodyAskedFor_saysSo() {
    chrome.open(server.signedIn("/performance?endpoint=/never&method=GET"));
    chrome.until(".silent", text -> squeezed(text).contains("No request to GET /never"));
    chrome.until(".silent", text -> text.contains("The last response time came"));
    chrome.click(".silent button");
    assertTrue(chrome.address().contains("last=30d"), chrome.address());
    chrome.assertNoComplaints();
  }

  @Test
  void hostileName_staysText() throws IOException, InterruptedException {
    var name = "/<img src=x onerror=alert(1)>/{id}";
    server.measure(sample(name, "GET", "200", 3, "node-a", System.currentTimeMillis()));
    openLoaded("/performance");
    chrome.until("#endpoints", text -> text.contains("<img src=x"));
    chrome.assertNoComplaints();
  }

  @Test
  void phone_scrollsNotSideways() {
    assertFitsPhone("#endpoints", "/performance", "/performance?sort=p99&scale=log");
    assertFitsPhone("#nodes", "/performance?endpoint=/orders&method=POST");
  }

  @Test
  void withoutSamples_teaches_andTurnsLive(@TempDir Path data)
      throws IOException, InterruptedException {
    try (var empty = new Served(data)) {
      chrome.open(empty.signedIn("/performance"));
      chrome.until("rv-first-event", text -> text.contains("/api/v1/metrics"));
      chrome.click("rv-first-event >> #tab-Java");
      chrome.until("rv-first-event", text -> text.contains("recorder().responseTimes("));
      empty.measure(sample("/first", "GET", "200", 12, "node-a", System.currentTimeMillis()));
      chrome.until("#endpoints", text -> text.contains("/first"));
      chrome.assertNoComplaints();
    }
  }
}
