package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.engine.Keys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of refusals as a hash per project, written at most five times a second. A kill loses the
 * counts of the last fifth of a second; what was refused had been answered as refused.
 */
final class RedisRefusalLedger implements RefusalLedger {
  private static final Logger LOG = LoggerFactory.getLogger(RedisRefusalLedger.class);
  private static final byte[] HINCRBY = bytes("HINCRBY");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final long FLUSH_MILLIS = 200;
  private static final int MOST_PROJECTS = 10_000;
  private static final int DETAIL_CHARS = 300;

  private final RedisNodes nodes;
  private final ScheduledExecutorService flusher;
  private Map<Place, Long> counts = new HashMap<>();
  private Map<Place, String> details = new HashMap<>();

  private RedisRefusalLedger(RedisNodes nodes) {
    this.nodes = nodes;
    this.flusher =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "rivulet-refusals");
              thread.setDaemon(true);
              return thread;
            });
  }

  static RedisRefusalLedger start(RedisNodes nodes) {
    var ledger = new RedisRefusalLedger(nodes);
    ledger.flusher.scheduleWithFixedDelay(
        ledger::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    return ledger;
  }

  @Override
  public synchronized void add(String project, Refusal reason, String detail, int count) {
    if (counts.size() < MOST_PROJECTS) {
      var place = new Place(project, reason.word());
      counts.merge(place, (long) count, Long::sum);
      details.put(place, detail.substring(0, Math.min(detail.length(), DETAIL_CHARS)));
    }
  }

  @Override
  public Map<String, Long> totals(String project) {
    flush();
    var totals = new TreeMap<String, Long>();
    List<?> flat =
        nodes.callIdempotent(
            "0",
            redis -> {
              redis.send(HGETALL, Keys.of(0, "refusals", project));
              return (List<?>) java.util.Objects.requireNonNull(redis.receive());
            });
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      totals.put(text(flat.get(i)), Long.parseLong(text(flat.get(i + 1))));
    }
    return totals;
  }

  @Override
  public void close() {
    flusher.shutdownNow();
    flush();
  }

  private synchronized void flush() {
    if (counts.isEmpty()) {
      return;
    }
    try {
      nodes.call(
          "0",
          redis -> {
            counts.forEach(
                (place, count) ->
                    redis.send(
                        HINCRBY,
                        Keys.of(0, "refusals", place.project),
                        bytes(place.reason),
                        bytes(count)));
            details.forEach(
                (place, detail) ->
                    redis.send(
                        HSET,
                        Keys.of(0, "refusals", place.project, "last"),
                        bytes(place.reason),
                        bytes(detail)));
            redis.receive(counts.size() + details.size());
            return Boolean.TRUE;
          });
      counts = new HashMap<>();
      details = new HashMap<>();
    } catch (RuntimeException e) {
      LOG.debug("refusals are written later: {}", e.getMessage());
    }
  }

  private static String text(@Nullable Object bytes) {
    return new String((byte[]) java.util.Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
  }

  private record Place(String project, String reason) {}
}
