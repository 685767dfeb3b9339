package dev.rivulet.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WatchesTest {
  private static final Question QUESTION = new Question("p", "q");

  private record Question(String project, String name) implements Query<Object> {
    @Override
    public Object answer(Asking asking) {
      return name;
    }
  }

  @Test
  void watch_whileAnotherQuestionTakesLong_isAnswered() throws InterruptedException {
    var release = new CountDownLatch(1);
    var answered = new CountDownLatch(1);
    try (var watches = new Watches(query -> answer(query, release))) {
      watches.watch(new Question("p", "slow"), answer -> {});
      watches.watch(new Question("p", "quick"), answer -> answered.countDown());
      await(answered);
      release.countDown();
    }
  }

  @Test
  void watch_equalQuestions_areAskedOnceForAll() throws InterruptedException {
    var asked = new AtomicInteger();
    var heard = new CountDownLatch(1_000);
    try (var watches = new Watches(query -> asked.incrementAndGet() < 0 ? "never" : "same")) {
      for (int i = 0; i < 1_000; i++) {
        watches.watch(QUESTION, answer -> heard.countDown());
      }
      await(heard);
      assertTrue(asked.get() < 500, asked + " asked");
    }
  }

  @Test
  void watch_equalAnswers_areHandedOnOnce() throws InterruptedException {
    var asked = new AtomicInteger();
    List<Object> heard = new CopyOnWriteArrayList<>();
    try (var watches = new Watches(query -> List.of(asked.incrementAndGet() / 4))) {
      watches.watch(QUESTION, heard::add);
      until(() -> asked.get() > 9);
      until(() -> heard.contains(List.of(2)));
    }
    // Of those that come while a thread is late only the newest is handed on.
    assertEquals(List.copyOf(new LinkedHashSet<>(heard)), List.copyOf(heard));
  }

  @Test
  void watch_ofAQuestionBeingAsked_getsOnlyWhatWasAskedAfterIt() throws InterruptedException {
    var asked = new AtomicInteger();
    var begun = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var firstHeard = new CountDownLatch(1);
    var secondHeard = new CountDownLatch(1);
    List<Object> first = new CopyOnWriteArrayList<>();
    List<Object> second = new CopyOnWriteArrayList<>();
    try (var watches =
        new Watches(
            query -> {
              int number = asked.incrementAndGet();
              begun.countDown();
              return switch (number) {
                case 1 -> waited(release, number);
                case 2 -> waited(firstHeard, number); // else it could overtake the first answer
                default -> waited(secondHeard, number);
              };
            })) {
      watches.watch(
          QUESTION,
          answer -> {
            first.add(answer);
            firstHeard.countDown();
          });
      await(begun);
      watches.watch(
          QUESTION,
          answer -> {
            second.add(answer);
            secondHeard.countDown();
          });
      release.countDown();
      await(secondHeard);
      assertEquals(1, first.get(0));
      assertEquals(2, second.get(0));
    }
  }

  @Test
  void changed_onAndOn_isAnsweredAtMostFiveTimesASecond() throws InterruptedException {
    var asked = new AtomicInteger();
    var state = new AtomicLong();
    var heard = new AtomicLong(-1);
    try (var watches =
        new Watches(
            query -> {
              asked.incrementAndGet();
              return state.get();
            })) {
      long began = System.nanoTime();
      watches.watch(QUESTION, answer -> heard.set((Long) answer));
      for (int i = 0; i < 200; i++) {
        state.incrementAndGet();
        watches.changed(Set.of("p"));
        Thread.sleep(10);
      }
      int askings = asked.get(); // before the look at the clock
      long gaps = (System.nanoTime() - began) / 200_000_000L;
      assertTrue(askings <= gaps + 1, askings + " askings in " + gaps + " gaps");
      until(() -> heard.get() == 200);
    }
  }

  /** No tick could ask thousands of times what the changes ask for in passing. */
  @Test
  void changed_asksTheQuestionsOfTheProjectOnly() throws InterruptedException {
    var own = new AtomicInteger();
    var others = new AtomicInteger();
    try (var watches =
        new Watches(query -> (query.project().equals("p") ? own : others).incrementAndGet())) {
      for (int i = 0; i < 100; i++) {
        watches.watch(new Question("p", "q" + i), answer -> {});
        watches.watch(new Question("other", "q" + i), answer -> {});
      }
      for (int round = 0; round < 1_000 && own.get() < 1_500; round++) {
        watches.changed(Set.of("p", "unknown"));
        Thread.sleep(10);
      }
      assertTrue(own.get() >= 1_500, own + " askings");
      assertTrue(others.get() < own.get(), others + " askings nobody wanted");
      watches.changedAll();
      int before = others.get();
      until(() -> others.get() >= before + 100);
    }
  }

  @Test
  void consumer_thatBlocks_holdsUpNobodyAndGetsTheNewest() throws InterruptedException {
    var state = new AtomicLong();
    var asked = new AtomicInteger();
    var quick = new AtomicLong();
    var release = new Semaphore(0);
    List<Object> slow = new CopyOnWriteArrayList<>();
    try (var watches =
        new Watches(
            query -> {
              asked.incrementAndGet();
              return state.get();
            })) {
      watches.watch(
          QUESTION,
          answer -> {
            slow.add(answer);
            release.acquireUninterruptibly();
          });
      watches.watch(QUESTION, answer -> quick.set((Long) answer));
      until(() -> slow.size() == 1);
      for (int i = 1; i <= 5; i++) {
        long now = state.incrementAndGet();
        watches.changed(Set.of("p"));
        until(() -> quick.get() == now);
      }
      int askings = asked.get();
      until(() -> asked.get() > askings); // so that the last answer is with the slow one too
      assertEquals(List.of(0L), slow);
      release.release(1_000);
      until(() -> slow.contains(5L));
      assertEquals(List.of(0L, 5L), slow);
    }
  }

  @Test
  void asker_orConsumer_thatFails_goesOn() throws InterruptedException {
    var asked = new AtomicInteger();
    List<Object> heard = new CopyOnWriteArrayList<>();
    try (var watches =
        new Watches(
            query -> {
              int number = asked.incrementAndGet();
              if (number == 1) {
                throw new IllegalStateException("the store is away");
              }
              if (number == 2) {
                throw new StackOverflowError();
              }
              return number;
            })) {
      watches.watch(
          QUESTION,
          answer -> {
            heard.add(answer);
            throw new IllegalArgumentException("a consumer that fails");
          });
      until(() -> heard.size() >= 2);
      assertEquals(3, heard.get(0));
    }
  }

  @Test
  void close_ofOneSubscription_leavesTheOther() throws InterruptedException {
    var asked = new AtomicInteger();
    var went = new AtomicInteger();
    var more = new CountDownLatch(3);
    try (var watches = new Watches(query -> asked.incrementAndGet())) {
      Subscription gone = watches.watch(QUESTION, answer -> went.incrementAndGet());
      gone.close();
      int before = went.get();
      watches.watch(QUESTION, answer -> more.countDown());
      await(more);
      assertTrue(went.get() <= before + 1);
      gone.close(); // once more does nothing
      assertEquals(1, watches.count());
    }
  }

  @Test
  void watches_thatComeAndGo_leaveNothingBehind() throws InterruptedException {
    var asked = new AtomicInteger();
    try (var watches = new Watches(query -> asked.incrementAndGet())) {
      for (int i = 0; i < 20_000; i++) {
        watches.watch(new Question("p", "q" + i % 300), answer -> {}).close();
        watches.changed(Set.of("p"));
      }
      assertEquals(0, watches.count());
      var heard = new CountDownLatch(1);
      watches.watch(QUESTION, answer -> heard.countDown());
      await(heard);
    }
  }

  @Test
  void watches_pastTheBound_areRefusedAndTheRestGoesOn() throws InterruptedException {
    var heard = new AtomicInteger();
    try (var watches = new Watches(query -> "same")) {
      for (int i = 0; i < 10_000; i++) {
        watches.watch(new Question("p", "q" + i), answer -> heard.incrementAndGet());
      }
      var refused =
          assertThrows(
              TooManyWatches.class,
              () -> watches.watch(new Question("p", "one more"), answer -> {}));
      assertTrue(String.valueOf(refused.getMessage()).contains("10000"), refused.getMessage());
      assertEquals(10_000, watches.count());
      watches.watch(new Question("p", "q0"), answer -> heard.incrementAndGet());
      until(() -> heard.get() == 10_001);
    }
  }

  private static Object answer(Query<?> query, CountDownLatch release) {
    return ((Question) query).name().equals("slow") ? waited(release, "answer") : "answer";
  }

  private static Object waited(CountDownLatch release, Object answer) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return answer;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(60, TimeUnit.SECONDS));
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited in vain");
      Thread.sleep(5);
    }
  }
}
