package dev.rivulet.view;

import static dev.rivulet.view.Command.bytes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small values kept many to a field of a hash, since a field of its own costs 50 to 90 bytes. A
 * field is a page: the room decides what is in it and how it is encoded. Memory holds the pages
 * that were used last. What changed is written with one command per hash.
 *
 * <p>In each batch: {@link Hash#want} every page the batch touches, {@link #load}, use {@link
 * Hash#page} and {@link Hash#changed}, {@link #write}. Used by one thread.
 *
 * @param <P> a page in memory, mutable
 */
public final class Pages<P> {
  private final Codec<P> codec;
  private final long mostBytes;
  private final Map<String, Hash> hashes = new LinkedHashMap<>();
  private long batch;
  private long held;

  /**
   * @param mostBytes memory for pages that no batch is using, as {@link Codec#bytes} tells it
   */
  public Pages(Codec<P> codec, long mostBytes) {
    this.codec = codec;
    this.mostBytes = mostBytes;
  }

  /** How a page is stored. */
  public interface Codec<P> {
    /** The page as stored, or an empty one for null. */
    P decode(byte @Nullable [] stored);

    /** The bytes to store, or null when nothing is left of the page. */
    byte @Nullable [] encode(P page);

    /** Roughly the bytes of memory that the page takes. */
    int bytes(P page);
  }

  /** The pages of the hash {@code key}. */
  public Hash of(byte[] key) {
    return hashes.computeIfAbsent(Bytes.text(key), name -> new Hash(key));
  }

  /** Reads the pages that were wanted and that memory does not hold. */
  public void load(Reads reads) {
    for (Hash hash : hashes.values()) {
      hash.load(reads);
    }
  }

  /** Hands over what has changed, and lets the pages go that were not used for longest. */
  public void write(Writes writes) {
    for (Hash hash : hashes.values()) {
      hash.write(writes);
    }
    batch++;
    if (held > mostBytes) {
      shrink();
    }
  }

  private void shrink() {
    var all = new ArrayList<Held>();
    for (Hash hash : hashes.values()) {
      hash.pages.forEach((number, page) -> all.add(new Held(hash, number, page)));
    }
    all.sort(Comparator.comparingLong(place -> place.page.usedAt));
    for (Held place : all) {
      if (held <= mostBytes / 4 * 3) {
        break;
      }
      held -= place.page.bytes;
      place.hash.pages.remove(place.number);
    }
    hashes.values().removeIf(hash -> hash.pages.isEmpty());
  }

  private final class Held {
    private final Hash hash;
    private final int number;
    private final Page<P> page;

    private Held(Hash hash, int number, Page<P> page) {
      this.hash = hash;
      this.number = number;
      this.page = page;
    }
  }

  /** The pages of one hash. */
  public final class Hash {
    private final byte[] key;
    private final Int2ObjectHashMap<Page<P>> pages = new Int2ObjectHashMap<>();
    private final List<Integer> missing = new ArrayList<>();
    private final List<Integer> dirty = new ArrayList<>();

    private Hash(byte[] key) {
      this.key = key;
    }

    /** Says that the batch touches a page. */
    public void want(int number) {
      Page<P> page = pages.get(number);
      if (page == null) {
        page = new Page<>(codec.decode(null));
        pages.put(number, page);
        missing.add(number);
      }
      page.usedAt = batch;
    }

    /**
     * Whether memory happens to hold a page, so that the batch may use it without having wanted it.
     */
    public boolean holds(int number) {
      Page<P> page = pages.get(number);
      if (page != null) {
        page.usedAt = batch;
      }
      return page != null;
    }

    /**
     * A page that was wanted.
     *
     * @throws IllegalStateException when it was not
     */
    public P page(int number) {
      return held(number).content;
    }

    /** Says that a page has changed. */
    public void changed(int number) {
      Page<P> page = held(number);
      if (!page.dirty) {
        page.dirty = true;
        dirty.add(number);
      }
    }

    private Page<P> held(int number) {
      Page<P> page = pages.get(number);
      if (page == null) {
        throw new IllegalStateException(
            "page " + number + " of " + Bytes.text(key) + " is not loaded");
      }
      return page;
    }

    private void load(Reads reads) {
      if (missing.isEmpty()) {
        return;
      }
      List<Integer> wanted = List.copyOf(missing);
      missing.clear();
      List<byte[]> fields = new ArrayList<>(wanted.size());
      wanted.forEach(number -> fields.add(bytes(number)));
      reads.hash(
          key,
          fields,
          stored -> {
            for (int i = 0; i < wanted.size(); i++) {
              Page<P> page = held(wanted.get(i));
              page.content = codec.decode(stored.get(i));
              weigh(page);
            }
          });
    }

    private void write(Writes writes) {
      if (dirty.isEmpty()) {
        return;
      }
      List<byte[]> pairs = new ArrayList<>(dirty.size() * 2);
      List<byte[]> emptied = new ArrayList<>();
      for (int number : dirty) {
        Page<P> page = held(number);
        page.dirty = false;
        weigh(page);
        byte[] stored = codec.encode(page.content);
        if (stored == null) {
          emptied.add(bytes(number));
        } else {
          pairs.add(bytes(number));
          pairs.add(stored);
        }
      }
      dirty.clear();
      writes.hash(key, pairs);
      writes.hashDelete(key, emptied);
    }

    private void weigh(Page<P> page) {
      int bytes = codec.bytes(page.content);
      held += bytes - page.bytes;
      page.bytes = bytes;
    }
  }

  private static final class Page<P> {
    private P content;
    private long usedAt;
    private int bytes;
    private boolean dirty;

    private Page(P content) {
      this.content = content;
    }
  }
}
