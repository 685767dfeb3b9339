package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Makes, arranges and reads boards on the pages of a real server in a real browser. */
class BoardsPageIT extends PageTest {
  private static final String ORDERS =
      "{'id':'orders','title':'Orders','kind':'number','query':"
          + "'/api/v1/events/count?event=order_completed','place':"
          + "{'column':1,'row':1,'width':3,'height':2}}";
  private static final String COUNTRIES =
      "{'id':'countries','title':'Countries','kind':'bars','query':"
          + "'/api/v1/events/top?event=order_completed&property=country','place':"
          + "{'column':4,'row':1,'width':4,'height':4}}";

  private static final String PARTITIONS =
      "{'id':'partitions','title':'Partitions','kind':'table','query':'/api/v1/status','place':"
          + "{'column':4,'row':1,'width':4,'height':4}}";

  private static final String COUNT_IN_APP =
      "return document.querySelector('rv-app').shadowRoot.querySelectorAll('%s').length";

  @Override
  void fill() throws IOException, InterruptedException {
    server.track(orders("first", 12));
  }

  @Test
  void template_chosenSavedReloaded_staysAsItWasMade() throws IOException, InterruptedException {
    chrome.open(server.signedIn("/boards"));
    chrome.until("#templates", text -> text.contains("Shop") && text.contains("Response times"));
    chrome.click("#template-shop");
    chrome.until(tile("number-1") + " >> rv-number", text -> !text.equals("–"));
    chrome.type("#name", "Our shop");
    chrome.click("#save");
    chrome.until("rv-save-dialog >> form", text -> text.contains("may only read"));
    chrome.type("#admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.untilGone("#save");
    chrome.until("rv-board-page >> h1", text -> text.equals("Our shop"));
    assertTrue(chrome.address().endsWith("/boards/shop"), chrome.address());
    JsonNode saved = server.ask("/api/v1/boards/shop");
    assertEquals("Our shop", saved.get("title").asText());
    assertTrue(saved.get("tiles").size() >= 6, saved.toString());
    chrome.reload();
    chrome.until(tile("number-1") + " >> rv-number", text -> !text.equals("–"));
    chrome.open(server.address("/boards"));
    chrome.until("#boards", text -> text.contains("Our shop"));
  }

  @Test
  void tile_movedByKeysAndPointer_staysWhereItWasLeft() throws IOException, InterruptedException {
    server.saveBoard("moving", board(ORDERS, COUNTRIES));
    chrome.open(server.signedIn("/boards/moving?edit=1"));
    chrome.element(tile("orders") + " >> .grip").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
    chrome.until("rv-board-grid >> [role=status]", text -> text.contains("column 2, row 2"));
    chrome.press(Keys.ESCAPE);
    chrome.until("rv-board-grid >> [role=status]", text -> text.equals("Put back."));
    var grip = chrome.element(tile("orders") + " >> .grip");
    grip.sendKeys(Keys.ARROW_DOWN, Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT), Keys.ENTER);
    chrome.until("rv-board-grid >> [role=status]", text -> text.equals("Left there."));
    chrome.drag(tile("countries") + " >> .grip", 400, 0);
    chrome.drag(tile("countries") + " >> .corner", 0, 90);
    save();
    for (int look = 0; look < 2; look++) {
      JsonNode tiles = server.ask("/api/v1/boards/moving").get("tiles");
      assertEquals(
          "{\"column\":1,\"row\":2,\"width\":4,\"height\":2}", tiles.at("/0/place").toString());
      JsonNode moved = tiles.at("/1/place");
      assertTrue(moved.get("column").asInt() > 5, moved.toString());
      assertEquals(5, moved.get("height").asInt(), moved.toString());
      chrome.reload();
      chrome.until(tile("countries") + " >> rv-bar-list", text -> text.contains("DE"));
    }
    chrome.assertNoComplaints();
  }

