package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.uniques.UniquePeople;
import dev.rivulet.views.uniques.UniquesView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class UniquesIT extends ViewContract {
  /** So few that sets leave memory and come back all the time. */
  private static final int MOST_ENTRIES = 300;

  @Override
  protected View view() {
    return new UniquesView(MOST_ENTRIES);
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (String event : new String[] {null, "view", "%2a", "{0}:*?/ day", "never"}) {
      for (Step step : new Step[] {Step.MINUTE, Step.HOUR, Step.DAY, Step.WEEK}) {
        Range all = Range.between(from() - 7_200_000, to() + 7_200_000);
        queries.add(new UniquePeople(PROJECT, event, all, step, null));
      }
    }
    queries.add(new UniquePeople(PROJECT, null, Range.last(Duration.ofHours(5)), null, null));
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    for (Query<?> query : queries()) {
      var people = (UniquePeople) query;
      var answer = driver.ask(people);
      long to = millis(answer.to());
      assertEquals(
          recount.uniques(people.event(), millis(answer.from()), to), answer.total(), query + "");
      for (int i = 0; i < answer.series().size(); i++) {
        var point = answer.series().get(i);
        long end = i + 1 < answer.series().size() ? millis(answer.series().get(i + 1).time()) : to;
        long expected = recount.uniques(people.event(), millis(point.time()), end);
        assertEquals(expected, point.uniques() == null ? 0 : point.uniques(), query + " " + point);
      }
    }
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
