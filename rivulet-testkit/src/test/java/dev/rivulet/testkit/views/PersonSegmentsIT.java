package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.Traffic;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.PersonSegments;
import dev.rivulet.view.Query;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import dev.rivulet.view.Writes;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values of people through a view that has next to no memory and values that are long. */
class PersonSegmentsIT extends ViewContract {
  private static final int PEOPLE = 60;

  @Override
  protected View view() {
    return new TallyView();
  }

  @Override
  protected List<Event> events(long seed) {
    return new Traffic(seed, PROJECT, PEOPLE).between(from(), to(), 800);
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      queries.add(new Tally(PROJECT, "user-" + i));
    }
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    Map<String, Long> expected = new HashMap<>();
    recount.events().forEach(event -> expected.merge(event.user(), 1L, Long::sum));
    for (int i = 0; i < PEOPLE; i++) {
      String user = "user-" + i;
      assertEquals(expected.getOrDefault(user, 0L), driver.ask(new Tally(PROJECT, user)), user);
    }
  }

  @Test
  void erasures_amongEvents_leaveWhatCameAfter(RealRedis redis) {
    long seed = Long.getLong("rivulet.test.seed", 7);
    var random = new Random(seed);
    redis.flush();
    try (var driver =
        RivuletDriver.open(redis.address(), 2, ZoneOffset.UTC, List.of(new TallyView()))) {
      Map<String, Long> expected = new HashMap<>();
      for (int batch = 0; batch < 150; batch++) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          String user = "user-" + random.nextInt(300);
          boolean erased = random.nextInt(10) == 0;
          events.add(
              new Event(
                  PROJECT,
                  erased ? Kind.ERASURE : Kind.EVENT,
                  erased ? "erasure" : "view",
                  user,
                  null,
                  batch,
                  batch,
                  Properties.NONE));
          expected.merge(user, 1L, (known, one) -> erased ? 0 : known + one);
          if (erased) {
            expected.put(user, 0L);
          }
        }
        driver.append(events);
        driver.foldAll();
        if (random.nextInt(20) == 0) {
          driver.restart();
        }
      }
      expected.forEach(
          (user, count) ->
              assertEquals(count, driver.ask(new Tally(PROJECT, user)), user + ", seed " + seed));
      assertTrue(expected.containsValue(0L));
    }
  }

  private record Tally(String project, String user) implements Query<Long> {
    @Override
    public Long answer(Asking asking) {
      long[] found = new long[1];
      int home = asking.partition(user);
      asking.scatter(
          "tallies",
          (scope, reads) -> {
            if (scope.partition() == home) {
              PersonSegments.read(
                  scope,
                  "people",
                  project,
                  user,
                  reads,
                  stored -> found[0] = stored == null ? 0 : stored.zigzag());
            }
          });
      return found[0];
    }
  }

  private static final class TallyView implements View {
    @Override
    public String name() {
      return "tallies";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public boolean folds(Kind kind) {
      return kind == Kind.EVENT || kind == Kind.ERASURE;
    }

    @Override
    public State open(Scope scope) {
      return new TallyState(scope);
    }
  }

  private static final class TallyState implements State, PersonSegments.Codec<long[]> {
    private final PersonSegments<long[]> people;

    private TallyState(Scope scope) {
      people = new PersonSegments<>(scope, "people", this, 4_000);
    }

    @Override
    public void load(List<Occurrence> batch, Reads reads) {
      batch.forEach(people::want);
      people.load(reads);
    }

    @Override
    public void fold(Occurrence occurrence) {
      if (occurrence.event().kind() == Kind.ERASURE) {
        people.forget(occurrence);
      } else {
        people.of(occurrence)[0]++;
        people.changed(occurrence);
      }
    }

    @Override
    public void write(Writes writes) {
      people.write(writes);
    }

    @Override
    public long[] fresh() {
      return new long[1];
    }

    @Override
    public long[] decode(String project, ByteReader in) {
      return new long[] {in.zigzag()};
    }

    @Override
    public boolean encode(String project, long[] value, ByteWriter out) {
      out.zigzag(value[0]);
      out.bytes(new byte[300], 0, 300);
      return value[0] > 0;
    }
  }
}
