package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Drives the pages of people against a real server in a real browser. */
class PeoplePagesIT extends PageTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Override
  void fill() throws IOException, InterruptedException {
    server.track(visit("ada", 60, NOW.minus(3, ChronoUnit.DAYS)));
    server.track(visit("ben", 4, NOW.minus(2, ChronoUnit.HOURS)));
    server.identify("ada", "{\"name\": \"Ada Lovelace\", \"plan\": \"pro\"}");
  }

  @Test
  void people_search_findsByIdAndByTrait() {
    chrome.open(server.signedIn("/people"));
    chrome.until("#people", text -> text.contains("ada") && text.contains("ben"));
    chrome.type("#search", "LOVELACE");
    chrome.until("#people", text -> text.contains("ada") && !text.contains("ben"));
    assertTrue(chrome.address().contains("search=LOVELACE"), chrome.address());
    chrome.reload();
    chrome.until("#people", text -> text.contains("ada") && !text.contains("ben"));
    chrome.type("#search", "be");
    chrome.until("#people", text -> text.contains("ben"));
    chrome.type("#search", "nobody at all");
    chrome.until(".silent", text -> text.contains("nobody at all"));
    chrome.click(".silent button");
    chrome.until("#people", text -> text.contains("ada") && text.contains("ben"));
    chrome.assertNoComplaints();
  }

  @Test
  void people_enter_opensTheFirstFound() {
    chrome.open(server.signedIn("/people"));
    chrome.type("#search", "ada");
    chrome.until("#people", text -> text.contains("ada") && !text.contains("ben"));
    chrome.press(Keys.ENTER);
    chrome.until("h1", text -> text.equals("ada"));
    chrome.back();
    chrome.until("#people", text -> text.contains("ada"));
    chrome.open(server.signedIn("/people"));
    chrome.until("#people", text -> text.contains("ada") && text.contains("ben"));
    chrome.type("#search", "lovelace", Keys.ENTER); // faster than the search answers
    chrome.until("h1", text -> text.equals("ada"));
    chrome.assertNoComplaints();
  }

  @Test
  void people_newAction_movesToTheTop() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/people"));
    chrome.until("#people", text -> text.contains("ben"));
    for (var user : List.of("mover-1", "mover-2", "mover-1")) {
      server.track("{\"event\": \"wave\", \"user\": \"%s\"}".formatted(user));
      chrome.until("#people >> tr:first-child", text -> text.contains(user));
    }
    chrome.assertNoComplaints();
  }

  @Test
  void person_profile_equalsTheApi() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/people/ada"));
    var profile = server.ask("/api/v1/users/ada");
    chrome.until("#total >> rv-number", text -> text.equals(profile.get("total").asText()));
    for (var action : profile.get("actions").properties()) {
      chrome.until(
          "#actions",
          text -> squeezed(text).contains(action.getKey() + " " + action.getValue().asText()));
    }
    chrome.until("#traits", text -> squeezed(text).equals("name Ada Lovelace plan pro"));
    chrome.until("#days", text -> text.contains("page"));
    var sessions = server.ask("/api/v1/users/ada/sessions?limit=50").get("sessions");
    assertEquals(sessions.size(), chrome.texts("#sessions > li").size());
    chrome.assertNoComplaints();
  }

  @Test
  void person_timeline_opensAndGoesBackToTheFirst() {
    chrome.open(server.signedIn("/people/ada"));
    chrome.until("#days", text -> text.contains("page"));
    assertEquals(25, chrome.texts("#days >> details").size());
    chrome.click("#days >> summary");
    chrome.until("#days >> details[open] dl", text -> text.contains("in the log at"));
    for (int shown : new int[] {50, 60}) {
      chrome.click("#earlier");
      until(shown);
    }
    chrome.untilGone("#earlier");
    chrome.run("scrollTo(0, 0)"); // The driver would scroll it under the header.
    chrome.click("#days >> a.page");
    chrome.until("#table", text -> text.contains("/p/"));
    assertTrue(chrome.address().contains("by=path"), chrome.address());
    chrome.assertNoComplaints();
  }

  private void until(int actions) {
    chrome.until("rv-timeline >> rv-source", text -> text.contains("newest " + actions + " "));
    assertEquals(actions, chrome.texts("#days >> details").size());
  }

  @Test
  void person_newAction_showsByItself() throws IOException, InterruptedException {
    server.track(visit("carl", 2, NOW.minus(1, ChronoUnit.DAYS)));
    chrome.open(server.signedIn("/people/carl"));
    chrome.until("#total >> rv-number", text -> text.equals("2"));
    server.track("{\"event\": \"arrived\", \"user\": \"carl\"}");
    chrome.until("#total >> rv-number", text -> text.equals("3"));
    chrome.until("#days >> li:first-child", text -> text.contains("arrived"));
    chrome.until("#session", text -> text.contains("session open now"));
    chrome.assertNoComplaints();
  }

  @Test
  void person_export_isTheApisAnswer() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/people/ada"));
    chrome.until("#total >> rv-number", text -> text.equals("60"));
    chrome.run(
        """
        const make = URL.createObjectURL;
        window.saved = new Promise((resolve) => {
          URL.createObjectURL = (blob) => { resolve(blob.text()); return make.call(URL, blob); };
        });
        """);
    chrome.click("#export");
    var text = chrome.await("window.saved.then(arguments[0])");
    var saved = new ObjectMapper().readTree(String.valueOf(text));
    chrome.until("#export", label -> label.equals("Export JSON"));
    var exported = server.ask("/api/v1/users/ada/export");
    for (var field : List.of("user", "total", "actions", "traits", "sessions", "events")) {
      assertEquals(exported.get(field), saved.get(field), field);
    }
    chrome.assertNoComplaints();
  }

  @Test
  void person_erase_takesTheIdAndTheAdminKey() throws IOException, InterruptedException {
    server.track(visit("leaver", 7, NOW.minus(1, ChronoUnit.HOURS)));
    chrome.open(server.signedIn("/people/leaver"));
    chrome.until("#total >> rv-number", text -> text.equals("7"));
    chrome.click("#erase");
    assertFalse(chrome.element("#final").isEnabled());
    chrome.type("#typed", "leave");
    assertFalse(chrome.element("#final").isEnabled());
    chrome.type("#typed", "leaver");
    chrome.click("#final");
    chrome.until(".wrong", text -> text.contains("may only read"));
    assertEquals("7", server.ask("/api/v1/users/leaver").get("total").asText());

    chrome.type("#admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.until(".account", text -> text.contains("Nothing of this person is left"));
    chrome.until("#account", text -> squeezed(text).contains("events 7"));
    chrome.click("#leave");
    chrome.until("#people", text -> text.contains("ada") && !text.contains("leaver"));
    chrome.open(server.address("/people/leaver"));
    chrome.until(".silent", text -> text.contains("was never seen"));
  }

  @Test
  void hostileIds_showAsTextAndHaveAPage() throws IOException, InterruptedException {
    var ids = List.of("<img src=x onerror='window.hacked = 1'>", "a/b c?d#e%2F&f", "مستخدم");
    var json = new ObjectMapper();
    for (var id : ids) {
      server.track(
          json.writeValueAsString(
              json.createObjectNode().put("event", "<b>odd</b>").put("user", id)));
    }
    for (var id : ids) {
      chrome.open(server.signedIn("/people"));
      chrome.type("#search", id);
      chrome.until("#people >> tr:first-child", text -> text.contains(id));
      chrome.click("#people >> tr:first-child a");
      chrome.until("h1", text -> text.equals(id));
      chrome.until("#days", text -> text.contains("<b>odd</b>"));
    }
    assertNull(chrome.run("return window.hacked"));
    chrome.assertNoComplaints();
  }

  @Test
  void people_nobodyYet_teachesThenTurnsLive(@TempDir Path fresh)
      throws IOException, InterruptedException {
    try (var empty = new Served(fresh)) {
      chrome.open(empty.signedIn("/people"));
      chrome.until("rv-first-event >> pre", text -> text.contains(empty.address("/api/v1/events")));
      empty.track("{\"event\": \"signup\", \"user\": \"u1\"}");
      chrome.until("#people", text -> text.contains("u1"));
      chrome.assertNoComplaints();
    }
  }

  @Test
  void narrowScreen_nothingScrollsSideways() {
    assertFitsPhone("rv-source", "/people", "/people/ada");
  }

  /** Page views, a minute apart, the first of them at the given time. */
  private static String visit(String user, int pages, Instant from) {
    return IntStream.range(0, pages)
        .mapToObj(
            i ->
                "{\"event\": \"page\", \"user\": \"%s\", \"time\": \"%s\", \"properties\": {\"path\": \"/p/%d\", \"n\": %d}}"
                    .formatted(user, from.plus(i, ChronoUnit.MINUTES), i % 5, i))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
