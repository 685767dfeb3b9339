package dev.rivulet.server.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a page asks again after news, whenever the news comes. */
class RefresherIT extends PageTest {
  /** A page that asks as long as the script wants; {@code quiet} is when nothing more will come. */
  private static final String PAGE =
      """
      return import("/ui/lib/refresher.js").then(async ({ Refresher }) => {
        const host = { isConnected: true, addController() {} };
        let [may, asked, answer] = [true, 0, null];
        const again = () => new Promise((done) => { asked += 1; answer = done; });
        const refresher = new Refresher(host, again, { pause: () => 0, may: () => may });
        const until = async (holds) => { while (!holds()) await new Promise((done) => setTimeout(done, 5)); };
        const quiet = () => refresher.timer === undefined;
        const told = [];
        %s
        return told;
      });
      """;

  @Test
  void newsWhileItAsks_isAskedForAfterwards_once() {
    assertEquals(
        List.of(1L, 2L),
        inPage(
            """
            refresher.soon();
            refresher.soon();
            await until(() => asked === 1);
            refresher.soon();
            refresher.soon();
            told.push(asked);
            answer();
            await until(() => asked === 2);
            answer();
            await until(quiet);
            told.push(asked);
            """));
  }

  @Test
  void newsWhileItMayNot_isAskedForOnceItMay() {
    assertEquals(
        List.of(true, 1L),
        inPage(
            """
            may = false;
            refresher.soon();
            told.push(quiet());
            may = true;
            refresher.start();
            await until(() => asked === 1);
            answer();
            await until(quiet);
            refresher.start();
            told.push(asked);
            """));
  }

  @Test
  void newsWhenThePageIsLeft_isForgotten() {
    assertEquals(
        List.of(1L, true),
        inPage(
            """
            refresher.soon();
            await until(() => asked === 1);
            refresher.soon();
            host.isConnected = false;
            refresher.hostDisconnected();
            answer();
            await new Promise((done) => setTimeout(done));
            told.push(asked, quiet());
            """));
  }

  private @Nullable Object inPage(String script) {
    chrome.open(server.signedIn("/"));
    return chrome.run(PAGE.formatted(script));
  }
}
