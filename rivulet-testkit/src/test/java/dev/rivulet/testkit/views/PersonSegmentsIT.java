package dev.rivulet.testkit.views;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Event;
import dev.rivulet.event.Hashing;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.redis.RedisConnection;
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
import org.jspecify.annotations.Nullable;
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

  @Test
  void firstFormat_isReadAndGoneOnWith(RealRedis redis) {
    redis.flush();
    try (var driver =
        RivuletDriver.open(redis.address(), 1, ZoneOffset.UTC, List.of(new TallyView()))) {
      store(redis, "based", entry("based", 5), null);
      store(redis, "appended", null, entry("appended", 8));
      store(redis, "both", entry("both", 5), entry("both", 8));
      assertTallies(driver, 5, 8, 8);
      for (long more = 1; more < 5; more++) {
        driver.append(List.of(view("based"), view("appended"), view("both")));
        driver.foldAll();
        assertTallies(driver, 5 + more, 8 + more, 8 + more);
        driver.restart();
      }
    }
  }

  /** What a reader gets who reads the appended part before a merge and the base after it. */
  @Test
  void read_whatIsMergedAlready_countsOnce(RealRedis redis) {
    redis.flush();
    try (var driver =
        RivuletDriver.open(redis.address(), 1, ZoneOffset.UTC, List.of(new TallyView()))) {
      int change = 3; // one byte, of a change
      byte[] before = segment("somebody", 1, change, 4);
      store(redis, "somebody", segment("somebody", 1, 1, 5), before);
      assertEquals(9, driver.ask(new Tally(PROJECT, "somebody")));
      store(redis, "somebody", segment("somebody", 2, 1, 9), before);
      assertEquals(9, driver.ask(new Tally(PROJECT, "somebody")));
    }
  }

  private static void assertTallies(RivuletDriver driver, long based, long appended, long both) {
    assertEquals(based, driver.ask(new Tally(PROJECT, "based")));
    assertEquals(appended, driver.ask(new Tally(PROJECT, "appended")));
    assertEquals(both, driver.ask(new Tally(PROJECT, "both")));
  }

  private static void store(
      RealRedis redis, String user, byte @Nullable [] base, byte @Nullable [] appended) {
    String key = "rv:{0}:tallies:" + PROJECT + ":people";
    String segment = Long.toString(hash(user) & (PersonSegments.SEGMENTS - 1));
    try (var connection = RedisConnection.open(redis.address())) {
      if (base != null) {
        connection.send(bytes("HSET"), bytes(key), bytes(segment), base);
        connection.receive();
      }
      if (appended != null) {
        connection.send(bytes("SET"), bytes(key + ":" + segment), appended);
        connection.receive();
      }
    }
  }

  private static Event view(String user) {
    return new Event(PROJECT, Kind.EVENT, "view", user, null, 1, 1, Properties.NONE);
  }

  private static long hash(String user) {
    return Hashing.hash(user, Hashing.seed(PROJECT));
  }

  /** A segment of one person in format 1. */
  private static byte[] entry(String user, int count) {
    return entry(user, new ByteWriter(16), 1, 1, count);
  }

  /** A segment of one person in format 2. */
  private static byte[] segment(String user, int generation, int length, int count) {
    return entry(user, new ByteWriter(16), 2, length, count, generation);
  }

  private static byte[] entry(
      String user, ByteWriter out, int format, int length, int count, int... generation) {
    out.oneByte(format);
    for (int number : generation) {
      out.varint(number);
    }
    for (int shift = 56; shift >= 16; shift -= 8) {
      out.oneByte((int) (hash(user) >>> shift));
    }
    out.varint(length);
    out.zigzag(count);
    return out.toBytes();
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
                  stored -> {
                    Tallied tallied = stored.open(new TallyCodec(), project);
                    found[0] = tallied == null ? 0 : tallied.count;
                  });
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

  /** A long value. */
  private static final class Tallied {
    private long count;
    private long added;
    private boolean doubtful;
  }

  private static final class TallyState implements State {
    private final PersonSegments<Tallied> people;

    private TallyState(Scope scope) {
      people = new PersonSegments<>(scope, "people", new TallyCodec(), 4_000);
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
        Tallied tallied = people.of(occurrence);
        tallied.count++;
        tallied.added++;
        tallied.doubtful |= tallied.count % 7 == 0;
        people.changed(occurrence);
      }
    }

    @Override
    public void write(Writes writes) {
      people.write(writes);
    }
  }

  /** Now and then a change is told by the value. */
  private static final class TallyCodec implements PersonSegments.Codec<Tallied> {
    @Override
    public Tallied fresh() {
      return new Tallied();
    }

    @Override
    public Tallied decode(String project, ByteReader in) {
      var tallied = new Tallied();
      tallied.count = in.zigzag();
      return tallied;
    }

    @Override
    public boolean encode(String project, Tallied value, ByteWriter out) {
      out.zigzag(value.count);
      out.bytes(new byte[300], 0, 300);
      return value.count > 0;
    }

    @Override
    public boolean encodeChanges(String project, Tallied value, ByteWriter out) {
      out.zigzag(value.added);
      return !value.doubtful;
    }

    @Override
    public void apply(String project, Tallied value, ByteReader in) {
      value.count += in.zigzag();
    }
  }
}
