package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Drives the page of the status against a real server in a real browser. */
class StatusPageIT extends PageTest {
  private static final String PAGE = "/status";
  private static final String API = "/api/v1/status";

  @Override
  void fill() throws IOException, InterruptedException {
    server.track(
        "[{\"event\":\"a\",\"user\":\"u1\"},{\"event\":\"b\",\"user\":\"u2\"},{\"event\":\"a\"}]");
  }

  @Test
  void booksNodesAndPartitions_equalTheApi() throws IOException, InterruptedException {
    var status = server.ask(API);
    for (int look = 0; look < 600 && !status.at("/nodes/0").has("address"); look++) {
      Thread.sleep(100); // a node tells of itself once a second
      status = server.ask(API);
    }
    var told = status;
    chrome.open(server.signedIn(PAGE));
    chrome.until("#appended >> rv-number", text -> text.equals(told.get("appended").asText()));
    chrome.until("#pending >> rv-number", text -> text.equals("0"));
    chrome.until("#aside >> rv-number", text -> text.equals("0"));
    var refused = status.get("received").asLong() - status.get("appended").asLong();
    chrome.until("#refused >> rv-number", text -> text.equals(String.valueOf(refused)));
    var node = status.get("nodes").get(0);
    var shown = squeezed(chrome.until("rv-node-list >> li", text -> text.contains("live")));
    assertTrue(shown.contains(node.get("name").asText()), shown);
    assertTrue(shown.contains(node.get("address").asText()), shown);
    assertEquals(
        status.get("partitions").size(), chrome.texts("rv-node-list >> .folds b").size(), shown);
    var cells = chrome.texts(".map .cell");
    assertEquals(status.get("partitions").size(), cells.size());
    for (var cell : cells) {
      assertTrue(squeezed(cell).contains(node.get("name").asText()), cell);
    }
    chrome.assertNoComplaints();
  }

  @Test
  void refusals_showReasonAndExample_andMove() throws IOException, InterruptedException {
    chrome.open(server.signedIn(PAGE));
    chrome.until(".reasons", text -> text.contains("missing_user"));
    for (var refusal : server.ask(API).get("refusals")) {
      var detail = squeezed(refusal.get("detail").asText());
      chrome.until(".reasons", text -> squeezed(text).contains(detail));
    }
    server.track("[{\"event\":\"a\",\"user\":\"u1\"},{\"user\":\"u1\"}]");
    chrome.until(".reasons", text -> text.contains("missing_event"));
    chrome.assertNoComplaints();
  }

  @Test
  void nothingAmiss_saysSo() {
    chrome.open(server.signedIn(PAGE));
    chrome.until("rv-status-page", text -> squeezed(text).contains("Every record could be folded"));
    assertEquals(null, chrome.text(".warnings"));
    chrome.assertNoComplaints();
  }

  @Test
  void keys_withTheReadingKey_takeTheAdminKey() {
    chrome.open(server.signedIn(PAGE));
    chrome.until("rv-keys", text -> text.contains("may only read"));
    chrome.assertNoComplaints();
    chrome.type("rv-keys >> #admin-key", "no-such-key", Keys.ENTER);
    chrome.until("rv-keys >> .wrong", text -> text.contains("does not know this key"));
    chrome.type("rv-keys >> #admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.until("rv-keys >> #keys", text -> text.contains("set in the server's settings"));
  }

  @Test
  void keys_made_areShownOnceAndTakenBackAfterAQuestion() {
    chrome.open(server.address(PAGE) + "#key=" + Served.ADMIN_KEY);
    chrome.type("rv-keys >> #label", "<b>The shop</b>", Keys.ENTER);
    var key = chrome.until("rv-keys >> #made code", text -> text.startsWith("rvw_"));
    chrome.untilFocused("rv-keys >> #made code");
    chrome.until("rv-keys >> li", text -> squeezed(text).startsWith("write <b>The shop</b> made"));
    chrome.click("rv-keys >> #another");
    chrome.untilGone("rv-keys >> #made");
    assertFalse(String.valueOf(chrome.text("rv-keys")).contains(key));

    chrome.click("rv-keys >> .take-back");
    chrome.untilFocused("rv-keys >> #final");
    chrome.press(Keys.ESCAPE);
    chrome.untilFocused("rv-keys >> .take-back");
    chrome.click("rv-keys >> .take-back");
    chrome.click("rv-keys >> #final");
    chrome.until("rv-keys >> [role=status]", text -> text.contains("The shop</b> was taken back"));
    chrome.until("rv-keys >> #keys", text -> !text.contains("The shop"));
    chrome.assertNoComplaints();
  }

  @Test
  void phone_nothingScrollsSideways() {
    assertFitsPhone("rv-node-list >> li", PAGE);
  }
}
