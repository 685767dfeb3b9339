package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.recent.RecentEvents;
import dev.rivulet.views.recent.RecentView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentIT extends ViewContract {
  @Override
  protected View view() {
    return new RecentView();
  }

  @Override
  protected boolean tellsArrival() {
    return true;
  }

  @Override
  protected List<Query<?>> queries() {
    return List.of(
        new RecentEvents(PROJECT, 1),
        new RecentEvents(PROJECT, 10),
        new RecentEvents(PROJECT, 200));
  }

  /** Positions differ between partitions and splits. */
  @Override
  protected Object comparable(Object answer) {
    return ((RecentEvents.Answer) answer)
        .events().stream()
            .map(event -> List.of(event.event(), event.user(), event.time(), event.properties()))
            .toList();
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    for (int limit : new int[] {1, 17, 200}) {
      List<Event> expected = recount.recent(limit);
      var found = driver.ask(new RecentEvents(PROJECT, limit)).events();
      assertEquals(expected.size(), found.size());
      for (int i = 0; i < found.size(); i++) {
        Event event = expected.get(i);
        assertEquals(event.name(), found.get(i).event());
        assertEquals(event.user(), found.get(i).user());
        assertEquals(event.id(), found.get(i).id());
        assertEquals(event.properties().toJson(), found.get(i).properties());
        assertEquals(Instant.ofEpochMilli(event.occurredAt()), Instant.parse(found.get(i).time()));
        assertEquals(
            Instant.ofEpochMilli(event.receivedAt()), Instant.parse(found.get(i).receivedAt()));
        assertTrue(found.get(i).position().matches("\\d/\\d+-\\d+/\\d+"), found.get(i).position());
      }
    }
  }

  @Test
  void limit_outOfBounds_isRefused() {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> new RecentEvents(PROJECT, 201));
    assertEquals("limit 201 is not between 1 and 200", refused.getMessage());
  }
}
