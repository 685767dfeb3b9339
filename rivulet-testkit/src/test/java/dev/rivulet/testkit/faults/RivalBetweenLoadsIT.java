package dev.rivulet.testkit.faults;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.engine.FoldListener;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.PartitionWorker;
import dev.rivulet.engine.PartitionWorker.Step;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import dev.rivulet.view.Writes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A rival commits the beginning of a batch while its owner loads what the batch needs. What the
 * owner then holds fits nothing, and a view may well say so; no record is to blame for that.
 */
@ExtendWith(RealRedis.Shared.class)
class RivalBetweenLoadsIT {
  private final List<String> aside = new ArrayList<>();
  private int noticed;

  @Test
  void rivalCommitsBetweenTwoLoads_noRecordIsPutAside(RealRedis redis) {
    try (var nodes = RedisNodes.connect(redis.address());
        var connection = RedisConnection.open(redis.address());
        var rivals = new OneEntry(RedisStores.fold(nodes, 0));
        var store = RedisStores.fold(nodes, 0)) {
      var rival = worker(rivals, () -> {});
      var owner =
          worker(store, () -> assertEquals(Step.CAUGHT_UP, rival.step(Duration.ofSeconds(5))));
      assertEquals(Step.RESET, owner.step(Duration.ZERO));
      assertEquals(Step.RESET, rival.step(Duration.ZERO));
      for (String user : List.of("first", "second", "last")) {
        ask(connection, bytes("XADD"), Keys.log(0), bytes("*"), bytes("b"), entry(user));
      }
      assertEquals(Step.RESET, owner.step(Duration.ZERO));
      assertEquals(1, noticed);
      while (owner.step(Duration.ZERO) != Step.IDLE) {
        assertEquals(1, noticed);
      }
      assertEquals(List.of(), aside);
      byte[] count = (byte[]) ask(connection, bytes("GET"), bytes("rv:{0}:careful:default:count"));
      assertArrayEquals(bytes("3"), count);
    }
  }

  private PartitionWorker worker(FoldStore store, Runnable betweenLoads) {
    var views = new ViewSet(List.of(new CarefulView(betweenLoads)), project -> ZoneOffset.UTC);
    return new PartitionWorker(
        0,
        store,
        views,
        1_000,
        new FoldListener() {
          @Override
          public void poisoned(int partition, String position, Throwable reason) {
            aside.add(position + ": " + reason.getMessage());
          }
        });
  }

  private static byte[] entry(String user) {
    var event =
        new Event("default", Kind.EVENT, "a", user, user, 1_000, 1_000, Properties.of(Map.of()));
    return RecordBatch.encode(List.of(event));
  }

  private static @Nullable Object ask(RedisConnection connection, byte[]... words) {
    connection.send(words);
    return connection.receive();
  }

  /** Counts, and looks twice at what is stored: the last record shows when that does not agree. */
  private final class CarefulView implements View {
    private final Runnable betweenLoads;
    private boolean interrupted;

    private CarefulView(Runnable betweenLoads) {
      this.betweenLoads = betweenLoads;
    }

    @Override
    public String name() {
      return "careful";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public State open(Scope scope) {
      byte[] key = scope.key("default", "count");
      return new State() {
        private int count;
        private int again;
        private boolean complete;

        @Override
        public void load(List<Occurrence> batch, Reads reads) {
          complete = false;
          reads.get(key, stored -> count = number(stored));
        }

        @Override
        public void loadMore(List<Occurrence> batch, Reads reads) {
          if (!complete) {
            complete = true;
            if (!interrupted) {
              interrupted = true;
              betweenLoads.run();
            }
            reads.get(key, stored -> again = number(stored));
          }
        }

        @Override
        public void fold(Occurrence occurrence) {
          if (count != again && occurrence.event().user().equals("last")) {
            noticed++;
            throw new IllegalStateException(count + " and " + again + " were stored");
          }
          count++;
          again++;
        }

        @Override
        public void write(Writes writes) {
          writes.set(key, bytes(count));
        }
      };
    }

    private static int number(byte @Nullable [] stored) {
      return stored == null ? 0 : Integer.parseInt(new String(stored, StandardCharsets.US_ASCII));
    }
  }

  /** Folds entry by entry. */
  private record OneEntry(FoldStore store) implements FoldStore {
    @Override
    public Slice read(EntryId after, int mostEntries, Duration patience) {
      return store.read(after, 1, patience);
    }

    @Override
    public void load(Reads reads) {
      store.load(reads);
    }

    @Override
    public CommitOutcome commit(Writes writes, Offset next) {
      return store.commit(writes, next);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