  @Test
  void pushed_undoneAndRedone_followsTheHistory() throws IOException, InterruptedException {
    server.saveBoard("history", board(ORDERS, COUNTRIES));
    chrome.open(server.signedIn("/boards/history?edit=1"));
    chrome.element(tile("orders") + " >> .grip").sendKeys(Keys.ARROW_RIGHT, Keys.ENTER);
    awaitPlaces(List.of("1 2", "3 4")); // countries gave way
    var grip = chrome.element(tile("orders") + " >> .grip");
    grip.sendKeys(Keys.chord(Keys.CONTROL, "z"));
    awaitPlaces(List.of("1 1", "1 4"));
    grip.sendKeys(Keys.chord(Keys.CONTROL, Keys.SHIFT, "z"));
    awaitPlaces(List.of("1 2", "3 4"));
    chrome.reload(); // What was not saved is not lost.
    awaitPlaces(List.of("1 2", "3 4"));
    chrome.click(tile("orders") + " >> .remove");
    chrome.untilGone(tile("orders"));
    chrome.click("#undo");
    chrome.until(tile("orders"), text -> text.contains("Orders"));
    chrome.click("#discard");
    chrome.untilGone("#save");
    assertEquals(1, server.ask("/api/v1/boards/history").at("/tiles/0/place/column").asInt());
  }

