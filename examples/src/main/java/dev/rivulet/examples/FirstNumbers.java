package dev.rivulet.examples;

import dev.rivulet.Rivulet;
import dev.rivulet.event.Event;
import dev.rivulet.time.Range;
import dev.rivulet.views.counts.EventCount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Track a few events inside an application and ask for a number. */
public final class FirstNumbers {
  private FirstNumbers() {}

  public static void main(String[] args) {
    try (Rivulet rivulet = Rivulet.embedded(Path.of(args.length > 0 ? args[0] : "data"))) {
      var signedUp =
          List.of(
              Event.named("signup").by("u1").with("plan", "pro"),
              Event.named("signup").by("u2").with("plan", "free"),
              Event.named("signup").by("u3").with("plan", "pro"));
      rivulet.await(rivulet.track("default", signedUp));

      var lastHour = Range.last(Duration.ofHours(1));
      var signups = rivulet.ask(new EventCount("default", "signup", lastHour, null, null));
      System.out.println(signups.total() + " signups in the last hour");
    }
  }
}
