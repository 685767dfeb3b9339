package dev.rivulet.examples;

import dev.rivulet.Rivulet;
import dev.rivulet.event.Event;
import dev.rivulet.time.Range;
import dev.rivulet.views.breakdowns.EventCountBy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Watch a breakdown move by itself while events come in. */
public final class LiveNumbers {
  private LiveNumbers() {}

  public static void main(String[] args) throws InterruptedException {
    var range = Range.last(Duration.ofHours(1));
    var byPlan = new EventCountBy("default", "signup", "plan", range, null, null, 10);
    var seen = new CountDownLatch(1);
    try (Rivulet rivulet = Rivulet.embedded(Path.of(args.length > 0 ? args[0] : "data"));
        var watching =
            rivulet.watch(
                byPlan,
                answer -> {
                  answer.groups().forEach(g -> System.out.println(g.group() + " " + g.total()));
                  if (answer.total() >= 3) {
                    seen.countDown();
                  }
                })) {
      rivulet.track(Event.named("signup").by("u1").with("plan", "pro"));
      rivulet.track(Event.named("signup").by("u2").with("plan", "free"));
      rivulet.track(Event.named("signup").by("u3").with("plan", "pro"));
      seen.await();
    }
  }
}
