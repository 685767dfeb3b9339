package dev.rivulet.testkit.live;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.live.Changes;
import dev.rivulet.redis.HostPort;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.testkit.redis.RealCluster;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one node tells, another one hears: on a real cluster whose slots and primaries change. */
@Timeout(600)
class ChangesClusterIT {
  private static final int PARTITIONS = 8;

  private final Hearing heardByA = new Hearing();
  private final Hearing heardByB = new Hearing();
  private RealCluster cluster;
  private RedisNodes nodesOfA;
  private RedisNodes nodesOfB;
  private Changes a;
  private Changes b;

  @BeforeEach
  void start() throws InterruptedException {
    cluster = RealCluster.start();
    nodesOfA = RedisNodes.connect(cluster.address());
    nodesOfB = RedisNodes.connect(cluster.address());
    a = RedisStores.changes(nodesOfA, PARTITIONS, heardByA);
    b = RedisStores.changes(nodesOfB, PARTITIONS, heardByB);
    heardByA.awaitAll(3); // one for each primary
    heardByB.awaitAll(3);
  }

  @AfterEach
  void stop() {
    a.close();
    b.close();
    nodesOfA.close();
    nodesOfB.close();
    cluster.close();
  }

  @Test
  void everyPartition_isHeard_afterSlotsMovedAndPrimariesChanged() throws InterruptedException {
    awaitTold("at-first");
    for (String tag : new String[] {"0", "3"}) {
      int before = heardByB.all();
      cluster.moveSlot(tag);
      heardByB.awaitAll(before + 1);
      awaitTold("moved-" + tag);
    }
    int before = heardByB.all();
    String lost = cluster.killPrimaryOf("1");
    cluster.awaitFailover("1", lost);
    heardByB.awaitAll(before + 1);
    awaitTold("failed-over");
    cluster.restart(lost);
    awaitTold("come-back");
    before = heardByB.all();
    String hanging = cluster.pausePrimaryOf("2");
    cluster.awaitFailover("2", hanging);
    heardByB.awaitAll(before + 1);
    awaitTold("went-on");
    cluster.resume(hanging);
    cluster.awaitWhole();
    awaitTold("whole");
    cutAll();
    awaitTold("connected-again");
  }

  /** A message may be lost while connections are made, so it is told until it is heard. */
  private void awaitTold(String what) throws InterruptedException {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      String project = what + "-" + partition;
      while (!heardByB.heard(project) || !heardByA.heard(project)) {
        a.tell(partition, Set.of(project));
        b.tell(partition, Set.of(project));
        Thread.sleep(20);
      }
    }
  }

  private void cutAll() {
    for (String primary : cluster.primaries()) {
      int colon = primary.lastIndexOf(':');
      int port = Integer.parseInt(primary.substring(colon + 1));
      try (var operator =
          RedisConnection.open(
              new RedisAddress.Standalone(new HostPort("127.0.0.1", port), null, 0, false))) {
        operator.send(bytes("CLIENT"), bytes("KILL"), bytes("TYPE"), bytes("pubsub"));
        operator.receive();
      }
    }
  }
}
