package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import dev.rivulet.projects.Project;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.views.breakdowns.EventCountBy;
import dev.rivulet.views.breakdowns.EventProperties;
import dev.rivulet.views.breakdowns.TopValues;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.counts.ThoroughCount;
import dev.rivulet.views.uniques.ThoroughUniques;
import dev.rivulet.views.uniques.UniquePeople;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is past the bounds of names is never told as if it were all. */
@ExtendWith(RealRedis.Shared.class)
class NamesBoundIT {
  private static final String PROJECT = Project.DEFAULT;
  private static final String PLAN = "plan";
  private static final String LATE = "late";

  private final long now = System.currentTimeMillis();
  private final Range range = Range.between(now - 3_600_000, now + 3_600_000);
  private Rivulet rivulet;

  /** One name more than are told apart: two people did it, one of them twice. */
  @BeforeEach
  void fill(RealRedis redis) {
    rivulet =
        Rivulet.open(
            RivuletOptions.defaults().withRedis(redis.address().toString()).withPartitions(1));
    List<EventDraft> events = new ArrayList<>();
    for (int i = 0; i < Limits.EVENT_NAMES; i++) {
      events.add(Event.named("n" + i).by("u1").with(PLAN, "free"));
    }
    rivulet.await(rivulet.track(PROJECT, events));
    var late = new ArrayList<EventDraft>();
    for (String user : List.of("u1", "u2", "u1")) {
      late.add(Event.named(LATE).by(user).with(PLAN, "pro"));
    }
    rivulet.await(rivulet.track(PROJECT, late));
  }

  @AfterEach
  void close() {
    if (rivulet != null) {
      rivulet.close();
    }
  }

  @Test
  void nameThatIsToldApart_isExact() {
    assertTrue(rivulet.ask(people("n7")).exact());
    assertEquals(1, rivulet.ask(people("n7")).total());
    var top = rivulet.ask(top("n7"));
    assertEquals(Boolean.TRUE, top.exact());
    assertEquals(1, top.total());
  }

  @Test
  void nameThatIsNot_saysSo_orIsReadFromTheLog() {
    assertFalse(rivulet.ask(people(LATE)).exact());
    var people = rivulet.ask(new ThoroughUniques(people(LATE)));
    assertEquals(2, people.total());
    assertTrue(people.exact());
    var count = rivulet.ask(new ThoroughCount(new EventCount(PROJECT, LATE, range, null, null)));
    assertEquals(3, count.total());
    var top = rivulet.ask(top(LATE));
    assertNotEquals(Boolean.TRUE, top.exact());
    assertEquals(1.0, top.error());
    var by = rivulet.ask(new EventCountBy(PROJECT, LATE, PLAN, range, null, null, 10));
    assertNotEquals(Boolean.TRUE, by.exact());
    assertEquals(1.0, by.error());
  }

  @Test
  void propertiesPastTheBoundOfAnEvent_areCounted() {
    EventDraft wide = Event.named("n0").by("u1");
    for (int i = 0; i < Limits.EVENT_PROPERTIES + 10; i++) {
      wide.with("p" + i, i);
    }
    rivulet.await(rivulet.track(wide));
    assertEquals(10, rivulet.ask(new EventProperties(PROJECT, "n0")).overflowed());
  }

  private UniquePeople people(String event) {
    return new UniquePeople(PROJECT, event, range, null, null);
  }

  private TopValues top(String event) {
    return new TopValues(PROJECT, event, PLAN, range, 10);
  }
}
