package dev.rivulet.server.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One status and those who read it. {@link #read} is called by one thread at a time. */
final class StatusFeed {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);

  private final String topic;
  private final Supplier<Object> status;

  /** Readers, and whether they have got their first state. */
  private final Map<LiveStream, Boolean> readers = new ConcurrentHashMap<>();

  private final AtomicBoolean wanted = new AtomicBoolean();
  private byte @Nullable [] newest;

  StatusFeed(String topic, Supplier<Object> status) {
    this.topic = topic;
    this.status = status;
  }

  /** Whether {@link #read} must be called for the newcomer, and is not about to be. */
  boolean add(LiveStream reader) {
    readers.put(reader, false);
    return !wanted.getAndSet(true);
  }

  /** Whether nobody reads any more. */
  boolean remove(LiveStream reader) {
    readers.remove(reader);
    return readers.isEmpty();
  }

  /** Reads the status: for newcomers, whatever it is, what was read after they came. */
  void read() {
    wanted.set(false);
    List<LiveStream> newcomers =
        readers.entrySet().stream()
            .filter(entry -> !entry.getValue())
            .map(Map.Entry::getKey)
            .toList();
    try {
      byte[] json = Json.bytes(status.get());
      if (!Arrays.equals(json, newest)) {
        newest = json;
        readers.forEach((reader, begun) -> offer(reader, begun, json));
      }
      for (LiveStream newcomer : newcomers) {
        readers.replace(newcomer, true);
        newcomer.offer(topic, json);
      }
    } catch (RuntimeException e) {
      LOG.debug("the status is read again in a second: {}", e.getMessage());
    }
  }

  private void offer(LiveStream reader, boolean begun, byte[] json) {
    if (begun) {
      reader.offer(topic, json);
    }
  }
}
