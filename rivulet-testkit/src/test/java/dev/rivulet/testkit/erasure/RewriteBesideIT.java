package dev.rivulet.testkit.erasure;

import static dev.rivulet.redis.RedisConnection.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.engine.Fill;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.policies.LogStorage;
import dev.rivulet.policies.Rewrite;
import dev.rivulet.policies.Rewrite.Step;
import dev.rivulet.policies.RewriteStore;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Query;
import dev.rivulet.views.counts.CountsView;
import dev.rivulet.views.online.OnlineView;
import dev.rivulet.views.recent.RecentView;
import dev.rivulet.views.uniques.UniquesView;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log is rewritten beside those who fold it, trim it, fill from it and rewrite it too. */
@ExtendWith(RealRedis.Shared.class)
class RewriteBesideIT {
  private static final String GONE = "gone-with-the-wind@example.org";
  private static final Query<Map<String, Long>> VISITS = new VisitsView.PerPerson(Logs.PROJECT);

  private Logs logs;
  private RivuletDriver driver;

  @BeforeEach
  void open(RealRedis redis) {
    logs = new Logs(redis.address());
    driver =
        RivuletDriver.open(
            redis.address(),
            1,
            ZoneOffset.UTC,
            List.of(
                new VisitsView(),
                new CountsView(),
                new UniquesView(),
                new RecentView(),
                new OnlineView()));
  }

  @AfterEach
  void close() {
    driver.close();
    logs.close();
  }

  @Test
  void rivals_fenceEachOther() {
    logs.populate(driver, GONE, new Random(7), 5 * 32);
    fold(logs.erasure(GONE));
    List<String> expected = withoutGone(logs.records());
    var random = new Random(7);
    try (RewriteStore a = logs.open();
        RewriteStore b = logs.open()) {
      Rewrite one = logs.rewrite(a);
      Rewrite two = logs.rewrite(b);
      int steps = 0;
      while ((random.nextBoolean() ? one : two).step() != Step.NOTHING) {
        assertTrue(++steps < 1_000);
      }
    }
    assertEquals(expected, logs.records());
    assertEquals(List.of(), logs.search(GONE));
  }

  @Test
  void trimmedMeanwhile_staysTrimmed_andNothingElseGoes() {
    logs.populate(driver, GONE, new Random(8), 6 * 32);
    fold(logs.erasure(GONE));
    LogStorage keeper = RedisStores.logStorage(logs.nodes());
    int[] points = {0};
    Runnable trim =
        () -> {
          if (points[0]++ % 4 == 0 && points[0] < 80) {
            keeper.trimOldest(0, 0.05);
          }
        };
    try (RewriteStore store = new DyingRewriteStore(logs.open(), trim)) {
      Rewrite rewrite = logs.rewrite(store);
      int tries = 0;
      while (rewrite.step() != Step.SWAPPED) {
        assertTrue(++tries < 1_000, "it never swaps");
      }
    }
    byte[] first = (byte[]) requireNonNull(logs.ask("GET", Keys.trimmed(0)));
    List<LogEntry> left = logs.entries();
    assertTrue(left.size() > 10 && left.size() < 6 * 32);
    for (LogEntry entry : left) {
      assertTrue(entry.id().compareTo(EntryId.parse(new String(first, UTF_8))) >= 0);
    }
    assertEquals(List.of(), logs.search(GONE));
    fold(logs.visit("a"));
    assertEquals(left.size() + 1, logs.entries().size());
  }

  @Test
  void wholeLogTrimmed_isDoneToo() {
    logs.populate(driver, GONE, new Random(9), 40);
    fold(logs.erasure(GONE));
    Object last = logs.ask("XADD", Keys.log(0), bytes("*"), bytes("b"), bytes("unreadable"));
    driver.foldAll();
    logs.ask("XTRIM", Keys.log(0), bytes("MAXLEN"), bytes("0"));
    assertEquals(Step.SWAPPED, logs.rewriteAll());
    assertEquals(List.of(), logs.search(GONE));
    driver.append(List.of(logs.visit("a")));
    assertTrue(
        logs.entries()
                .get(0)
                .id()
                .compareTo(EntryId.parse(new String((byte[]) requireNonNull(last), UTF_8)))
            > 0);
  }

  @Test
  void lastEntriesTrimmed_idsGoOnIncreasing() {
    logs.populate(driver, GONE, new Random(10), 40);
    fold(logs.erasure(GONE));
    byte[] ahead = bytes((System.currentTimeMillis() + 3_600_000) + "-0");
    logs.ask("XADD", Keys.log(0), ahead, bytes("b"), bytes("unreadable"));
    logs.ask("XDEL", Keys.log(0), ahead);
    assertEquals(Step.SWAPPED, logs.rewriteAll());
    driver.append(List.of(logs.visit("a")));
    List<LogEntry> entries = logs.entries();
    String newest = entries.get(entries.size() - 1).id().toString();
    assertEquals(new String(ahead, UTF_8).replace("-0", "-1"), newest);
  }

