package dev.rivulet.server.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.RivuletOptions;
import dev.rivulet.testkit.redis.RealCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers on a cluster of three primaries with replicas, under load. One after the other is
 * killed, stopped for longer than its leases, or leaves, and primaries are handed over to their
 * replicas, in any order. Each server then gives exactly what the clients were promised.
 *
 * <p>That a primary dies is another matter: Redis replicates asynchronously, and {@code
 * ClusterFaultsIT} shows that the answers equal what is left.
 */
class NodesStress {
  private static final int ROUNDS = Integer.getInteger("rivulet.stress.rounds", 20);
  private static final int SERVERS = 3;

  /** Leases last five seconds. */
  private static final long HANG_MILLIS = 6_500;

  private enum Fault {
    KILL,
    HANG,
    LEAVE,
    HAND_OVER,
    HAND_OVER_WHILE_ONE_HANGS
  }

  /** Of twenty rounds; a hang takes the longest. */
  private static final Map<Fault, Integer> OFTEN =
      new EnumMap<>( // in an order that the seed may rely on
          Map.of(
              Fault.KILL, 8,
              Fault.HANG, 2,
              Fault.LEAVE, 4,
              Fault.HAND_OVER, 5,
              Fault.HAND_OVER_WHILE_ONE_HANGS, 1));

  @TempDir private Path folder;

  @Test
  void serversComeGoAndHang_primariesAreHandedOver_recountExact() throws Exception {
    long seed = Long.getLong("rivulet.faults.seed", System.nanoTime());
    System.out.println("NodesStress: -Drivulet.faults.seed=" + seed);
    var random = new Random(seed);
    long end = System.currentTimeMillis();
    var servers = new ArrayList<ServerProcess>();
    try (var cluster = RealCluster.start()) {
      try {
        for (int i = 0; i < SERVERS; i++) {
          servers.add(ServerProcess.start(folder.resolve("s" + i), cluster.address().toString()));
        }
        try (var clients = HttpClients.start(3, seed, end, servers);
            var auditor = StatusAuditor.start(servers)) {
          var done = new EnumMap<Fault, Integer>(Fault.class);
          List<Fault> bag = new ArrayList<>();
          for (int round = 0; round < ROUNDS; round++) {
            if (bag.isEmpty()) {
              OFTEN.forEach((fault, times) -> bag.addAll(Collections.nCopies(times, fault)));
              Collections.shuffle(bag, random);
            }
            Fault fault = bag.remove(bag.size() - 1);
            clients.awaitMore(1 + random.nextInt(300));
            strike(fault, servers.get(round % SERVERS), cluster, clients, random);
            done.merge(fault, 1, Integer::sum);
          }
          clients.awaitMore(200);
          clients.stop();
          auditor.finish();
          System.out.println(done);
          for (ServerProcess server : servers) {
            server.awaitReady();
            var books = new HttpBooks(server, end);
            books.assertExact(clients);
            books.assertMinutes(clients.acknowledged());
          }
          assertTrue(ROUNDS < 10 || auditor.moves() > 0, "no partition was seen to move");
        }
      } finally {
        servers.forEach(ServerProcess::close);
      }
    }
  }

  private static void strike(
      Fault fault, ServerProcess server, RealCluster cluster, HttpClients clients, Random random)
      throws Exception {
    String tag = Integer.toString(random.nextInt(RivuletOptions.PARTITIONS));
    switch (fault) {
      case KILL -> server.killAndRestart();
      case LEAVE -> {
        server.awaitReady(); // a process that is still starting has nothing to leave
        server.leaveAndRestart();
      }
      case HANG -> {
        server.pause();
        ServerProcess.pause(HANG_MILLIS);
        clients.awaitMore(1 + random.nextInt(100)); // others have taken over
        server.resume();
      }
      case HAND_OVER -> cluster.handOver(tag);
      case HAND_OVER_WHILE_ONE_HANGS -> {
        server.pause();
        cluster.handOver(tag);
        ServerProcess.pause(HANG_MILLIS);
        server.resume();
      }
    }
  }
}
