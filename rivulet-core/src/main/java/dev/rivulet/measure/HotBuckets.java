package dev.rivulet.measure;

import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of all series of a partition and room that memory holds: a {@link Summary} per minute
 * and one per quarter-hour, those used last. What a batch changed is written as absolute values,
 * one command per hash.
 *
 * <p>In each batch: {@link SeriesBuckets#want} every bucket it touches, {@link #load}, {@link
 * SeriesBuckets#add}, {@link #write}. Used by one thread.
 */
public final class HotBuckets {
  private static final Grain[] GRAINS = Grain.values();

  /** A bucket without its values, its share of the hash it is in included. */
  private static final int BUCKET_BYTES = 250;

  private final Scope scope;
  private final long mostBytes;
  private final List<Block> missing = new ArrayList<>();
  private final List<Block> changed = new ArrayList<>();

  /** In the order in which they were used. */
  private final Map<Bucket, Bucket> held = new LinkedHashMap<>(64, 0.75f, true);

  private long heldBytes;
  private long batch;

  /**
   * @param mostBytes memory for buckets that no batch is using
   */
  public HotBuckets(Scope scope, long mostBytes) {
    this.scope = scope;
    this.mostBytes = mostBytes;
  }

  /** The buckets of a series, of which memory holds none yet. */
  public SeriesBuckets of(SeriesPlace place) {
    return new SeriesBuckets(place);
  }

  /** Reads what is wanted and neither in memory nor known to be new. */
  public void load(Reads reads) {
    missing.forEach(block -> block.load(reads));
    missing.clear();
  }

  /** Hands over what has changed, and lets the buckets go that were not used for longest. */
  public void write(Writes writes) {
    changed.forEach(block -> block.write(writes));
    changed.clear();
    batch++;
    Iterator<Bucket> oldest = held.keySet().iterator();
    while (heldBytes > mostBytes && oldest.hasNext()) {
      oldest.next().drop();
      oldest.remove();
    }
  }

  /** The buckets of one series. */
  public final class SeriesBuckets {
    private final SeriesPlace place;
    private final List<Map<Long, Block>> blocks = List.of(new HashMap<>(4), new HashMap<>(4));
    private final @Nullable Bucket[] recent = new @Nullable Bucket[GRAINS.length];

    private SeriesBuckets(SeriesPlace place) {
      this.place = place;
    }

    /**
     * Says that the batch adds to the buckets of {@code time}.
     *
     * @param newest the latest time the series ever had values at: later buckets are new
     */
    public void want(long time, long newest) {
      for (Grain grain : GRAINS) {
        long slot = grain.slot(time);
        Bucket bucket = find(grain, slot);
        if (bucket == null) {
          bucket = open(grain, slot, newest);
        }
        if (bucket.usedIn != batch) {
          bucket.usedIn = batch;
          held.put(bucket, bucket);
        }
      }
    }

    /** Adds values at {@code time}, of which the buckets are wanted. */
    public void add(Summary values, long time, long receivedAt) {
      for (Grain grain : GRAINS) {
        bucket(grain, time, receivedAt).values.add(values);
      }
    }

    /** Adds one finite value at {@code time}, of which the buckets are wanted. */
    public void add(double value, long time, long receivedAt) {
      for (Grain grain : GRAINS) {
        bucket(grain, time, receivedAt).values.add(value, time);
      }
    }

    private Bucket bucket(Grain grain, long time, long receivedAt) {
      Bucket bucket = find(grain, grain.slot(time));
      if (bucket == null) {
        throw new IllegalStateException(grain + " of " + place + " is not loaded");
      }
      bucket.block.change(bucket, receivedAt);
      return bucket;
    }

    /** Mostly the bucket that was found last. */
    private @Nullable Bucket find(Grain grain, long slot) {
      Bucket last = recent[grain.ordinal()];
      if (last != null && last.slot == slot && !last.dropped) {
        return last;
      }
      Block block = blocks.get(grain.ordinal()).get(grain.block(slot));
      Bucket found = block == null ? null : block.buckets.get(slot);
      recent[grain.ordinal()] = found;
      return found;
    }

    private Bucket open(Grain grain, long slot, long newest) {
      Block block = block(grain, grain.block(slot));
      var bucket = new Bucket(block, slot);
      block.buckets.put(slot, bucket);
      if (slot * grain.slotMillis <= newest) {
        block.missing(bucket);
      }
      recent[grain.ordinal()] = bucket;
      return bucket;
    }

    private Block block(Grain grain, long number) {
      Map<Long, Block> own = blocks.get(grain.ordinal());
      Block block = own.get(number);
      if (block == null) {
        block = new Block(own, grain, number, grain.key(scope, place, number));
        own.put(number, block);
      }
      return block;
    }
  }

  /** Buckets that are stored in one hash. */
  private final class Block {
    private final Map<Long, Block> home;
    private final Grain grain;
    private final long number;
    private final byte[] key;
    private final Map<Long, Bucket> buckets = new HashMap<>();
    private final List<Bucket> wanted = new ArrayList<>();
    private final List<Bucket> dirty = new ArrayList<>();
    private long arrived = Long.MIN_VALUE;
    private long expiresAt;
    private long storedExpiry;

    private Block(Map<Long, Block> home, Grain grain, long number, byte[] key) {
      this.home = home;
      this.grain = grain;
      this.number = number;
      this.key = key;
    }

    private void missing(Bucket bucket) {
      if (wanted.isEmpty()) {
        missing.add(this);
      }
      wanted.add(bucket);
    }

    private void load(Reads reads) {
      List<Bucket> loaded = List.copyOf(wanted);
      wanted.clear();
      List<byte[]> fields = new ArrayList<>(loaded.size());
      loaded.forEach(bucket -> fields.add(grain.field(bucket.slot)));
      reads.hash(
          key,
          fields,
          stored -> {
            for (int i = 0; i < loaded.size(); i++) {
              byte[] found = stored.get(i);
              if (found != null) {
                loaded.get(i).values = Summary.decode(found);
              }
            }
          });
    }

    private void change(Bucket bucket, long receivedAt) {
      if (!bucket.dirty) {
        bucket.dirty = true;
        if (dirty.isEmpty()) {
          changed.add(this);
        }
        dirty.add(bucket);
      }
      if (receivedAt > arrived) {
        arrived = receivedAt;
        expiresAt = Math.max(expiresAt, grain.expiry(number, receivedAt));
      }
    }

    private void write(Writes writes) {
      List<byte[]> pairs = new ArrayList<>(dirty.size() * 2);
      for (Bucket bucket : dirty) {
        bucket.dirty = false;
        bucket.weigh();
        pairs.add(grain.field(bucket.slot));
        pairs.add(bucket.values.encode());
      }
      dirty.clear();
      writes.hash(key, pairs);
      if (expiresAt > storedExpiry) {
        writes.expireAt(key, expiresAt);
        storedExpiry = expiresAt;
      }
    }
  }

  /** The values of one minute or quarter-hour. */
  private final class Bucket {
    private final Block block;
    private final long slot;
    private Summary values = new Summary();
    private boolean dirty;
    private boolean dropped;
    private long usedIn = -1;
    private int bytes;

    private Bucket(Block block, long slot) {
      this.block = block;
      this.slot = slot;
    }

    private void weigh() {
      int now = BUCKET_BYTES + values.heapBytes();
      heldBytes += now - bytes;
      bytes = now;
    }

    private void drop() {
      dropped = true;
      heldBytes -= bytes;
      block.buckets.remove(slot);
      if (block.buckets.isEmpty()) {
        block.home.remove(block.number);
      }
    }
  }
}
