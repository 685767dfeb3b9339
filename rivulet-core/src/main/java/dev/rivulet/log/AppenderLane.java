package dev.rivulet.log;

import dev.rivulet.event.Event;
import dev.rivulet.log.LogStore.Outcome;
import dev.rivulet.log.LogStore.PartitionBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The single writer to one Redis primary. */
final class AppenderLane implements AutoCloseable {
  private static final int BATCH_EVENTS = 500;
  private static final long BATCH_BYTES = 64 * 1024;
  private static final int EVENT_OVERHEAD = 64;
  private static final int MOST_SHARES = 4_096;

  /** While several senders are at work, a short pause lets their events gather into one write. */
  private static final long GATHER_NANOS = 300_000;

  private final BlockingQueue<Share> waiting = new LinkedBlockingQueue<>();
  private final LogStore store;
  private final Consumer<AppendRequest> settled;
  private final Thread thread;
  private volatile boolean ended;

  AppenderLane(String name, LogStore store, Consumer<AppendRequest> settled) {
    this.store = store;
    this.settled = settled;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Bytes that {@code event} is taken to hold while it waits. */
  static long weight(Event event) {
    return (long) EVENT_OVERHEAD + event.properties().length();
  }

  void start() {
    thread.start();
  }

  /** Bounded by the appender, which counts the bytes that wait. */
  void add(Share share) {
    waiting.add(share);
    if (ended) {
      failWaiting();
    }
  }

  @Override
  public void close() {
    waiting.add(Share.LAST);
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ended = true;
    failWaiting();
    store.close();
  }

  /** What came in behind the last write is not in the log. */
  private synchronized void failWaiting() {
    var late = new ArrayList<Share>();
    waiting.drainTo(late);
    late.remove(Share.LAST);
    fail(late, "the log is closing");
  }

  private void run() {
    var gathered = new ArrayList<Share>();
    boolean last = false;
    while (!last) {
      gathered.clear();
      try {
        gathered.add(waiting.take());
      } catch (InterruptedException e) {
        return;
      }
      waiting.drainTo(gathered, MOST_SHARES);
      last = gathered.remove(Share.LAST);
      if (!gathered.isEmpty()) {
        tryWrite(gathered);
        if (gathered.size() > 1 && !last) {
          LockSupport.parkNanos(GATHER_NANOS);
        }
      }
    }
  }

  /** Whatever goes wrong, every share is settled and the lane lives on. */
  private void tryWrite(List<Share> shares) {
    try {
      write(shares);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(shares, "the events could not be written: " + e);
    }
  }

  private void fail(List<Share> shares, String reason) {
    for (Share share : shares) {
      if (!share.settled) {
        settle(share, Outcome.failed(reason));
      }
    }
  }

  private void write(List<Share> shares) {
    Map<Integer, List<Share>> byPartition = new TreeMap<>();
    for (Share share : shares) {
      byPartition.computeIfAbsent(share.partition, p -> new ArrayList<>()).add(share);
    }
    var sealed = new ArrayList<Sealed>();
    byPartition.forEach((partition, own) -> cut(partition, own, sealed));
    List<Outcome> outcomes = append(sealed);
    for (int i = 0; i < sealed.size(); i++) {
      settle(sealed.get(i), outcomes.get(i));
    }
  }

  private List<Outcome> append(List<Sealed> sealed) {
    List<PartitionBatch> batches = sealed.stream().map(Sealed::batch).toList();
    try {
      return store.append(batches);
    } catch (RuntimeException e) {
      Outcome failed = Outcome.failed("the log cannot be reached: " + e.getMessage());
      return batches.stream().map(batch -> failed).toList();
    }
  }

  /** A share whose events span several batches fails with any of them. */
  private void settle(Sealed sealed, Outcome outcome) {
    for (Share share : sealed.touched()) {
      share.worst = share.worst == null || share.worst.id() != null ? outcome : share.worst;
      if (--share.batches == 0) {
        settle(share, share.worst);
      }
    }
  }

  private void settle(Share share, Outcome outcome) {
    share.settled = true;
    if (share.request.settle(share.partition, outcome)) {
      share.request.complete();
      settled.accept(share.request);
    }
  }

  private static void cut(int partition, List<Share> shares, List<Sealed> sealed) {
    var events = new ArrayList<Event>();
    var touched = new ArrayList<Share>();
    long bytes = 0;
    for (Share share : shares) {
      touch(share, touched);
      for (Event event : share.events) {
        if (events.size() == BATCH_EVENTS || (bytes > BATCH_BYTES && !events.isEmpty())) {
          sealed.add(seal(partition, events, touched));
          events.clear();
          touched.clear();
          touch(share, touched);
          bytes = 0;
        }
        events.add(event);
        bytes += weight(event);
      }
    }
    sealed.add(seal(partition, events, touched));
  }

  private static void touch(Share share, List<Share> touched) {
    touched.add(share);
    share.batches++;
  }

  private static Sealed seal(int partition, List<Event> events, List<Share> touched) {
    var byProject = new TreeMap<String, Integer>();
    events.forEach(event -> byProject.merge(event.project(), 1, Integer::sum));
    var batch = new PartitionBatch(partition, RecordBatch.encode(events), byProject);
    return new Sealed(batch, List.copyOf(touched));
  }

  /** An encoded batch and the shares that have events inside. */
  private record Sealed(PartitionBatch batch, List<Share> touched) {}

  /** One request's events for one partition. After {@link #add} only the lane touches it. */
  static final class Share {
    static final Share LAST = new Share(-1, List.of(), new AppendRequest(0, 0));

    private final int partition;
    private final List<Event> events;
    private final AppendRequest request;
    private @Nullable Outcome worst;
    private int batches;
    private boolean settled;

    Share(int partition, List<Event> events, AppendRequest request) {
      this.partition = partition;
      this.events = events;
      this.request = request;
    }
  }
}
