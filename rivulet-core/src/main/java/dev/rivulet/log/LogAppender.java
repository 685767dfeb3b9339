package dev.rivulet.log;

import dev.rivulet.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Appends events to the log with group commit. Each lane (one per Redis primary) writes whatever
 * has gathered while its previous write was in flight, so a lone event on an idle system is written
 * at once and a busy one pays one round trip for many requests. Thread-safe.
 */
public final class LogAppender implements AutoCloseable {
  /** The most bytes of events that may wait for the log before new ones are refused. */
  private static final long MOST_WAITING_BYTES = 64L * 1024 * 1024;

  private final Partitioner partitioner;
  private final IntFunction<Integer> laneOf;
  private final List<AppenderLane> lanes;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong appended = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param laneOf partition to lane, lanes numbered from 0
   * @param stores makes the store of one lane; called once per lane
   */
  public LogAppender(
      Partitioner partitioner, IntFunction<Integer> laneOf, int lanes, Supplier<LogStore> stores) {
    this.partitioner = partitioner;
    this.laneOf = laneOf;
    this.lanes = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      this.lanes.add(new AppenderLane("rivulet-append-" + lane, stores.get(), this::settled));
    }
  }

  /** Starts the lanes. */
  public void start() {
    lanes.forEach(AppenderLane::start);
  }

  /** Events appended by this process since it started. */
  public long appended() {
    return appended.get();
  }

  /**
   * Appends {@code events}; the future completes when all of them are in the log.
   *
   * @return fails with {@link LogUnavailable} when any of them may not be in the log
   */
  public CompletableFuture<Receipt> append(List<Event> events) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(Receipt.NOTHING);
    }
    if (closed) {
      return CompletableFuture.failedFuture(new LogUnavailable("the log is closing"));
    }
    long bytes = 0;
    for (Event event : events) {
      bytes += AppenderLane.weight(event);
    }
    if (waitingBytes.addAndGet(bytes) > MOST_WAITING_BYTES) {
      waitingBytes.addAndGet(-bytes);
      return CompletableFuture.failedFuture(
          new LogUnavailable("more than 64 MB of events wait for the log"));
    }
    var request = new AppendRequest(bytes, events.size());
    List<List<Event>> shares = new ArrayList<>();
    for (int i = 0; i < partitioner.partitions(); i++) {
      shares.add(List.of());
    }
    for (Event event : events) {
      int partition = partitioner.partition(event.project(), event.user());
      if (shares.get(partition).isEmpty()) {
        shares.set(partition, new ArrayList<>());
      }
      shares.get(partition).add(event);
    }
    request.expect((int) shares.stream().filter(share -> !share.isEmpty()).count());
    for (int partition = 0; partition < shares.size(); partition++) {
      if (!shares.get(partition).isEmpty()) {
        var share = new AppenderLane.Share(partition, shares.get(partition), request);
        lanes.get(laneOf.apply(partition)).add(share);
      }
    }
    return request.done();
  }

  /** Writes what waits, then stops. What is added later is refused. */
  @Override
  public void close() {
    closed = true;
    lanes.forEach(AppenderLane::close);
  }

  private void settled(AppendRequest request) {
    waitingBytes.addAndGet(-request.bytes());
    if (!request.done().isCompletedExceptionally()) {
      appended.addAndGet(request.events());
    }
  }
}
