package dev.rivulet.measure;

import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of all series of a partition and room that memory holds: a {@link Summary} for each
 * slot of each {@link Grain}, those used last. What a batch changed is written as absolute values,
 * one command per hash.
 *
 * <p>A slot of a longer grain is sealed in the batch in which its series first has a value past its
 * end; from then on late values are added to it as to the others. So which slots are sealed follows
 * from the latest time of the series alone, whatever the batches are, and readers know it too.
 *
 * <p>In each batch: {@link SeriesBuckets#want} every bucket it touches, {@link #load}, {@link
 * SeriesBuckets#add}, {@link #write}. Used by one thread.
 */
public final class HotBuckets {
  private static final int GRAINS = Grain.values().length;

  /** A bucket without its values, its share of the hash it is in included. */
  private static final int BUCKET_BYTES = 250;

  private final Scope scope;
  private final long mostBytes;
  private final List<Block> missing = new ArrayList<>();
  private final List<Block> changed = new ArrayList<>();
  private final List<SeriesBuckets> sealing = new ArrayList<>();

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
    sealing.forEach(SeriesBuckets::seal);
    sealing.clear();
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
    private final @Nullable Bucket[] recent = new @Nullable Bucket[GRAINS];
    private final List<Bucket> unsealed = new ArrayList<>(0);
    private long wantedIn = -1;

    /** The latest time before the batch, of what the batch wants, and of what it added. */
    private long newest;

    private long wanted;
    private long added;

    private SeriesBuckets(SeriesPlace place) {
      this.place = place;
    }

    /**
     * Says that the batch adds to the buckets of {@code time}.
     *
     * @param latest the latest time the series had values at before the batch
     * @param sealedFrom slots that begin earlier are not sealed
     */
    public void want(long time, long latest, long sealedFrom) {
      if (wantedIn != batch) {
        wantedIn = batch;
        newest = latest;
        wanted = latest;
        added = latest;
      }
      for (Grain grain : Grain.LIVE) {
        use(grain, grain.slot(time));
      }
      if (isOver(Grain.TWO_HOURS, time, newest)) {
        for (Grain grain : Grain.SEALED) {
          long slot = grain.slot(time);
          if (grain.end(slot) <= newest && grain.start(slot) >= sealedFrom) {
            use(grain, slot);
          }
        }
      }
      // What this batch ends: the slots of the latest time so far, or those of a time before it.
      long ended = Math.min(time, wanted);
      wanted = Math.max(time, wanted);
      if (ended != Long.MIN_VALUE && isOver(Grain.TWO_HOURS, ended, wanted)) {
        wantSealing(ended, sealedFrom);
      }
    }

    /** Adds values at {@code time}, of which the buckets are wanted. */
    public void add(Summary values, long time, long receivedAt) {
      for (Grain grain : Grain.LIVE) {
        bucket(grain, time, receivedAt).values.add(values);
      }
      if (isOver(Grain.TWO_HOURS, time, newest)) {
        sealed(time, receivedAt).forEach(bucket -> bucket.values.add(values));
      }
      added = Math.max(added, time);
    }

    /** Adds one finite value at {@code time}, of which the buckets are wanted. */
    public void add(double value, long time, long receivedAt) {
      for (Grain grain : Grain.LIVE) {
        bucket(grain, time, receivedAt).values.add(value, time);
      }
      if (isOver(Grain.TWO_HOURS, time, newest)) {
        sealed(time, receivedAt).forEach(bucket -> bucket.values.add(value, time));
      }
      added = Math.max(added, time);
    }

    /** The buckets of {@code time} that were sealed before this batch. */
    private List<Bucket> sealed(long time, long receivedAt) {
      List<Bucket> sealed = new ArrayList<>(Grain.SEALED.size());
      for (Grain grain : Grain.SEALED) {
        Bucket found = isOver(grain, time, newest) ? find(grain, grain.slot(time)) : null;
        if (found != null && found.usedIn == batch) {
          found.block.change(found, receivedAt);
          sealed.add(found);
        }
      }
      return sealed;
    }

    private boolean isOver(Grain grain, long time, long latest) {
      return grain.end(grain.slot(time)) <= latest;
    }

    /** Wants what is needed to seal the slots of {@code time} that the batch ends. */
    private void wantSealing(long time, long sealedFrom) {
      for (Grain grain : Grain.SEALED) {
        long slot = grain.slot(time);
        long end = grain.end(slot);
        Grain parts = grain.parts;
        if (end > newest && end <= wanted && grain.start(slot) >= sealedFrom && parts != null) {
          Bucket whole = use(grain, slot);
          if (whole.endedIn != batch) {
            whole.endedIn = batch;
            if (unsealed.isEmpty()) {
              sealing.add(this);
            }
            unsealed.add(whole);
            long last = parts.slot(Math.min(end, newest + 1) - 1); // later ones are wanted, if any
            for (long part = parts.slot(grain.start(slot)); part <= last; part++) {
              use(parts, part);
            }
          }
        }
      }
    }

    /** Makes the slots that this batch has ended of their parts. */
    private void seal() {
      unsealed.sort(Comparator.comparing(whole -> whole.grain));
      for (Bucket whole : unsealed) {
        Grain parts = whole.grain.parts;
        long end = whole.grain.end(whole.slot);
        if (parts != null && end <= added) { // a value that could not be folded ends nothing
          var values = new Summary();
          for (long at = whole.grain.start(whole.slot); at < end; at += parts.slotMillis) {
            Bucket part = find(parts, parts.slot(at));
            if (part != null) {
              values.add(part.values);
            }
          }
          if (values.count() > 0) { // else its parts were let go already
            whole.values = values;
            whole.block.change(whole);
          }
        }
      }
      unsealed.clear();
    }

    private Bucket bucket(Grain grain, long time, long receivedAt) {
      Bucket bucket = find(grain, grain.slot(time));
      if (bucket == null) {
        throw new IllegalStateException(grain + " of " + place + " is not loaded");
      }
      bucket.block.change(bucket, receivedAt);
      return bucket;
    }

    private Bucket use(Grain grain, long slot) {
      Bucket bucket = find(grain, slot);
      if (bucket == null) {
        bucket = open(grain, slot);
      }
      if (bucket.usedIn != batch) {
        bucket.usedIn = batch;
        held.put(bucket, bucket);
      }
      return bucket;
    }

    /** Mostly the bucket that was found last. */
    private @Nullable Bucket find(Grain grain, long slot) {
      Bucket last = recent[grain.ordinal()];
      if (last != null && last.slot == slot && !last.dropped) {
        return last;
      }
      Block block = home(grain).get(grain.block(slot));
      Bucket found = block == null ? null : block.buckets.get(Block.place(grain, slot));
      recent[grain.ordinal()] = found;
      return found;
    }

    private Bucket open(Grain grain, long slot) {
      Block block = block(grain, grain.block(slot));
      var bucket = new Bucket(block, grain, slot);
      block.buckets.put(Block.place(grain, slot), bucket);
      if (grain.start(slot) <= newest) {
        block.missing(bucket);
      }
      recent[grain.ordinal()] = bucket;
      return bucket;
    }

    private Block block(Grain grain, long number) {
      Map<Long, Block> own = home(grain);
      Block block = own.get(number);
      if (block == null) {
        block = new Block(own, grain, number, grain.key(scope, place, number));
        own.put(number, block);
      }
      return block;
    }

    /** The hashes of a grain; all but minutes share theirs. */
    private Map<Long, Block> home(Grain grain) {
      return blocks.get(grain == Grain.MINUTE ? 0 : 1);
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

    /** Where a bucket is among the others of its hash. */
    private static long place(Grain grain, long slot) {
      return slot * GRAINS + grain.ordinal();
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
      loaded.forEach(bucket -> fields.add(bucket.grain.field(bucket.slot)));
      reads.hash(
          key,
          fields,
          stored -> {
            for (int i = 0; i < loaded.size(); i++) {
              byte[] found = stored.get(i);
              if (found != null) {
                loaded.get(i).values = Summary.decode(found);
              }
              loaded.get(i).weigh();
            }
          });
    }

    private void change(Bucket bucket) {
      if (!bucket.dirty) {
        bucket.dirty = true;
        if (dirty.isEmpty()) {
          changed.add(this);
        }
        dirty.add(bucket);
      }
    }

    private void change(Bucket bucket, long receivedAt) {
      change(bucket);
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
        pairs.add(bucket.grain.field(bucket.slot));
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

  /** The values of one slot. */
  private final class Bucket {
    private final Block block;
    private final Grain grain;
    private final long slot;
    private Summary values = new Summary();
    private boolean dirty;
    private boolean dropped;
    private long usedIn = -1;
    private long endedIn = -1;
    private int bytes;

    private Bucket(Block block, Grain grain, long slot) {
      this.block = block;
      this.grain = grain;
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
      block.buckets.remove(Block.place(grain, slot));
      if (block.buckets.isEmpty()) {
        block.home.remove(block.number);
      }
    }
  }
}
