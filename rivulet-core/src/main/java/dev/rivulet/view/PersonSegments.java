package dev.rivulet.view;

import static dev.rivulet.view.Command.bytes;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Hashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
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
 * #of} and {@link #changed}, {@link #write}. Used by one thread.
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
  private long batch;
  private long held;

  /** How a value is stored. */
  public interface Codec<T> {
    /** The value of somebody of whom nothing is known. */
    T fresh();

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

  /** Says that the batch touches a person. */
  public void want(String project, String user) {
    Project own = projects.computeIfAbsent(project, Project::new);
    if (own.known(user) == null) {
      own.want(user, Hashing.hash(user, own.seed));
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
  public T of(String project, String user) {
    return person(project, user).open();
  }

  /** Says that the value of a person who was wanted has changed. */
  public void changed(String project, String user) {
    person(project, user).change();
  }

  /** Lets go of what is known of a person who was wanted. */
  public void forget(String project, String user) {
    Person person = person(project, user);
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
    projects.values().forEach(Project::endBatch);
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
    return in.varint() == 0 ? null : in;
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

  /**
   * The 64-bit hash of the id of a person who was wanted. Its high bits tell the partition, its low
   * 6 the segment.
   */
  public long hash(String project, String user) {
    return person(project, user).hash;
  }

  private Person person(String project, String user) {
    Project own = projects.get(project);
    Person known = own == null ? null : own.known(user);
    if (known == null) {
      throw new IllegalStateException(subject + " of project " + project + " are not loaded");
    }
    return known;
  }

  private final class Project {
    private final String name;
    private final long seed;
    private final byte[] base;
    private final Int2ObjectHashMap<Segment> segments = new Int2ObjectHashMap<>();
    private final List<Segment> missing = new ArrayList<>();

    /** The people of the batch: by their ids, and by their hashes, which two may share. */
    private final Map<String, Person> users = new HashMap<>();

    private final Long2ObjectHashMap<Person> people = new Long2ObjectHashMap<>();
    private String lastUser = "";
    private @Nullable Person last;

    private Project(String name) {
      this.name = name;
      this.seed = Hashing.seed(name);
      this.base = scope.key(name, subject);
    }

    /** Asked for the same person again and again while one event is folded. */
    private @Nullable Person known(String user) {
      if (last == null || !user.equals(lastUser)) {
        last = users.get(user);
        lastUser = user;
      }
      return last;
    }

    private void want(String user, long hash) {
      Person person = people.get(hash);
      if (person == null) {
        person = new Person(segment((int) (hash & (SEGMENTS - 1))), hash);
        people.put(hash, person);
      }
      users.put(user, person);
    }

    private Segment segment(int number) {
      Segment segment = segments.get(number);
      if (segment == null) {
        segment = new Segment(this, number);
        segments.put(number, segment);
        missing.add(segment);
      }
      segment.usedAt = batch;
      return segment;
    }

    private void endBatch() {
      if (!users.isEmpty()) {
        users.clear();
        people.clear();
        last = null;
      }
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
    private @Nullable T value;
    private boolean changed;

    private Person(Segment segment, long hash) {
      this.segment = segment;
      this.hash = hash;
    }

    private T open() {
      T open = value;
      if (open == null) {
        open = segment.decode(hash >>> LOW_BITS);
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
      var in = new ByteReader(source, from);
      while (in.position() < to) {
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

    private T decode(long head) {
      int place = (int) places.get(head);
      ByteReader value = place == MISSING ? null : value(entries.array(), place);
      return value == null ? codec.fresh() : codec.decode(project.name, value);
    }

    private void write(Writes writes, Map<Project, List<byte[]>> bases) {
      ByteWriter news = news();
      append(news.array(), 1, news.length());
      if (appended + news.length() > Math.max(LEAST_APPENDED, based / 2)) {
        compact();
        bases.computeIfAbsent(project, p -> new ArrayList<>()).addAll(base());
        if (appended > 0) {
          writes.delete(key);
        }
        appended = 0;
        based = entries.length();
      } else if (news.length() > 1) {
        byte[] all = news.toBytes();
        writes.append(key, appended > 0 ? Arrays.copyOfRange(all, 1, all.length) : all);
        appended += all.length - 1;
      }
      weigh();
      changed.clear();
    }

    /** The entries of the values that changed. */
    private ByteWriter news() {
      var news = new ByteWriter(64 + changed.size() * 64);
      news.oneByte(FORMAT);
      for (Person person : changed) {
        long head = person.hash >>> LOW_BITS;
        value.clear();
        boolean kept = codec.encode(project.name, person.open(), value);
        if (kept || places.containsKey(head)) {
          for (int shift = 8 * (HEAD_BYTES - 1); shift >= 0; shift -= 8) {
            news.oneByte((int) (head >>> shift));
          }
          news.varint(kept ? value.length() : 0);
          if (kept) {
            news.bytes(value);
          }
        }
      }
      return news;
    }

    /** Leaves of each person the entry that holds. */
    private void compact() {
      byte[] old = entries.array();
      var all = new ByteWriter(entries.length());
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
      var base = new ByteWriter(entries.length() + 1);
      base.oneByte(FORMAT);
      base.bytes(entries);
      return List.of(bytes(number), base.toBytes());
    }

    private void weigh() {
      long now = 400 + entries.array().length + 25L * places.size();
      held += now - weight;
      weight = now;
    }
  }
}