  @Test
  void fillBegunBefore_isWaitedFor_andForgetsThePerson() {
    logs.populate(driver, GONE, new Random(13), 100);
    FillStore fills = RedisStores.fills(logs.nodes());
    var view = new VisitsView();
    int generation = fills.begin(0, VisitsView.ROOM, 2);
    var set = new ViewSet(List.of(view), project -> ZoneOffset.UTC);
    try (FoldStore own = fills.fillFold(0, VisitsView.ROOM, generation);
        FoldStore main = fills.mainFold(0)) {
      var fill = new Fill(0, view, generation, set, own, main);
      fill.step(); // opens
      fill.step(); // folds 32 of 100 entries, the person among them
      assertTrue(fill.folded() > 0);
      fold(logs.erasure(GONE), logs.visit("later"));
      assertEquals(Step.WAITING, logs.rewriteAll());
      assertTrue(requireNonNull(logs.erasures().progress(0)).waiting().contains("filled"));
      while (!fill.step()) {
        // to the end
      }
      fills.end(0, VisitsView.ROOM, generation);
    }
    assertEquals(Step.SWAPPED, logs.rewriteAll());
    driver.restart();
    Map<String, Long> filled = driver.ask(VISITS);
    assertTrue(filled.keySet().stream().noneMatch(person -> person.endsWith(" null")), "" + filled);
    driver.rebuild(VisitsView.ROOM);
    assertEquals(filled, driver.ask(VISITS));
    assertEquals(List.of(), logs.search(GONE));
  }

  @Test
  void fillThatReadBeforeTheErasure_readsAgain() {
    logs.populate(driver, GONE, new Random(14), 10);
    FillStore fills = RedisStores.fills(logs.nodes());
    var view = new VisitsView();
    int generation = fills.begin(0, VisitsView.ROOM, 2);
    var set = new ViewSet(List.of(view), project -> ZoneOffset.UTC);
    boolean[] once = {false};
    Runnable eraseAndRewrite =
        () -> {
          if (!once[0]) {
            once[0] = true;
            fold(logs.erasure(GONE));
            assertEquals(Step.SWAPPED, logs.rewriteAll());
          }
        };
    try (FoldStore own =
            new SlowFoldStore(fills.fillFold(0, VisitsView.ROOM, generation), eraseAndRewrite);
        FoldStore main = fills.mainFold(0)) {
      var fill = new Fill(0, view, generation, set, own, main);
      while (!fill.step()) {
        // the first commit comes after the swap, with what was read before it
      }
      fills.end(0, VisitsView.ROOM, generation);
    }
    assertTrue(once[0]);
    driver.restart();
    Map<String, Long> filled = driver.ask(VISITS);
    assertTrue(filled.keySet().stream().noneMatch(person -> person.endsWith(" null")), "" + filled);
    assertEquals(List.of(), logs.search(GONE));
  }

  @Test
  void memoryTooShort_waitsAndSaysWhy(RealRedis redis) {
    byte[] limit = bytes("maxmemory");
    for (int i = 0; i < 300; i++) {
      List<Event> batch = new ArrayList<>();
      for (int j = 0; j < 20; j++) {
        byte[] noise = new byte[300];
        new Random(i * 31L + j).nextBytes(noise);
        String text = Base64.getEncoder().encodeToString(noise);
        batch.add(logs.event(Kind.EVENT, "visit", GONE, Properties.of(Map.of("text", text))));
      }
      driver.append(batch);
    }
    driver.foldAll();
    fold(logs.erasure(GONE));
    long used = (Long) requireNonNull(logs.ask("MEMORY", bytes("USAGE"), Keys.log(0)));
    try {
      logs.ask("CONFIG", bytes("SET"), limit, bytes(used * 2));
      assertEquals(Step.WAITING, logs.rewriteAll());
      String reason = requireNonNull(logs.erasures().progress(0)).waiting();
      assertTrue(reason.contains("maxmemory"), reason);
      assertEquals(0L, logs.ask("EXISTS", Keys.logCopy(0)));
    } finally {
      logs.ask("CONFIG", bytes("SET"), limit, bytes(0));
    }
    assertEquals(Step.SWAPPED, logs.rewriteAll());
    assertEquals(List.of(), logs.search(GONE));
  }

  private void fold(Event... events) {
    for (Event event : events) {
      driver.append(List.of(event));
    }
    driver.foldAll();
  }

  private static List<String> withoutGone(List<String> records) {
    return records.stream()
        .map(r -> r.endsWith(" " + GONE) ? r.substring(0, r.indexOf(' ')) + " ERASED " : r)
        .toList();
  }
}
