package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.engine.Keys;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of refusals as a hash per project, written at most five times a second. A kill loses the
 * counts of the last fifth of a second; what was refused had been answered as refused.
 */
final class RedisRefusalLedger implements RefusalLedger {
  private static final Logger LOG = LoggerFactory.getLogger(RedisRefusalLedger.class);
  private static final byte[] MULTI = bytes("MULTI");
  private static final byte[] EXEC = bytes("EXEC");
  private static final byte[] HINCRBY = bytes("HINCRBY");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final long FLUSH_MILLIS = 200;

  /** Projects and reasons together; a place past that is not counted while the store is away. */
  private static final int MOST_PLACES = 10_000;

  private static final int DETAIL_CHARS = 300;

  private final RedisNodes nodes;
  private final InstantSource clock;
  private final ScheduledExecutorService flusher;
  private final Object flushing = new Object();
  private Map<Place, Long> counts = new HashMap<>();
  private Map<Place, Newest> details = new HashMap<>();

  private RedisRefusalLedger(RedisNodes nodes, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
    this.flusher =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "rivulet-refusals");
              thread.setDaemon(true);
              return thread;
            });
  }

  static RedisRefusalLedger start(RedisNodes nodes, InstantSource clock) {
    var ledger = new RedisRefusalLedger(nodes, clock);
    ledger.flusher.scheduleWithFixedDelay(
        ledger::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    return ledger;
  }

  @Override
  public synchronized void add(String project, Refusal reason, String detail, int count) {
    var place = new Place(project, reason.word());
    if (counts.size() < MOST_PLACES || counts.containsKey(place)) {
      counts.merge(place, (long) count, Long::sum);
      String shortened = detail.substring(0, Math.min(detail.length(), DETAIL_CHARS));
      details.put(place, new Newest(shortened, clock.millis()));
    }
  }

  @Override
  public Map<String, Long> totals(String project) {
    flush();
    var totals = new TreeMap<String, Long>();
    Replies.hash(nodes.ask(0, HGETALL, Keys.of(0, "refusals", project)))
        .forEach((reason, count) -> totals.put(reason, Long.valueOf(Replies.text(count))));
    return totals;
  }

  @Override
  public Map<String, Newest> newest(String project) {
    return nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(HGETALL, Keys.of(0, "refusals", project, "last"));
          redis.send(HGETALL, Keys.of(0, "refusals", project, "times"));
          Map<String, byte[]> last = Replies.hash(redis.receive());
          Map<String, byte[]> times = Replies.hash(redis.receive());
          var newest = new TreeMap<String, Newest>();
          last.forEach(
              (reason, detail) -> {
                byte[] at = times.get(reason);
                long millis = at == null ? 0 : Long.parseLong(Replies.text(at));
                newest.put(reason, new Newest(Replies.text(detail), millis));
              });
          return newest;
        });
  }

  @Override
  public void close() {
    flusher.shutdownNow();
    flush();
  }

  /** Writes what has gathered. {@link #add} never waits for this: it is called on event loops. */
  private void flush() {
    synchronized (flushing) {
      Map<Place, Long> ownCounts;
      Map<Place, Newest> ownDetails;
      synchronized (this) {
        ownCounts = counts;
        ownDetails = details;
        counts = new HashMap<>();
        details = new HashMap<>();
      }
      if (ownCounts.isEmpty()) {
        return;
      }
      try {
        write(ownCounts, ownDetails);
      } catch (RuntimeException e) {
        LOG.debug("refusals are written later: {}", e.getMessage());
        takeBack(ownCounts, ownDetails);
      }
    }
  }

  /** One transaction: all counts are stored, or none and they are written later. */
  private void write(Map<Place, Long> ownCounts, Map<Place, Newest> ownDetails) {
    nodes.call(
        "0",
        redis -> {
          redis.send(MULTI);
          ownCounts.forEach(
              (place, count) ->
                  redis.send(HINCRBY, place.counts(), bytes(place.reason), bytes(count)));
          ownDetails.forEach(
              (place, newest) -> {
                byte[] reason = bytes(place.reason);
                redis.send(HSET, place.details(), reason, bytes(newest.detail()));
                redis.send(HSET, place.times(), reason, bytes(newest.at()));
              });
          redis.send(EXEC);
          for (Object reply : redis.receive(ownCounts.size() + 2 * ownDetails.size() + 2)) {
            if (reply instanceof RedisError refused) {
              throw refused;
            }
          }
          return Boolean.TRUE;
        });
  }

  private synchronized void takeBack(Map<Place, Long> ownCounts, Map<Place, Newest> ownDetails) {
    ownCounts.forEach((place, count) -> counts.merge(place, count, Long::sum));
    ownDetails.forEach(details::putIfAbsent);
  }

  private record Place(String project, String reason) {
    byte[] counts() {
      return Keys.of(0, "refusals", project);
    }

    byte[] details() {
      return Keys.of(0, "refusals", project, "last");
    }

    byte[] times() {
      return Keys.of(0, "refusals", project, "times");
    }
  }
}
