package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test of pages: one real server and one real browser for all tests of the class, which leave the
 * browser as they found it and share what the server holds.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PageTest {
  Served server;
  Chrome chrome;

  /** Sends what the pages are to show. Nothing, for tests that send their own. */
  void fill() throws IOException, InterruptedException {}

  @BeforeAll
  final void serve(@TempDir Path data) throws IOException, InterruptedException {
    server = new Served(data);
    fill();
    chrome = new Chrome();
  }

  @AfterAll
  final void stop() throws IOException {
    if (chrome != null) chrome.close();
    if (server != null) server.close();
  }

  @AfterEach
  final void leave() {
    chrome.forget();
  }

  /**
   * Opens the pages on a phone, 360 px wide: none may scroll sideways.
   *
   * @param loaded what a page shows once it is complete
   */
  void assertFitsPhone(String loaded, String... paths) {
    assertFitsPhone(server, loaded, paths);
  }

  /** As above, for the pages of another server, such as one that holds nothing yet. */
  void assertFitsPhone(Served shown, String loaded, String... paths) {
    for (var path : paths) {
      chrome.open(shown.signedIn(path));
      chrome.resize(360, 740);
      chrome.until(loaded, text -> !text.isEmpty());
      assertEquals(
          0L,
          chrome.run("return Math.max(0, document.documentElement.scrollWidth - innerWidth)"),
          path);
    }
    chrome.assertNoComplaints();
  }

  /** A page's text with every gap one space, as a reader hears it. */
  static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").replace(" ,", ",").trim();
  }
}
