package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.engine.FoldListener;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.PartitionWorker;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.event.EntryId;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import dev.rivulet.views.Rooms;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three owners of every partition at once: they fence each other, and each event counts once. */
@ExtendWith(RealRedis.Shared.class)
class RivalOwnersIT {
  private static final int PARTITIONS = 2;
  private static final int COMMITS = 3_000;

  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong fenced = new AtomicLong();
  private volatile boolean running = true;

  @Test
  void threeOwners_ofEachPartition_countOnce(RealRedis redis) throws Exception {
    long seed = Chance.seed("RivalOwnersIT");
    long end = System.currentTimeMillis();
    var options =
        RivuletOptions.defaults().withRedis(redis.address().toString()).withPartitions(PARTITIONS);
    List<Thread> rivals = new ArrayList<>();
    try (var rivulet = Rivulet.open(options);
        var nodes = RedisNodes.connect(redis.address());
        var clients = Clients.start(3, seed, end, () -> rivulet)) {
      for (int i = 0; i < 2 * PARTITIONS; i++) {
        int partition = i / 2;
        var rival = new Thread(() -> fold(nodes, partition), "rival-" + i);
        rivals.add(rival);
        rival.start();
      }
      Patience.until(
          COMMITS + " commits of the rivals, some fenced",
          () -> commits.get() >= COMMITS && fenced.get() > 0);
      clients.stop();
      Books.assertExact(rivulet, clients.acknowledged(), end);
      System.out.println(commits + " commits of the rivals, of these fenced: " + fenced);
      assertTrue(fenced.get() > 0);
    } finally {
      running = false;
      for (Thread rival : rivals) {
        rival.join();
      }
    }
  }

  private void fold(RedisNodes nodes, int partition) {
    var views = new ViewSet(Rooms.all(), project -> ZoneId.of("UTC"));
    try (var store = new Counting(RedisStores.fold(nodes, partition))) {
      var worker = new PartitionWorker(partition, store, views, 1_000_000, new FoldListener() {});
      while (running) {
        worker.step(Duration.ofMillis(50));
      }
    }
  }

  /** Counts what becomes of the commits. */
  private final class Counting implements FoldStore {
    private final FoldStore store;

    private Counting(FoldStore store) {
      this.store = store;
    }

    @Override
    public Slice read(EntryId after, int mostEntries, Duration patience) {
      return store.read(after, mostEntries, patience);
    }

    @Override
    public void load(Reads reads) {
      store.load(reads);
    }

    @Override
    public CommitOutcome commit(Writes writes, Offset next) {
      CommitOutcome outcome = store.commit(writes, next);
      commits.incrementAndGet();
      if (outcome instanceof CommitOutcome.Fenced) {
        fenced.incrementAndGet();
      }
      return outcome;
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
