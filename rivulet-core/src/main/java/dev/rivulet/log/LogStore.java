package dev.rivulet.log;

import dev.rivulet.event.EntryId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where record batches are appended. One thread at a time uses one instance. */
public interface LogStore extends AutoCloseable {
  /**
   * Appends {@code batches} in one round trip per primary.
   *
   * @return one outcome per batch, in order; a failure leaves unknown whether the batch is in the
   *     log, so it was never acknowledged and the sender retries
   */
  List<Outcome> append(List<PartitionBatch> batches);

  @Override
  void close();

  /**
   * An encoded record batch on its way to a partition.
   *
   * @param entry bytes of {@link RecordBatch#encode}
   * @param events number of events inside, by project
   */
  record PartitionBatch(int partition, byte[] entry, Map<String, Integer> events) {}

  /** What became of one batch: it has an id, or a reason why it may not be in the log. */
  record Outcome(@Nullable EntryId id, @Nullable String failure) {
    public static Outcome appended(EntryId id) {
      return new Outcome(id, null);
    }

    public static Outcome failed(String reason) {
      return new Outcome(null, reason);
    }
  }
}
