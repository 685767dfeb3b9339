package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.event.Event;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.Traffic;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.online.OnlineNow;
import dev.rivulet.views.online.OnlineView;
import java.util.List;

class OnlineIT extends ViewContract {
  private static final long MINUTE = 60_000;

  /** Minutes expire by the store's clock, so these events are of now. */
  private final long start = System.currentTimeMillis() / MINUTE * MINUTE;

  @Override
  protected View view() {
    return new OnlineView();
  }

  @Override
  protected long from() {
    return start;
  }

  @Override
  protected long to() {
    return start + 30 * MINUTE;
  }

  @Override
  protected List<Event> events(long seed) {
    return new Traffic(seed, PROJECT, 60).between(from(), to(), 600);
  }

  @Override
  protected List<Query<?>> queries() {
    return List.of(new OnlineNow(PROJECT));
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    for (long now = from(); now < to() + 10 * MINUTE; now += 47_123) {
      assertEquals(
          recount.online(now), driver.at(now).ask(new OnlineNow(PROJECT)).online(), "at " + now);
    }
    driver.at(now());
  }
}
