package dev.rivulet.view;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Hashing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One small value per person, found from the person's id alone, in {@link Pages}. The page is the
 * low bits of the id's 64-bit hash; in the page an entry has the hash's high 48 bits in the id's
 * stead, which saves most of a UUID. So two persons of one project and partition share a value as
 * rarely as they share a number: at ten million people with a probability of 3 in a million.
 *
 * <pre>
 * byte    format (1); then per person
 *   6 bytes  high bits of the hash
 *   varint   length of the value
 *   value
 * </pre>
 *
 * Memory holds pages as they are stored, and opens a value when it is used. In each batch: {@link
 * #want}, {@link #load}, {@link #of} and {@link #changed}, {@link #write}. Used by one thread.
 *
 * @param <T> a person's value, mutable
 */
public final class PersonPages<T> {
  private static final byte FORMAT = 1;
  private static final int LOW_BITS = 16;
  private static final int HEAD_BYTES = 6;

  private final Function<String, byte[]> key;
  private final Codec<T> codec;
  private final long pageMask;
  private final Pages<Page<T>> pages;
  private final Map<String, Project> projects = new HashMap<>();
  private final List<Page<T>> opened = new ArrayList<>();

  /** How a value is stored. */
  public interface Codec<T> {
    /** The value of somebody of whom nothing is known. */
    T fresh();

    T decode(String project, ByteReader in);

    /** Writes {@code value}; returns whether there is anything to keep. */
    boolean encode(String project, T value, ByteWriter out);
  }

  /**
   * @param bits the pages of a project and partition are 2 to this power, at most 16 + 14
   * @param key the hash that holds a project's pages
   * @param mostBytes memory for pages that no batch is using
   */
  public PersonPages(int bits, Function<String, byte[]> key, Codec<T> codec, long mostBytes) {
    this.key = key;
    this.codec = codec;
    this.pageMask = (1L << bits) - 1;
    this.pages = new Pages<>(new PageCodec(), mostBytes);
  }

  /** Says that the batch touches a person. */
  public void want(String project, String user) {
    Project own = project(project);
    own.hash.want(own.page(user));
  }

  /** Reads the pages that were wanted and that memory does not hold. */
  public void load(Reads reads) {
    pages.load(reads);
  }

  /**
   * The value of a person who was wanted.
   *
   * @throws IllegalStateException when the person was not
   */
  public T of(String project, String user) {
    Project own = project(project);
    long hash = own.hash(user);
    Page<T> page = own.hash.page((int) (hash & pageMask));
    if (page.open.isEmpty()) {
      page.project = project;
      opened.add(page);
    }
    return page.open.computeIfAbsent(
        hash >>> LOW_BITS,
        head -> {
          ByteReader entry = entry(page.stored, head);
          return entry == null ? codec.fresh() : codec.decode(project, entry);
        });
  }

  /** Says that the value of a person has changed. */
  public void changed(String project, String user) {
    Project own = project(project);
    own.hash.changed(own.page(user));
  }

  /** Lets go of what is known of a person who was wanted. */
  public void forget(String project, String user) {
    of(project, user);
    Project own = project(project);
    long hash = own.hash(user);
    own.hash.page((int) (hash & pageMask)).open.put(hash >>> LOW_BITS, codec.fresh());
    changed(project, user);
  }

  /** Hands over what has changed. */
  public void write(Writes writes) {
    pages.write(writes);
    opened.forEach(page -> page.open.clear());
    opened.clear();
    projects.clear(); // a hash that memory let go of must not be written to
  }

  /** The field of a person in the hash that holds the pages, for a query. */
  public static byte[] field(String project, String user, int bits) {
    return Command.bytes(hashOf(project, user) & ((1L << bits) - 1));
  }

  /** The stored value of a person in a page, or null when there is none. */
  public static @Nullable ByteReader find(byte @Nullable [] page, String project, String user) {
    return page == null ? null : entry(page, hashOf(project, user) >>> LOW_BITS);
  }

  private static long hashOf(String project, String user) {
    return Hashing.hash(user, Hashing.seed(project));
  }

  private static @Nullable ByteReader entry(byte[] page, long head) {
    var in = new ByteReader(page, 1);
    while (in.position() < page.length) {
      long found = head(page, in.position());
      in.skip(HEAD_BYTES);
      int length = in.varint();
      if (found == head) {
        return in;
      }
      in.skip(length);
    }
    return null;
  }

  private static long head(byte[] page, int position) {
    return Bytes.unsignedInt(page, position) << 16
        | (page[position + 4] & 0xffL) << 8
        | (page[position + 5] & 0xffL);
  }

  private Project project(String project) {
    return projects.computeIfAbsent(
        project, name -> new Project(pages.of(key.apply(name)), Hashing.seed(name)));
  }

  private final class Project {
    private final Pages<Page<T>>.Hash hash;
    private final long seed;

    private Project(Pages<Page<T>>.Hash hash, long seed) {
      this.hash = hash;
      this.seed = seed;
    }

    private long hash(String user) {
      return Hashing.hash(user, seed);
    }

    private int page(String user) {
      return (int) (hash(user) & pageMask);
    }
  }

  /** A page as it is stored, and those of its values that the batch has opened. */
  private static final class Page<T> {
    private final Map<Long, T> open = new LinkedHashMap<>(2);
    private byte[] stored;
    private String project = "";

    private Page(byte[] stored) {
      this.stored = stored;
    }
  }

  private final class PageCodec implements Pages.Codec<Page<T>> {
    private static final int OBJECTS_BYTES = 160;

    @Override
    public Page<T> decode(byte @Nullable [] stored) {
      if (stored == null) {
        return new Page<>(new byte[] {FORMAT});
      }
      if (stored[0] != FORMAT) {
        throw new IllegalStateException(
            "people are stored in format " + stored[0] + ", this version reads " + FORMAT);
      }
      return new Page<>(stored);
    }

    @Override
    public byte @Nullable [] encode(Page<T> page) {
      var out = new ByteWriter(page.stored.length + 64);
      out.oneByte(FORMAT);
      var in = new ByteReader(page.stored, 1);
      while (in.position() < page.stored.length) {
        int start = in.position();
        long head = head(page.stored, start);
        in.skip(HEAD_BYTES);
        in.skip(in.varint());
        if (!page.open.containsKey(head)) {
          out.bytes(page.stored, start, in.position() - start);
        }
      }
      var value = new ByteWriter(64);
      page.open.forEach(
          (head, opened) -> {
            value.clear();
            if (codec.encode(page.project, opened, value)) {
              for (int shift = 40; shift >= 0; shift -= 8) {
                out.oneByte((int) (head >>> shift));
              }
              out.varint(value.length());
              out.bytes(value);
            }
          });
      page.stored = out.toBytes();
      return page.stored.length == 1 ? null : page.stored;
    }

    @Override
    public int bytes(Page<T> page) {
      return OBJECTS_BYTES + page.stored.length;
    }
  }
}
