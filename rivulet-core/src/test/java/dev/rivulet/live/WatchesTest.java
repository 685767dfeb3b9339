package dev.rivulet.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchesTest {
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
      assertTrue(answered.await(5, TimeUnit.SECONDS));
      release.countDown();
    }
  }

  @Test
  void watch_equalQuestions_areAskedOnceAndBothHear() throws InterruptedException {
    var asked = new AtomicInteger();
    var heard = new CountDownLatch(20);
    try (var watches = new Watches(query -> asked.incrementAndGet() < 0 ? "never" : "same")) {
      for (int i = 0; i < 20; i++) {
        watches.watch(new Question("p", "q"), answer -> heard.countDown());
      }
      assertTrue(heard.await(5, TimeUnit.SECONDS));
      assertTrue(asked.get() < 20, asked + " asked");
    }
  }

  @Test
  void close_ofOneSubscription_leavesTheOther() throws InterruptedException {
    var asked = new AtomicInteger();
    var went = new AtomicInteger();
    var more = new CountDownLatch(3);
    try (var watches = new Watches(query -> asked.incrementAndGet())) {
      watches.watch(new Question("p", "q"), answer -> went.incrementAndGet()).close();
      int before = went.get();
      watches.watch(
          new Question("p", "q"),
          answer -> {
            more.countDown();
          });
      assertTrue(more.await(10, TimeUnit.SECONDS));
      assertTrue(went.get() <= before + 1);
    }
  }

  private static Object answer(Query<?> query, CountDownLatch release) {
    if (((Question) query).name().equals("slow")) {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return "answer";
  }
}
