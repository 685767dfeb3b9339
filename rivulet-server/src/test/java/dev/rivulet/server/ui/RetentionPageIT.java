package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Drives the page of retention against a real server in a real browser. */
class RetentionPageIT extends PageTest {
  private static final int WEEKS = 5;
  private static final String API =
      "/api/v1/retention?first=signup&return=visit&period=week&last=56d";
  private static final String PAGE = "/retention?first=signup&return=visit&last=56d";

  @Override
  void fill() throws IOException, InterruptedException {
    server.track(weeks());
  }

  @Test
  void heatMap_sizesAndCounts_equalTheApi() throws IOException, InterruptedException {
    chrome.open(server.signedIn(PAGE));
    chrome.until("#cohorts", text -> text.contains("weighted mean"));
    var cohorts = people(server.ask(API).get("cohorts"));
    var rows = chrome.texts("#cohorts >> tbody tr");
    assertEquals(cohorts.size() + 1, rows.size(), rows.toString());
    for (int row = 0; row < cohorts.size(); row++) {
      var cohort = cohorts.get(row);
      var size = cohort.get("size").asText();
      var shown = squeezed(rows.get(row + 1));
      assertTrue(shown.contains(" " + size), shown);
      for (int period = 0; period < cohort.get("returned").size(); period++) {
        var cell = chrome.text("#cohorts >> [data-at='%d %d']".formatted(row + 1, period));
        var wanted = "%s of %s people".formatted(cohort.get("returned").get(period).asText(), size);
        assertTrue(cell != null && squeezed(cell).contains(wanted), wanted + " in " + cell);
        var unfinished = cohort.path("partialPeriods").toString().contains("" + (period + 1));
        assertEquals(unfinished, cell.contains("so far"), cell);
      }
    }
    chrome.assertNoComplaints();
  }

  @Test
  void heatMap_keyboard_walksTheCells() {
    chrome.open(server.signedIn(PAGE));
    chrome.until("#cohorts", text -> text.contains("weighted mean"));
    chrome.run(
        "document.querySelector('rv-app').shadowRoot.querySelector('rv-retention-page').shadowRoot"
            + ".querySelector('rv-cohorts-view').shadowRoot.querySelector('#cohorts').shadowRoot"
            + ".querySelector('[tabindex=\"0\"]').focus()");
    chrome.until(".tip", text -> text.contains("All cohorts, 1 week later"));
    chrome.press(Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
    chrome.until(".tip", text -> text.contains("2 weeks later") && text.contains(" people"));
    chrome.press(Keys.ESCAPE);
    chrome.untilGone(".tip");
    chrome.assertNoComplaints();
  }

  @Test
  void question_livesInTheAddress() {
    chrome.open(server.signedIn("/retention"));
    chrome.pick("#first", "signup");
    chrome.pick("#return", "visit");
    chrome.choose("#mode", "in or after");
    chrome.choose("#type", "at any time");
    chrome.pick("#by", "plan");
    chrome.until("#groups", text -> text.contains("pro") && text.contains("free"));
    chrome.click("#groups >> tbody tr:first-child button");
    var address = chrome.address();
    for (var part :
        List.of("first=signup", "return=visit", "mode=onOrAfter", "type=recurring", "by=plan")) {
      assertTrue(address.contains(part), part + " in " + address);
    }
    assertTrue(address.contains("group="), address);
    var shown = chrome.until("#cohorts >> tbody", text -> text.contains("weighted mean"));
    chrome.reload();
    assertEquals(
        squeezed(shown),
        squeezed(chrome.until("#cohorts >> tbody", text -> text.contains("weighted mean"))));
    chrome.assertNoComplaints();
  }

  @Test
  void condition_narrowsTheCohorts() throws IOException, InterruptedException {
    chrome.open(server.signedIn(PAGE));
    var all = chrome.until("#sizes >> rv-number", text -> !text.isEmpty());
    chrome.click("#firstWhere >> .opener");
    chrome.type("#firstWhere >> [name=property]", "plan");
    chrome.type("#firstWhere >> [name=value]", "pro", Keys.ENTER);
    chrome.until("#firstWhere", text -> squeezed(text).contains("where plan is pro"));
    var size = 0L;
    var answer = server.ask(API + "&firstWhere=%7B%22plan%22%3A%22pro%22%7D");
    for (var cohort : answer.get("cohorts")) size += cohort.get("size").asLong();
    var narrowed = String.valueOf(size);
    assertFalse(narrowed.equals(all));
    chrome.until("#sizes >> rv-number", text -> text.equals(narrowed));
    chrome.click("#firstWhere >> .opener:not(.new)");
    chrome.click("#firstWhere >> button[type=button]:not(.opener)");
    chrome.until("#sizes >> rv-number", text -> text.equals(all));
    assertFalse(chrome.address().contains("firstWhere"), chrome.address());
    chrome.assertNoComplaints();
  }

  @Test
  void newPerson_joinsTheCohortByThemselves() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/retention?first=walked+in&last=28d"));
    chrome.until(".silent", text -> text.contains("walked in"));
    for (int people = 1; people <= 2; people++) {
      server.track("{\"event\": \"walked in\", \"user\": \"w%d\"}".formatted(people));
      var size = String.valueOf(people);
      chrome.until("#sizes >> rv-number", text -> text.equals(size));
    }
    chrome.assertNoComplaints();
  }

