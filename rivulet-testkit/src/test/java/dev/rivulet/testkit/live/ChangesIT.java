package dev.rivulet.testkit.live;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.engine.Keys;
import dev.rivulet.live.Changes;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.testkit.redis.RealRedis;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What one node tells, another one hears: on one Redis that is killed, hangs and is lied through.
 */
@Timeout(300)
class ChangesIT {
  private static final int PARTITIONS = 4;

  private final Hearing heardByA = new Hearing();
  private final Hearing heardByB = new Hearing();
  private RealRedis redis;
  private RedisNodes nodes;
  private Changes a;
  private Changes b;

  @BeforeEach
  void start() throws InterruptedException {
    redis = RealRedis.start();
    nodes = RedisNodes.connect(redis.address());
    a = RedisStores.changes(nodes, PARTITIONS, heardByA);
    b = RedisStores.changes(nodes, PARTITIONS, heardByB);
    heardByA.awaitAll(1);
    heardByB.awaitAll(1);
  }

  @AfterEach
  void stop() {
    a.close();
    b.close();
    nodes.close();
    redis.close();
  }

  @Test
  void tell_isHeardByTheOtherNodesOnly() throws InterruptedException {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      a.tell(partition, Set.of("shop-" + partition));
      heardByB.await("shop-" + partition);
    }
    b.tell(0, Set.of("from-b"));
    heardByA.await("from-b");
    assertFalse(heardByA.heard("shop-0"));
    assertFalse(heardByB.heard("from-b"));
  }

  @Test
  void tell_often_isToldTogether() throws InterruptedException {
    int told = 20_000;
    for (int i = 0; i < told; i++) {
      a.tell(i % PARTITIONS, Set.of("shop"));
    }
    a.tell(0, Set.of("last"));
    heardByB.await("last");
    assertTrue(heardByB.messages() < told / 10, heardByB.messages() + " messages");
  }

  @Test
  void tell_ofVeryManyProjects_isThatAnyMayHaveChanged() throws InterruptedException {
    Set<String> many = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      many.add("project-" + i);
    }
    int before = heardByB.all();
    a.tell(2, many);
    heardByB.awaitAll(before + 1);
    assertEquals(0, heardByB.messages());
  }

  @Test
  void tell_ofNothing_saysNothing() throws InterruptedException {
    int before = heardByB.all();
    a.tell(1, Set.of());
    a.tell(1, Set.of("something"));
    heardByB.await("something");
    assertEquals(before, heardByB.all());
  }

  @Test
  void messages_forgedOrBroken_areIgnored() throws InterruptedException {
    byte[][] broken = {
      {}, {0}, {1}, {2, 0, 0}, new byte[4], new byte[5_000], bytes("hello"), bytes("\1aaaaaaaa\177")
    };
    try (var forger = RedisConnection.open(redis.address())) {
      for (byte[] payload : broken) {
        publish(forger, payload);
      }
      byte[] tooMany = new byte[10];
      tooMany[0] = 1;
      tooMany[9] = 100;
      publish(forger, tooMany);
      byte[] huge = new byte[4 << 20];
      huge[0] = 1;
      publish(forger, huge);
    }
    int before = heardByB.all();
    a.tell(0, Set.of("true"));
    heardByB.await("true");
    assertEquals(1, heardByB.messages());
    assertEquals(before, heardByB.all());
  }

  @Test
  void redisKilled_isHeardAgainAfterItsReturn() throws InterruptedException {
    int before = heardByB.all();
    redis.kill9();
    a.tell(0, Set.of("lost")); // neither blocks nor throws
    redis.restart();
    heardByB.awaitAll(before + 1);
    awaitTold("found");
  }

  @Test
  void redisHangs_isNoticedAndHeardAgain() throws InterruptedException {
    int before = heardByB.all();
    redis.stop();
    for (int i = 0; i < 1_000; i++) {
      a.tell(i % PARTITIONS, Set.of("shop")); // longer than the test may last, if it waited
    }
    long silence = 6_500; // longer than what is taken for death
    Thread.sleep(silence);
    redis.cont();
    while (!heardByB.awaitAll(before + 1, silence)) { // on a busy machine nobody noticed
      silence *= 2;
      redis.stop();
      Thread.sleep(silence);
      redis.cont();
    }
    awaitTold("found");
  }

  @Test
  void connectionsCut_areMadeAgain() throws InterruptedException {
    try (var operator = RedisConnection.open(redis.address())) {
      for (int i = 0; i < 5; i++) {
        int before = heardByB.all();
        operator.send(bytes("CLIENT"), bytes("KILL"), bytes("TYPE"), bytes("pubsub"));
        operator.receive();
        heardByB.awaitAll(before + 1);
        awaitTold("round-" + i);
      }
    }
  }

  @Test
  void close_sendsWhatWaits() throws InterruptedException {
    a.tell(3, Set.of("first"));
    a.tell(3, Set.of("second"));
    a.close();
    heardByB.await("second");
  }

  /** A message may be lost while a publisher rests after a failure, so it is told until heard. */
  private void awaitTold(String project) throws InterruptedException {
    while (!heardByB.heard(project)) {
      a.tell(0, Set.of(project));
      Thread.sleep(20);
    }
  }

  private static void publish(RedisConnection forger, byte[] payload) {
    forger.send(bytes("SPUBLISH"), Keys.changes(0), payload);
    assertEquals(2L, forger.receive());
  }
}