  @Test
  void save_afterSomebodyElse_letsTheWriterChoose() throws IOException, InterruptedException {
    server.saveBoard("shared", board(ORDERS));
    chrome.open(server.signedIn("/boards/shared?edit=1"));
    chrome.until(tile("orders"), text -> text.contains("Orders"));
    server.saveBoard("shared", board(ORDERS, COUNTRIES).replace("A board", "Theirs"));
    chrome.type("#name", "Mine");
    chrome.click("#save");
    chrome.type("#admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.until("rv-save-dialog >> .theirs", text -> squeezed(text).contains("Theirs, 2 tiles"));
    assertEquals("Theirs", server.ask("/api/v1/boards/shared").get("title").asText());
    chrome.click("#overwrite");
    chrome.untilGone("#save");
    chrome.until("rv-board-page >> h1", text -> text.equals("Mine"));
    assertEquals(1, server.ask("/api/v1/boards/shared").get("tiles").size());
    chrome.click("#edit");
    chrome.type("#name", "Mine again");
    server.saveBoard("shared", board(COUNTRIES).replace("A board", "Theirs again"));
    chrome.click("#save");
    chrome.click("#theirs");
    chrome.untilGone("#save");
    chrome.until("rv-board-page >> h1", text -> text.equals("Theirs again"));
    chrome.until(tile("countries"), text -> text.contains("DE"));
  }

  @Test
  void tile_whoseQueryFails_saysWhyAndTheOthersGoOn() throws IOException, InterruptedException {
    String broken =
        COUNTRIES.replace(
            "events/top?event=order_completed&property=country", "funnels/gone/report");
    server.saveBoard("broken", board(ORDERS, broken));
    chrome.open(server.signedIn("/boards/broken"));
    chrome.until(tile("countries") + " >> .wrong", text -> text.contains("no funnel 'gone'"));
    String before = chrome.until(number("orders"), text -> !text.equals("–"));
    server.track(orders("later", 3));
    chrome.until(number("orders"), text -> Integer.parseInt(text) == Integer.parseInt(before) + 3);
  }

  @Test
  void editor_tileAddedAndAsked_showsAPreviewAndIsSaved() throws IOException, InterruptedException {
    server.saveBoard("editing", board());
    chrome.open(server.signedIn("/boards/editing"));
    chrome.click("#first"); // Opens for editing
    chrome.click("#first"); // and adds a tile.
    chrome.choose("#form", "The most frequent values");
    chrome.pick("#field-event", "order_completed");
    chrome.choose("#field-property", "country");
    chrome.until("rv-tile-editor >> .box >> rv-bar-list", text -> text.contains("DE"));
    chrome.until("rv-tile-editor >> .call", text -> text.contains("property=country"));
    chrome.choose("#form", "Any call of the API");
    chrome.type("#query", "https://example.com/numbers", Keys.TAB);
    chrome.click("#done");
    chrome.click("#save");
    chrome.type("#admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.until("rv-tile-editor >> .wrong", text -> text.contains("no call of this API"));
    chrome.type("#query", "/api/v1/online", Keys.TAB);
    chrome.until("rv-tile-editor >> .box >> rv-number", text -> !text.equals("–"));
    chrome.click("#done");
    chrome.click("#save");
    chrome.untilGone("#save");
    JsonNode tile = server.ask("/api/v1/boards/editing").at("/tiles/0");
    assertEquals("/api/v1/online", tile.get("query").asText());
    assertEquals("number", tile.get("kind").asText());
  }

  @Test
  void wall_serverGoneAndBack_goesOnByItself(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (var away = new Served(folder)) {
      away.track(orders("wall", 5));
      away.saveBoard("wall", board(ORDERS));
      chrome.open(away.signedIn("/boards/wall?wall"));
      chrome.until(number("orders"), text -> text.equals("5"));
      assertFalse(chrome.element("rv-app >> header").isDisplayed(), "nothing but the board");
      away.kill();
      chrome.until("rv-board-page >> .away", text -> text.contains("away"));
      away.startAgain();
      away.track(orders("back", 2));
      chrome.until(number("orders"), text -> text.equals("7"));
      chrome.press(Keys.ESCAPE);
      chrome.until("#edit", text -> true);
      assertTrue(chrome.element("rv-app >> header").isDisplayed());
    }
  }

  @Test
  void share_linkWithAKey_opensOneBoardUntilItIsTakenBack()
      throws IOException, InterruptedException {
    server.saveBoard("open", board(ORDERS, PARTITIONS));
    server.saveBoard("closed", board(COUNTRIES));
    chrome.open(server.signedIn("/boards/open?last=7d"));
    chrome.click("#share");
    chrome.until("#link-plain", text -> text.contains("/boards/open?last=7d"));
    chrome.type("rv-shared-links >> #label", "The office");
    chrome.click("#make");
    chrome.type("rv-shared-links >> #admin-key", Served.ADMIN_KEY, Keys.ENTER);
    String link = chrome.until("#link-keyed >> code", text -> text.contains("#key=rvb_"));
    chrome.until("rv-shared-links >> #links", text -> text.contains("The office"));
    chrome.complaints(); // The refusal of the reading key is what this wants.

    chrome.forget();
    chrome.open(link);
    chrome.until(number("orders"), text -> !text.equals("–"));
    assertFalse(chrome.address().contains("key="), chrome.address());
    chrome.until(tile("partitions") + " >> .cannot", text -> text.contains("not shown to who"));
    chrome.until("rv-app >> .only", text -> text.equals("This board only"));
    chrome.until("rv-freshness", text -> text.contains("live"));
    assertEquals(0L, chrome.run(COUNT_IN_APP.formatted("rv-menu")), "no menu");
    chrome.open(server.address("/"));
    chrome.until(number("orders"), text -> !text.equals("–"));
    assertTrue(chrome.address().endsWith("/boards/open"), chrome.address());
    for (String page : List.of("/people", "/boards/closed")) {
      chrome.open(server.address(page));
      chrome.until("rv-app >> .lost", text -> text.contains("You were sent one board"));
    }
    chrome.click("#to-board");
    chrome.until(number("orders"), text -> !text.equals("–"));
    String before = chrome.until(number("orders"), text -> !text.equals("–"));
    server.track(orders("shared", 2));
    chrome.until(number("orders"), text -> Integer.parseInt(text) == Integer.parseInt(before) + 2);
    chrome.assertNoComplaints();

    server.takeBack("open");
    chrome.until("rv-sign-in >> .message", text -> text.contains("taken back"));
  }

  @Test
  void share_linksListed_areTakenBackAfterAQuestion() throws IOException, InterruptedException {
    server.saveBoard("listed", board(ORDERS));
    chrome.open(server.address("/boards/listed") + "#key=" + Served.ADMIN_KEY);
    chrome.click("#share");
    chrome.until("rv-shared-links >> #no-links", text -> text.contains("none"));
    chrome.type("rv-shared-links >> #label", "<b>Bob</b>");
    chrome.click("#make");
    chrome.until("rv-shared-links >> #links", text -> text.contains("<b>Bob</b>"));
    chrome.click("rv-shared-links >> .take-back");
    chrome.click("rv-shared-links >> #final");
    chrome.until("rv-shared-links >> #no-links", text -> text.contains("none"));
    chrome.assertNoComplaints();
  }

  @Test
  void hostileNames_showAsText() throws IOException, InterruptedException {
    String evil = "<img src=x onerror=window.hacked=1>";
    server.track("[{\"event\": \"" + evil + "\", \"user\": \"u\"}]");
    String tile =
        ORDERS
            .replace("'Orders'", "'" + evil + "'")
            .replace("order_completed", "%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E");
    String words =
        "{'id':'words','kind':'text','options':{'text':'"
            + evil
            + "'},'place':{'column':1,'row':3,'width':3,'height':2}}";
    server.saveBoard("hostile", board(tile, words).replace("A board", evil));
    chrome.open(server.signedIn("/boards/hostile"));
    chrome.until("rv-board-page >> h1", text -> text.equals(evil));
    chrome.until(tile("words"), text -> text.contains(evil));
    chrome.until(number("orders"), text -> text.equals("1"));
    chrome.open(server.address("/boards"));
    chrome.until("#boards", text -> text.contains(evil));
    assertNull(chrome.run("return window.hacked"));
  }

  @Test
  void narrowScreen_nothingScrollsSideways() throws IOException, InterruptedException {
    server.saveBoard("narrow", board(ORDERS, COUNTRIES));
    assertFitsPhone("rv-board-tile >> h2", "/boards/narrow");
    assertFitsPhone("rv-boards-page >> #templates", "/boards");
    assertFitsPhone("rv-board-bar >> .acts", "/boards/narrow?edit=1");
  }

  private void save() {
    chrome.click("#save");
    chrome.type("#admin-key", Served.ADMIN_KEY, Keys.ENTER);
    chrome.untilGone("#save");
    // The refusal of the reading key is what this wants.
    chrome.complaints();
  }

  private List<String> places(String... ids) {
    return List.of(ids).stream()
        .map(
            id -> {
              var style = "getComputedStyle(arguments[0])";
              var script =
                  "return " + style + ".gridRowStart + ' ' + " + style + ".gridColumnStart";
              return String.valueOf(chrome.run(script, chrome.element(tile(id))));
            })
        .toList();
  }

  private void awaitPlaces(List<String> wanted) throws InterruptedException {
    for (int look = 0; look < 1_200 && !places("orders", "countries").equals(wanted); look++) {
      Thread.sleep(50);
    }
    assertEquals(wanted, places("orders", "countries"));
  }

  private static String tile(String id) {
    return "rv-board-grid >> [data-id=" + id + "]";
  }

  private static String number(String id) {
    return tile(id) + " >> .value >> rv-number";
  }

  private static String board(String... tiles) {
    return "{'title':'A board','tiles':[%s]}".formatted(String.join(",", tiles)).replace('\'', '"');
  }

  private static String orders(String prefix, int many) {
    var events = new StringBuilder();
    for (int i = 0; i < many; i++) {
      events.append(i == 0 ? "" : ",");
      events.append(
          "{\"event\":\"order_completed\",\"user\":\"%s%d\",\"properties\":{\"country\":\"%s\",\"total\":%d}}"
              .formatted(prefix, i, i % 3 == 0 ? "FR" : "DE", 20 + i));
    }
    return "[" + events + "]";
  }
}