  @Test
  void stickiness_barsAndTable_equalTheApi() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/retention?last=56d"));
    chrome.click("#tab-stickiness");
    chrome.until("#intervals", text -> text.contains("so far"));
    var intervals =
        server.ask("/api/v1/retention/stickiness?period=week&last=56d").get("intervals");
    var known = new ArrayList<JsonNode>();
    for (var interval : intervals) if (!interval.get("people").isNull()) known.add(interval);
    for (int row = 0; row < known.size(); row++) {
      var interval = known.get(row);
      for (int days = 0; days < interval.get("days").size(); days++) {
        var wanted =
            "%s of %s people"
                .formatted(
                    interval.get("days").get(days).asText(), interval.get("people").asText());
        var cell = chrome.text("#intervals >> [data-at='%d %d']".formatted(row, days));
        assertTrue(cell != null && squeezed(cell).contains(wanted), wanted + " in " + cell);
      }
    }
    chrome.click("#intervals >> tbody tr:first-child button");
    var first = known.get(0).get("people").asText();
    chrome.until("#active >> rv-number", text -> text.equals(first));
    chrome.assertNoComplaints();
  }

  @Test
  void lifecycle_table_equalsTheApi() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/retention?view=lifecycle&last=56d&sort=time"));
    chrome.until("#table", text -> text.contains("so far"));
    var rows = chrome.texts("#table >> tbody tr").stream().map(PageTest::squeezed).toList();
    var wanted = new ArrayList<String>();
    for (var row : server.ask("/api/v1/retention/lifecycle?period=week&last=56d").get("series")) {
      if (row.get("new").isNull()) continue;
      wanted.add(
          "%s %s %s %s"
              .formatted(
                  row.get("new").asText(),
                  row.get("returning").asText(),
                  row.get("resurrecting").asText(),
                  row.get("dormant").asText()));
    }
    assertEquals(wanted.size(), rows.size(), rows.toString());
    for (int i = 0; i < rows.size(); i++) {
      assertTrue(rows.get(i).endsWith(wanted.get(i)), wanted.get(i) + " ends " + rows.get(i));
    }
    chrome.assertNoComplaints();
  }

  @Test
  void noEventYet_teachesThenTurnsLive(@TempDir Path fresh)
      throws IOException, InterruptedException {
    try (var empty = new Served(fresh)) {
      chrome.open(empty.signedIn("/retention"));
      chrome.until("rv-first-event >> pre", text -> text.contains(empty.address("/api/v1/events")));
      empty.track("{\"event\": \"signup\", \"user\": \"u1\"}");
      chrome.until("#sizes >> rv-number", text -> text.equals("1"));
      chrome.assertNoComplaints();
    }
  }

  @Test
  void narrowScreen_nothingScrollsSideways() {
    assertFitsPhone("rv-source", PAGE, PAGE + "&view=stickiness", PAGE + "&view=lifecycle");
  }

  private static List<JsonNode> people(JsonNode cohorts) {
    var known = new ArrayList<JsonNode>();
    for (var cohort : cohorts) {
      if (!known.isEmpty() || cohort.get("size").asLong() > 0) known.add(cohort);
    }
    return known;
  }

  /** Ten people sign up in each week; person k of them visits in the k / 3 weeks after. */
  private static String weeks() {
    var events = new ArrayList<String>();
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (int week = 0; week < WEEKS; week++) {
      var signup = now.minus(7L * (WEEKS - 1 - week), ChronoUnit.DAYS);
      for (int k = 0; k < 10; k++) {
        var user = "u%d-%d".formatted(week, k);
        events.add(event("signup", user, signup, k % 2 == 0 ? "pro" : "free"));
        for (int later = 1; later <= k / 3; later++) {
          var visit = signup.plus(7L * later, ChronoUnit.DAYS);
          if (!visit.isAfter(now)) events.add(event("visit", user, visit, "free"));
        }
      }
    }
    return "[" + String.join(",", events) + "]";
  }

  private static String event(String name, String user, Instant time, String plan) {
    return "{\"event\": \"%s\", \"user\": \"%s\", \"time\": \"%s\", \"properties\": {\"plan\": \"%s\"}}"
        .formatted(name, user, time, plan);
  }
}
