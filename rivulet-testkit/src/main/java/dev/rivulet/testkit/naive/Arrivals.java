package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** How events reach us: in order or late, some of them twice. */
final class Arrivals {
  private final Random random;
  private final String prefix;

  /** {@code prefix} begins the ids of its events. */
  Arrivals(Random random, String prefix) {
    this.random = random;
    this.prefix = prefix;
  }

  /**
   * {@code events} as they arrive: by time, wholly out of order, or a few late. Some carry an id
   * and come again, the same in all, at any place after or before.
   */
  List<NaiveEvent> of(List<NaiveEvent> events) {
    List<NaiveEvent> sent = new ArrayList<>();
    for (NaiveEvent event : events) {
      boolean known = random.nextInt(3) == 0;
      String id = known ? prefix + sent.size() : null;
      var one =
          new NaiveEvent(event.time(), event.event(), event.user(), event.properties(), id, 0);
      sent.add(one);
      if (known && random.nextInt(2) == 0) {
        sent.add(one);
      }
    }
    switch (random.nextInt(3)) {
      case 0 -> sent.sort(Comparator.comparingLong(NaiveEvent::time));
      case 1 -> Collections.shuffle(sent, random);
      default -> {
        sent.sort(Comparator.comparingLong(NaiveEvent::time));
        for (int late = random.nextInt(3); late > 0 && sent.size() > 1; late--) {
          NaiveEvent moved = sent.remove(random.nextInt(sent.size() - 1));
          sent.add(moved);
        }
      }
    }
    List<NaiveEvent> arrived = new ArrayList<>();
    for (NaiveEvent event : sent) {
      arrived.add(
          new NaiveEvent(
              event.time(),
              event.event(),
              event.user(),
              event.properties(),
              event.id(),
              arrived.size()));
    }
    return arrived;
  }
}
