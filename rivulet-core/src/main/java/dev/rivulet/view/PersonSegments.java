package dev.rivulet.view;

import static dev.rivulet.view.Command.bytes;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Hashing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One small value per person, found from the person's id alone and cheap to change often. A field
 * of a hash for each would cost 60 bytes and, changed a thousand at a time, half a microsecond of
 * the store. So the people of a project and partition are spread over {@value #SEGMENTS} segments,
 * and a segment is a small log: what changed is appended, one command a segment and batch, and once
 * that has grown to half of what it changes, the segment is written anew.
 *
 * <p>A segment's base is a field of the hash {@code <subject>}, what was appended since is the
 * value {@code <subject>:<segment>}. Both are
 *
 * <pre>
 * byte    format (1); then per person, of two entries of one person the later one holds
 *   6 bytes  the high bits of the hash of the person's id
 *   varint   length of the value, 0 when there is none any more
 *   value
 * </pre>
 *
 * The low bits of the hash are the segment's number. So two persons of one project and partition
 * share a value about as rarely as they share a number: at ten million people with a probability of
 * 3 in a million.
 *
 * <p>Memory holds the segments that were used last as they are stored, with 25 bytes a person to
 * find them, and opens a value when it is used. In each batch: {@link #want}, {@link #load}, {@link
 * #of} and {@link #changed}, {@link #write}. A value may go on reading the bytes that it was
 * decoded from until the batch ends: they are never written over. Used by one thread.
 *
 * @param <T> a person's value, mutable
 */
public final class PersonSegments<T> {
  /** Segments of a project in a partition. */
  public static final int SEGMENTS = 64;

  private static final byte FORMAT = 1;
  private static final int LOW_BITS = 16;
  private static final int HEAD_BYTES = 6;
  private static final int LEAST_APPENDED = 2_048;
  private static final int MISSING = -1;

  private final Scope scope;
  private final String subject;
  private final Codec<T> codec;
  private final long mostBytes;
  private final Map<String, Project> projects = new HashMap<>();
  private final List<Segment> used = new ArrayList<>();
  private final ByteWriter value = new ByteWriter(128);

  /** The people of the batch, by their slots. */
  private final List<@Nullable Person> wanted = new ArrayList<>();

  private boolean located;
  private long batch;
  private long held;

  /** How a value is stored. */
  public interface Codec<T> {
    /** The value of somebody of whom nothing is known. */
    T fresh();

    /** Reads a value, which ends where {@code in} ends. */
    T decode(String project, ByteReader in);

    /** Writes {@code value}; returns whether there is anything to keep. */
    boolean encode(String project, T value, ByteWriter out);
  }

  /**
   * @param subject the part of the keys after the project
   * @param mostBytes memory for segments that no batch is using
   */
  public PersonSegments(Scope scope, String subject, Codec<T> codec, long mostBytes) {
    this.scope = scope;
    this.subject = subject;
    this.codec = codec;
    this.mostBytes = mostBytes;
  }

  /** Says that the batch touches the person of an occurrence. */
  public void want(Occurrence occurrence) {
    int slot = occurrence.slot();
    while (wanted.size() <= slot) {
      wanted.add(null);
    }
    if (wanted.get(slot) == null) {
      String project = occurrence.event().project();
      Project own = projects.computeIfAbsent(project, Project::new);
      wanted.set(slot, new Person(own.segment(occurrence.hash()), occurrence.hash()));
      located = false;
    }
  }

  /** Reads the segments that were wanted and that memory does not hold. */
  public void load(Reads reads) {
    projects.values().forEach(project -> project.load(reads));
  }

  /**
   * The value of a person who was wanted.
   *
   * @throws IllegalStateException when the person was not
   */
  public T of(Occurrence occurrence) {
    return person(occurrence).open();
  }

  /**
   * Finds the values of all who are wanted before the first is read. Each is somewhere else in
   * memory, and in a short loop the processor waits for many of them at once.
   */
  private void locate() {
    for (Person person : wanted) {
      if (person != null) {
        person.place = person.segment.place(person.hash >>> LOW_BITS);
      }
    }
    for (Person person : wanted) {
      if (person != null && person.place != MISSING) {
        person.stored = value(person.segment.entries.array(), person.place);
      }
    }
    located = true;
  }

  /** Says that the value of a person who was wanted has changed. */
  public void changed(Occurrence occurrence) {
    person(occurrence).change();
  }

  /** Lets go of what is known of a person who was wanted. */
  public void forget(Occurrence occurrence) {
    Person person = person(occurrence);
    person.value = codec.fresh();
    person.change();
  }

  /** Hands over what has changed, and lets the segments go that were not used for longest. */
  public void write(Writes writes) {
    Map<Project, List<byte[]>> bases = new LinkedHashMap<>();
    for (Segment segment : used) {
      segment.write(writes, bases);
    }
    used.clear();
    wanted.clear();
    bases.forEach((project, pairs) -> writes.hash(project.base, pairs));
    batch++;
    if (held > mostBytes) {
      shrink();
    }
  }

  /**
   * Reads the value of one person for a query: null when there is none. What was appended is read
   * before the base, for it may be merged into that in between.
   */
  public static void read(
      Scope scope,
      String subject,
      String project,
      String user,
      Reads reads,
      Consumer<@Nullable ByteReader> consumer) {
    long hash = Hashing.hash(user, Hashing.seed(project));
    long number = hash & (SEGMENTS - 1);
    long head = hash >>> LOW_BITS;
    List<byte[]> appended = new ArrayList<>();
    reads.get(
        scope.key(project, subject, Long.toString(number)),
        stored -> {
          if (stored != null) {
            appended.add(stored);
          }
        });
    reads.hash(
        scope.key(project, subject),
        List.of(bytes(number)),
        stored -> {
          int found = appended.isEmpty() ? MISSING : find(appended.get(0), head);
          byte[] base = stored.get(0);
          if (found != MISSING) {
            consumer.accept(value(appended.get(0), found));
          } else {
            int own = base == null ? MISSING : find(base, head);
            consumer.accept(base == null || own == MISSING ? null : value(base, own));
          }
        });
  }

  /** Where the length of the last entry of a person stands. */
  private static int find(byte[] stored, long head) {
    int found = MISSING;
    var in = new ByteReader(stored, 1);
    while (in.position() < stored.length) {
      long own = head(stored, in.position());
      in.skip(HEAD_BYTES);
      if (own == head) {
        found = in.position();
      }
      in.skip(in.varint());
    }
    return found;
  }

  private static @Nullable ByteReader value(byte[] stored, int position) {
    var in = new ByteReader(stored, position);
    int length = in.varint();
    return length == 0 ? null : new ByteReader(stored, in.position(), in.position() + length);
  }

  private static long head(byte[] bytes, int position) {
    return Bytes.unsignedInt(bytes, position) << 16
        | (bytes[position + 4] & 0xffL) << 8
        | (bytes[position + 5] & 0xffL);
  }

  private void shrink() {
    List<Segment> all = new ArrayList<>();
    for (Project project : projects.values()) {
      all.addAll(project.segments.values());
    }
    all.sort(Comparator.comparingLong(segment -> segment.usedAt));
    for (Segment segment : all) {
      if (held <= mostBytes / 4 * 3) {
        break;
      }
      held -= segment.weight;
      segment.project.segments.remove(segment.number);
    }
    projects.values().removeIf(project -> project.segments.isEmpty());
  }

  private Person person(Occurrence occurrence) {
    int slot = occurrence.slot();
    Person known = slot < wanted.size() ? wanted.get(slot) : null;
    if (known == null) {
      throw new IllegalStateException(
          subject + " of project " + occurrence.event().project() + " are not loaded");
    }
    if (!located) {
      locate();
    }
    return known;
  }

  private final class Project {
    private final String name;
    private final byte[] base;
    private final Int2ObjectHashMap<Segment> segments = new Int2ObjectHashMap<>();
    private final List<Segment> missing = new ArrayList<>();

    private Project(String name) {
      this.name = name;
      this.base = scope.key(name, subject);
    }

    private Segment segment(long hash) {
      int number = (int) (hash & (SEGMENTS - 1));
      Segment segment = segments.get(number);
      if (segment == null) {
        segment = new Segment(this, number);
        segments.put(number, segment);
        missing.add(segment);
      }
      segment.usedAt = batch;
      return segment;
    }

    private void load(Reads reads) {
      if (missing.isEmpty()) {
        return;
      }
      List<Segment> wanted = List.copyOf(missing);
      missing.clear();
      List<byte[]> fields = new ArrayList<>(wanted.size());
      wanted.forEach(segment -> fields.add(bytes(segment.number)));
      reads.hash(
          base,
          fields,
          stored -> {
            for (int i = 0; i < wanted.size(); i++) {
              wanted.get(i).based = wanted.get(i).take(stored.get(i));
            }
          });
      for (Segment segment : wanted) {
        reads.get(segment.key, stored -> segment.appended = segment.take(stored));
      }
    }
  }

  /** Somebody whom the batch wants; the value is read from the segment when it is used. */
  private final class Person {
    private final Segment segment;
    private final long hash;
    private int place = MISSING;
    private @Nullable ByteReader stored;
    private @Nullable T value;
    private boolean changed;

    private Person(Segment segment, long hash) {
      this.segment = segment;
      this.hash = hash;
    }

    private T open() {
      T open = value;
      if (open == null) {
        open = stored == null ? codec.fresh() : codec.decode(segment.project.name, stored);
        value = open;
      }
      return open;
    }

    private void change() {
      if (!changed) {
        changed = true;
        if (segment.changed.isEmpty()) {
          used.add(segment);
        }
        segment.changed.add(this);
      }
    }
  }

  /** The entries of a segment as they are stored, and those whose values a batch changed. */
  private final class Segment {
    private final Project project;
    private final int number;
    private final byte[] key;
    private final Long2LongHashMap places = new Long2LongHashMap(MISSING);
    private final List<Person> changed = new ArrayList<>();
    private ByteWriter entries = new ByteWriter(64);
    private int based;
    private int appended;
    private long usedAt;
    private long weight;

    private Segment(Project project, int number) {
      this.project = project;
      this.number = number;
      this.key = scope.key(project.name, subject, Integer.toString(number));
    }

    /** Takes stored entries; returns how many bytes they have. */
    private int take(byte @Nullable [] stored) {
      if (stored == null) {
        return 0;
      }
      if (stored[0] != FORMAT) {
        throw new IllegalStateException(
            "people are stored in format " + stored[0] + ", this version reads " + FORMAT);
      }
      append(stored, 1, stored.length);
      weigh();
      return stored.length - 1;
    }

    private void append(byte[] source, int from, int to) {
      int moved = entries.length() - from;
      entries.bytes(source, from, to - from);
      index(source, from, to, moved);
    }

    /** Notes where values lie: {@code moved} bytes after where {@code source} has them. */
    private void index(byte[] source, int from, int to, int moved) {
      var in = new ByteReader(source, from, to);
      while (!in.isAtEnd()) {
        long head = head(source, in.position());
        in.skip(HEAD_BYTES);
        int place = in.position() + moved;
        int length = in.varint();
        in.skip(length);
        if (length == 0) {
          places.remove(head);
        } else {
          places.put(head, place);
        }
      }
    }

    private int place(long head) {
      return (int) places.get(head);
    }

    private void write(Writes writes, Map<Project, List<byte[]>> bases) {
      int before = entries.length();
      changed.forEach(this::append);
      int more = entries.length() - before;
      if (appended + more + 1 > Math.max(LEAST_APPENDED, based / 2)) {
        compact();
        bases.computeIfAbsent(project, p -> new ArrayList<>()).addAll(base());
        if (appended > 0) {
          writes.delete(key);
        }
        appended = 0;
        based = entries.length();
      } else if (more > 0) {
        int format = appended > 0 ? 0 : 1;
        byte[] news = new byte[format + more];
        news[0] = FORMAT; // is written over where there is one already
        System.arraycopy(entries.array(), before, news, format, more);
        writes.append(key, news);
        appended += more;
      }
      weigh();
      changed.clear();
    }

    /** Puts the value of a person behind the entries. */
    private void append(Person person) {
      long head = person.hash >>> LOW_BITS;
      value.clear();
      if (codec.encode(project.name, person.open(), value)) {
        putHead(head);
        places.put(head, entries.length());
        entries.varint(value.length());
        entries.bytes(value);
      } else if (places.remove(head) != MISSING) {
        putHead(head);
        entries.varint(0);
      }
    }

    private void putHead(long head) {
      for (int shift = 8 * (HEAD_BYTES - 1); shift >= 0; shift -= 8) {
        entries.oneByte((int) (head >>> shift));
      }
    }

    /** Leaves of each person the entry that holds. */
    private void compact() {
      byte[] old = entries.array();
      var all = new ByteWriter(entries.length() / 2 * 3 + LEAST_APPENDED); // until the next time
      places.forEachLong(
          (head, place) -> {
            var in = new ByteReader(old, (int) place);
            int end = in.varint() + in.position();
            all.bytes(old, (int) place - HEAD_BYTES, end - (int) place + HEAD_BYTES);
          });
      entries = all;
      places.clear();
      index(all.array(), 0, all.length(), 0);
    }

    private List<byte[]> base() {
      byte[] base = new byte[entries.length() + 1];
      base[0] = FORMAT;
      System.arraycopy(entries.array(), 0, base, 1, entries.length());
      return List.of(bytes(number), base);
    }

    private void weigh() {
      long now = 400 + entries.array().length + 25L * places.size();
      held += now - weight;
      weight = now;
    }
  }
}
