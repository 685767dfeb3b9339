package dev.rivulet.engine;

import dev.rivulet.event.Event;
import dev.rivulet.event.Hashing;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recognises retried events by the 64-bit hash of their id. Ids are kept in two generations of at
 * least 24 hours of {@code receivedAt} each, so a retry is recognised for 24 to 48 hours. A
 * generation that grows past the bound ends early, with a warning: 8 bytes an id in the store, 15
 * in memory.
 */
final class Duplicates {
  private static final Logger LOG = LoggerFactory.getLogger(Duplicates.class);
  private static final long WINDOW_MILLIS = 24L * 60 * 60 * 1000;

  private final int partition;
  private final int mostIds;
  private final Map<String, Long> seeds = new HashMap<>();
  private final LongArrayList added = new LongArrayList();
  private LongHashSet current = new LongHashSet();
  private LongHashSet previous = new LongHashSet();
  private long generation;
  private long since = Long.MIN_VALUE;
  private boolean loaded;
  private boolean rotated;

  /**
   * @param mostIds ids of one generation before it ends early
   */
  Duplicates(int partition, int mostIds) {
    this.partition = partition;
    this.mostIds = mostIds;
  }

  /** Reads the kept ids if memory does not hold them; two round trips the first time. */
  void load(Consumer<Reads> loader) {
    if (loaded) {
      return;
    }
    var head = new Reads();
    head.get(
        headKey(),
        stored -> {
          if (stored != null) {
            String[] words = new String(stored, StandardCharsets.US_ASCII).split(" ");
            generation = Long.parseLong(words[0]);
            since = Long.parseLong(words[1]);
          }
        });
    loader.accept(head);
    var ids = new Reads();
    ids.get(key(generation), bytes -> addAll(current, bytes));
    ids.get(key(generation - 1), bytes -> addAll(previous, bytes));
    loader.accept(ids);
    loaded = true;
  }

  /** Whether an event with the same id was seen before; remembers this one. */
  boolean seen(Event event) {
    String id = event.id();
    if (id == null) {
      return false;
    }
    rotate(event.receivedAt());
    long seed = seeds.computeIfAbsent(event.project(), Hashing::seed);
    long hash = Hashing.hash(id, seed);
    if (previous.contains(hash) || !current.add(hash)) {
      return true;
    }
    added.addLong(hash);
    return false;
  }

  /**
   * Hands over the new ids. A rotation inside the batch puts the batch's earlier ids into the new
   * generation too, which keeps them longer, never shorter.
   */
  void write(Writes writes) {
    if (rotated) {
      writes.set(headKey(), Command.bytes(generation + " " + since));
      writes.delete(key(generation - 2));
      rotated = false;
    }
    if (!added.isEmpty()) {
      var buffer = ByteBuffer.allocate(added.size() * Long.BYTES);
      added.forEachLong(buffer::putLong);
      writes.append(key(generation), buffer.array());
      added.clear();
    }
  }

  private void rotate(long receivedAt) {
    if (since == Long.MIN_VALUE) {
      since = receivedAt;
      rotated = true;
      return;
    }
    boolean old = receivedAt - since >= WINDOW_MILLIS;
    boolean full = current.size() >= mostIds;
    if (!old && !full || rotated) {
      return;
    }
    if (full && !old) {
      LOG.warn(
          "partition {} got {} event ids in {} minutes: retries are recognised for that long, not"
              + " for 24 hours; give the process more heap to keep more",
          partition,
          current.size(),
          (receivedAt - since) / 60_000);
    }
    previous = current;
    current = new LongHashSet();
    added.forEachLong(current::add);
    generation++;
    since = receivedAt;
    rotated = true;
  }

  private byte[] headKey() {
    return Keys.of(partition, "ids");
  }

  private byte[] key(long number) {
    return Keys.of(partition, "ids", Long.toString(number));
  }

  private static void addAll(LongHashSet set, byte @org.jspecify.annotations.Nullable [] hashes) {
    if (hashes != null) {
      var buffer = ByteBuffer.wrap(hashes);
      while (buffer.remaining() >= Long.BYTES) {
        set.add(buffer.getLong());
      }
    }
  }
}
