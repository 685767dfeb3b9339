package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.log.LogUnavailable;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.views.counts.EventCount;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One primary with one replica, which must have an event before it is acknowledged. */
class ReplicasIT {
  private RealRedis primary;
  private RealRedis replica;
  private Rivulet rivulet;

  @BeforeEach
  void open() {
    primary = RealRedis.start();
    String port = Integer.toString(primary.address().node().port());
    replica = RealRedis.start("--replicaof", "127.0.0.1", port, "--repl-diskless-load", "disabled");
    rivulet = Rivulet.open(on(primary).withReplicas(1));
  }

  @AfterEach
  void close() {
    replica.cont();
    if (rivulet != null) {
      rivulet.close();
    }
    replica.close();
    primary.close();
  }

  @Test
  void append_replicaStandsStill_isRefusedAndCountsOnceWhenSentAgain() throws Exception {
    untilTaken("first");
    replica.stop();
    var refused =
        assertThrows(
            ExecutionException.class, () -> rivulet.track(draft("second")).appended().get());
    var why = assertInstanceOf(LogUnavailable.class, refused.getCause());
    assertTrue(String.valueOf(why.getMessage()).contains("replicas: 1; 0 did"), why::getMessage);
    replica.cont();
    untilTaken("second");
    assertEquals(2, Books.settled(rivulet).accepted());
    var all = new EventCount("default", null, Range.last(Duration.ofHours(1)), null, null);
    assertEquals(2, rivulet.ask(all).total());
  }

  @Test
  void append_acknowledged_isInTheReplica() {
    untilTaken("first");
    for (int i = 0; i < 50; i++) {
      untilTaken("e" + i);
    }
    primary.kill9();
    assertEquals(51, SurvivingLog.replicated(replica.address(), RivuletOptions.PARTITIONS));
  }

  @Test
  void open_embeddedRedis_namesWhatCannotBe() {
    var problem =
        assertThrows(
            IllegalArgumentException.class,
            () -> Rivulet.open(RivuletOptions.defaults().withReplicas(1)));
    assertTrue(String.valueOf(problem.getMessage()).contains("replicas is 1"), problem::getMessage);
  }

  /** A replica that has just been linked, or is slow, confirms a little later. */
  private void untilTaken(String id) {
    Patience.until(
        id + " is acknowledged",
        () -> {
          rivulet.track(draft(id)).appended().get();
          return true;
        });
  }

  private static EventDraft draft(String id) {
    return Event.named("signup").by("u-" + id).id(id);
  }

  private static RivuletOptions on(RealRedis redis) {
    return RivuletOptions.defaults().withRedis(redis.address().toString());
  }
}
