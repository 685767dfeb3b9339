package dev.rivulet.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogAppenderTest {
  @Test
  void append_storeFailsWithAnError_laneGoesOn() throws Exception {
    var store = new FlakyStore();
    try (var appender = new LogAppender(new Partitioner(1), p -> 0, 1, () -> store)) {
      appender.start();
      store.failing = true;
      var failed = appender.append(List.of(event()));
      var failure = assertThrows(ExecutionException.class, () -> failed.get(60, TimeUnit.SECONDS));
      assertEquals(LogUnavailable.class, failure.getCause().getClass());
      store.failing = false;
      assertEquals(1, appender.append(List.of(event())).get(60, TimeUnit.SECONDS).upTo().size());
    }
  }

  @Test
  void append_whileItCloses_isAnsweredOneWayOrTheOther() throws Exception {
    for (int round = 0; round < 20; round++) {
      var appender = new LogAppender(new Partitioner(1), p -> 0, 1, FlakyStore::new);
      appender.start();
      List<CompletableFuture<Receipt>> asked = new ArrayList<>();
      var sender =
          new Thread(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  asked.add(appender.append(List.of(event())));
                }
              });
      sender.start();
      appender.close();
      sender.join();
      for (CompletableFuture<Receipt> future : asked) {
        assertTrue(future.isDone());
      }
    }
  }

  private static Event event() {
    return new Event("default", Kind.EVENT, "view", "u1", null, 1, 1, Properties.NONE);
  }

  private static final class FlakyStore implements LogStore {
    private volatile boolean failing;
    private long entries;

    @Override
    public List<Outcome> append(List<PartitionBatch> batches) {
      if (failing) {
        throw new StackOverflowError("for the test");
      }
      return batches.stream().map(batch -> Outcome.appended(new EntryId(1, ++entries))).toList();
    }

    @Override
    public void close() {}
  }
}
