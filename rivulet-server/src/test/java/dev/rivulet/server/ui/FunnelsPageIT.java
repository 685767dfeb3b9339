package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Builds and reads funnels on the pages of a real server in a real browser. */
class FunnelsPageIT extends PageTest {
  private static final int VIEWED = 40;
  private static final int ADDED = 20;
  private static final int ORDERED = 5;

  @Override
  void fill() throws IOException, InterruptedException {
    server.track(walks("w", VIEWED, ADDED, ORDERED));
  }

  @Test
  void builder_stepsChosen_previewedSavedReported() throws IOException, InterruptedException {
    server.define("other", steps("'viewed'", "'added'"));
    chrome.open(server.signedIn("/funnels"));
    chrome.click("#new");
    choose(1, "viewed");
    choose(2, "added");
    chrome.until("rv-funnel-preview >> .big", text -> text.equals("50 %"));
    chrome.click("#add-step");
    choose(3, "ordered");
    chrome.until("rv-funnel-preview >> .big", text -> text.equals("13 %"));
    chrome.type("#name", "Buying, 100 %");
    chrome.click("#save");
    chrome.until("rv-save-dialog >> form", text -> text.contains("may only read"));
    chrome.type("#admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.until("#conversion >> rv-number", text -> text.equals("13 %"));
    assertTrue(chrome.address().contains("/funnels/Buying%2C%20100%20%25"), chrome.address());

    var report = server.ask("/api/v1/funnels/Buying%2C%20100%20%25/report");
    var shown = chrome.texts("rv-funnel-steps >> .users");
    for (int step = 0; step < shown.size(); step++) {
      assertEquals(
          String.valueOf(report.at("/steps/" + step + "/users").asLong()), shown.get(step));
    }
    assertEquals(List.of("40", "20", "5"), shown);

    server.track(walks("later", 2, 2, 2));
    chrome.until("#finished >> rv-number", text -> text.equals("7"));
    // The name that is still free and the refusal of the reading key are what this test wants.
    assertEquals(
        List.of(),
        chrome.complaints().stream().filter(line -> !line.matches(".*\\b40[34]\\b.*")).toList());
  }

  @Test
  void keyboard_whatOpensAndCloses_takesTheFocusAlong() throws IOException, InterruptedException {
    server.define("By keys", steps("'viewed'", "'added'"));
    chrome.open(server.signedIn("/funnels/By%20keys"));
    chrome.element("#edit").sendKeys(Keys.ENTER);
    chrome.untilFocused("rv-funnel-builder >> h1");
    chrome.click("#cancel");
    chrome.untilFocused("#edit");
    chrome.element("#drop-2").sendKeys(Keys.ENTER);
    chrome.untilFocused("#people >> h2");
    chrome.press(Keys.ESCAPE);
    chrome.untilGone("#people");
    chrome.untilFocused("#drop-2");
    chrome.assertNoComplaints();
  }

  @Test
  void report_dropClicked_listsPeopleWhoLeadToTheirPage() throws IOException, InterruptedException {
    server.define("Way to the cart", steps("'viewed'", "'added'", "'ordered'"));
    chrome.open(server.signedIn("/funnels/Way%20to%20the%20cart"));
    chrome.click("#drop-3");
    chrome.until("#people >> h2", text -> text.contains("ordered"));
    chrome.until("#people >> tbody", text -> text.contains("w"));
    assertTrue(chrome.address().contains("who=dropped%3A3"), chrome.address());
    var first = chrome.texts("#people >> tbody th").get(0).trim();
    var dropped =
        server.ask("/api/v1/funnels/Way%20to%20the%20cart/people?step=3&outcome=dropped&limit=100");
    assertTrue(dropped.get("people").findValuesAsText("user").contains(first), first);
    chrome.reload();
    chrome.until("#people >> tbody", text -> text.contains(first));
    chrome.click("#people >> tbody a");
    chrome.until("h1", text -> text.contains(first));
    assertTrue(chrome.address().contains("/people/" + first), chrome.address());
    chrome.back();
    chrome.until("#people >> tbody", text -> text.contains(first));
    chrome.assertNoComplaints();
  }

  @Test
  void report_comparedAndSplit_stateLivesInTheAddress() throws IOException, InterruptedException {
    server.define("split", steps("'viewed'", "'added'"));
    chrome.open(server.signedIn("/funnels/split"));
    chrome.pick("#by", "device");
    chrome.until("#groups >> tbody", text -> text.contains("phone") && text.contains("desktop"));
    chrome.click("#compare >> .opener");
    chrome.click("#compare >> #o1");
    chrome.until(".legend", text -> text.contains("the period before"));
    var address = chrome.address();
    assertTrue(address.contains("by=device") && address.contains("compare=previous"), address);
    chrome.reload();
    chrome.until("#groups >> tbody", text -> text.contains("phone"));
    chrome.until(".legend", text -> text.contains("the period before"));
    chrome.assertNoComplaints();
  }

  @Test
  void builder_stepMovedByKey_orderAndFocusFollow() throws IOException, InterruptedException {
    server.define("moving", steps("'viewed'", "'added'", "'ordered'"));
    chrome.open(server.signedIn("/funnels/moving"));
    chrome.click("#edit");
    chrome.until("#edit-3", text -> text.contains("ordered"));
    chrome.element("#edit-3 >> .handle").sendKeys(Keys.ARROW_UP);
    chrome.until("#edit-2", text -> text.contains("ordered"));
    chrome.until("#edit-3", text -> text.contains("added"));
    chrome.until(
        "rv-funnel-preview >> ol", text -> text.indexOf("ordered") < text.indexOf("added"));
    chrome.reload(); // The draft is in the address.
    chrome.until("#edit-2", text -> text.contains("ordered"));
    chrome.assertNoComplaints();
  }

  @Test
  void builder_badValue_isToldAtItsField() throws IOException, InterruptedException {
    server.define("bad", steps("'viewed'", "'added'"));
    chrome.open(server.signedIn("/funnels/bad"));
    chrome.click("#edit");
    chrome.until("rv-funnel-preview >> .big", text -> text.contains("%"));
    chrome.type("#window", "0", Keys.TAB);
    chrome.until("rv-funnel-how >> .wrong", text -> text.contains("365d"));
    chrome.type("#window", "7", Keys.TAB);
    chrome.untilGone("rv-funnel-how >> .wrong");
    chrome.click("#edit-2 >> rv-condition >> .opener");
    chrome.type("#edit-2 >> [name=property]", "price");
    chrome.click("#edit-2 >> option[value=matches]");
    chrome.type("#edit-2 >> [name=value]", "(", Keys.ENTER);
    chrome.until("#edit-2 >> .wrong", text -> text.contains("steps[1].where"));
  }

  @Test
  void builder_changedMeanwhile_letsTheReaderChoose() throws IOException, InterruptedException {
    server.define("shared", steps("'viewed'", "'added'"));
    chrome.open(server.signedIn("/funnels/shared"));
    chrome.click("#edit");
    chrome.until("#edit-2", text -> text.contains("added"));
    server.define("shared", steps("'viewed'", "'ordered'"));
    chrome.click("#add-step");
    choose(3, "ordered");
    chrome.click("#save");
    chrome.type("#admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.until("rv-save-dialog >> .theirs", text -> text.contains("viewed → ordered"));
    chrome.click("#overwrite");
    chrome.until("#steps >> ol", text -> text.contains("added") && text.contains("ordered"));
    var saved = server.ask("/api/v1/funnels/shared").get("definition").get("steps");
    assertEquals(List.of("viewed", "added", "ordered"), saved.findValuesAsText("event"));
  }

  @Test
  void list_noFunnelYet_suggestsOneOfTheProjectsEvents(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var fresh = new Served(folder)) {
      fresh.track(walks("p", VIEWED, ADDED, ORDERED));
      chrome.open(fresh.signedIn("/funnels"));
      chrome.until("rv-funnel-teach >> .shown", text -> text.contains("13 %"));
      chrome.click("#try");
      chrome.until("rv-funnel-preview >> .big", text -> text.equals("13 %"));
      chrome.assertNoComplaints();
    }
  }

  @Test
  void hostileNames_showAsText() throws IOException, InterruptedException {
    var name = "<img src=x onerror='window.hacked=1'>";
    server.track(
        """
        [{"event": "<b>one</b>", "user": "<img src=x onerror='window.hacked=2'>"},
         {"event": "two", "user": "other"}]
        """);
    server.define(name, steps("'<b>one</b>'", "'two'"));
    chrome.open(server.signedIn("/funnels"));
    chrome.until("#funnels", text -> text.contains(name) && text.contains("<b>one</b>"));
    chrome.click("#funnels >> a[href*='img']");
    chrome.click("#drop-2");
    chrome.until("#people >> tbody", text -> text.contains("<img src=x"));
    assertNull(chrome.run("return window.hacked"));
    chrome.assertNoComplaints();
  }

  @Test
  void narrowScreen_nothingScrollsSideways() throws IOException, InterruptedException {
    server.define("narrow", steps("'viewed'", "'added'", "'ordered'"));
    assertFitsPhone(
        "#funnels, rv-funnel-people, rv-funnel-builder",
        "/funnels",
        "/funnels/narrow?by=device&who=reached:1",
        "/funnels?draft=new");
  }

  private void choose(int step, String event) {
    chrome.pick("#edit-" + step + " >> #event-0", event);
  }

  /** A definition with these events, each as JSON but in single quotes. */
  private static String steps(String... events) {
    var steps = new ArrayList<String>();
    for (var event : events) steps.add("{'event': " + event + "}");
    return "{'steps': [%s], 'window': '7d'}".formatted(String.join(", ", steps)).replace('\'', '"');
  }

  /** People who viewed, some of whom added, some of whom ordered. */
  private static String walks(String prefix, int viewed, int added, int ordered) {
    var events = new ArrayList<String>();
    for (int i = 0; i < viewed; i++) {
      var user = prefix + i;
      var device = i % 2 == 0 ? "phone" : "desktop";
      var start = System.currentTimeMillis() - 60_000;
      events.add(event("viewed", user, start, "{\"device\": \"%s\"}".formatted(device)));
      if (i < added) events.add(event("added", user, start + 5_000 + i, "{\"price\": 20}"));
      if (i < ordered) events.add(event("ordered", user, start + 20_000 + i, "{\"total\": 20}"));
    }
    return "[" + String.join(",", events) + "]";
  }

  private static String event(String name, String user, long time, String properties) {
    return "{\"event\": \"%s\", \"user\": \"%s\", \"time\": %d, \"properties\": %s}"
        .formatted(name, user, time, properties);
  }
}
