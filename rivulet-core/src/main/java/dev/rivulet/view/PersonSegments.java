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
 * that has grown to half of what it changes, the segment is written anew. {@link StoredSegment}
 * tells how it is stored.
 *
 * <p>The low bits of the hash of a person's id are the segment's number, the others are stored. So
 * two persons of one project and partition share a value about as rarely as they share a number: at
 * ten million people with a probability of 3 in a million.
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

  private static final int LEAST_APPENDED = 2_048;
  private static final int MISSING = -1;

  private final Scope scope;
  private final String subject;
  private final Codec<T> codec;
  private final long mostBytes;
  private final Map<String, Project> projects = new HashMap<>();
  private final List<Segment> used = new ArrayList<>();
  private final ByteWriter value = new ByteWriter(128);
  private final ByteWriter changes = new ByteWriter(128);
  private final ByteWriter news = new ByteWriter(1024);

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

    /**
     * Writes what has changed of {@code value} since it was {@link #fresh} or decoded, so that
     * {@link #apply} makes the same of what it was then; returns false where that cannot be told.
     */
    default boolean encodeChanges(String project, T value, ByteWriter out) {
      return false;
    }

    /** Makes changes anew that {@link #encodeChanges} wrote and that end where {@code in} ends. */
    default void apply(String project, T value, ByteReader in) {
      throw new IllegalStateException("there are changes of a value that is only kept whole");
    }
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
        person.segment.replay();
        person.place = person.segment.place(StoredSegment.head(person.hash));
      }
    }
    for (Person person : wanted) {
      if (person != null && person.place != MISSING) {
        person.stored = StoredSegment.value(person.segment.entries.array(), person.place);
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
    person.segment.rewrite = true; // so that nothing of them is left in the store
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

  /** Reads for a query what is stored of one person. */
  public static void read(
      Scope scope,
      String subject,
      String project,
      String user,
      Reads reads,
      Consumer<StoredPerson> consumer) {
    long hash = Hashing.hash(user, Hashing.seed(project));
    StoredPerson.read(scope, subject, project, hash, reads, consumer);
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
              wanted.get(i).takeBase(stored.get(i));
            }
          });
      for (Segment segment : wanted) {
        reads.get(segment.key, segment::takeAppended);
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

  /** The values of a segment as its base has them, and those that a batch changed. */
  private final class Segment {
    private final Project project;
    private final int number;
    private final byte[] key;
    private final Long2LongHashMap places = new Long2LongHashMap(MISSING);
    private final List<Person> changed = new ArrayList<>();
    private ByteWriter entries = new ByteWriter(64);

    /** What was read and is not among the entries yet. */
    private @Nullable StoredSegment unread;

    /** Bytes of the entries when they were compacted, and those of them that are stored. */
    private int compacted;

    private int based;
    private int appended;
    private int generation;
    private boolean rewrite;
    private long usedAt;
    private long weight;

    private Segment(Project project, int number) {
      this.project = project;
      this.number = number;
      this.key = scope.key(project.name, subject, Integer.toString(number));
    }

    private void takeBase(byte @Nullable [] stored) {
      if (stored != null) {
        StoredSegment base = StoredSegment.base(stored);
        generation = base.generation();
        int start = base.start();
        entries.bytes(stored, start, stored.length - start);
        index();
        based = entries.length();
        compacted = entries.length();
        weigh();
      }
    }

    private void takeAppended(byte @Nullable [] stored) {
      if (stored != null) {
        unread = StoredSegment.appended(stored);
        appended = stored.length;
      }
    }

    /** Folds what was appended into the entries; once, and not before all is read. */
    private void replay() {
      StoredSegment stored = unread;
      if (stored == null) {
        return;
      }
      unread = null;
      rewrite |= !stored.isExtensible();
      stored.forEach(
          (head, bytes, isChange) -> {
            if (isChange) {
              int place = place(head);
              T open =
                  place == MISSING
                      ? codec.fresh()
                      : decode(StoredSegment.value(entries.array(), place));
              codec.apply(project.name, open, bytes);
              value.clear();
              put(head, codec.encode(project.name, open, value));
            } else {
              value.clear();
              value.bytes(bytes.array(), bytes.position(), bytes.end() - bytes.position());
              put(head, value.length() > 0);
            }
          });
      weigh();
    }

    private T decode(@Nullable ByteReader stored) {
      return stored == null ? codec.fresh() : codec.decode(project.name, stored);
    }

    /** Notes where values lie. */
    private void index() {
      byte[] all = entries.array();
      var in = new ByteReader(all, 0, entries.length());
      while (!in.isAtEnd()) {
        long head = StoredSegment.headAt(all, in.position());
        in.skip(StoredSegment.HEAD_BYTES);
        int place = in.position();
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
      news.clear();
      if (appended == 0) {
        StoredSegment.begin(generation, news);
      }
      int begun = news.length();
      changed.forEach(this::append);
      changed.clear();
      if (rewrite || appended + news.length() > Math.max(LEAST_APPENDED, based / 2)) {
        compact();
        generation++;
        bases
            .computeIfAbsent(project, p -> new ArrayList<>())
            .addAll(List.of(bytes(number), StoredSegment.encodeBase(generation, entries)));
        if (appended > 0) {
          writes.delete(key);
        }
        appended = 0;
        based = entries.length();
        rewrite = false;
      } else if (news.length() > begun) {
        writes.append(key, news.toBytes());
        appended += news.length();
        if (entries.length() - compacted > Math.max(LEAST_APPENDED, compacted / 2)) {
          compact();
        }
      }
      weigh();
    }

    /** Takes the value of a person, and notes for the store whichever is shorter: it or changes. */
    private void append(Person person) {
      long head = StoredSegment.head(person.hash);
      T open = person.open();
      value.clear();
      boolean kept = codec.encode(project.name, open, value);
      boolean known = put(head, kept);
      changes.clear();
      if (kept
          && codec.encodeChanges(project.name, open, changes)
          && changes.length() < value.length()) {
        StoredSegment.add(head, changes, true, news);
      } else if (kept) {
        StoredSegment.add(head, value, false, news);
      } else if (known) {
        changes.clear();
        StoredSegment.add(head, changes, false, news);
      }
    }

    /** Puts {@link #value} behind the entries, if it is to be kept; whether there was one. */
    private boolean put(long head, boolean kept) {
      if (!kept) {
        return places.remove(head) != MISSING;
      }
      StoredSegment.addHead(head, entries);
      long before = places.put(head, entries.length());
      entries.varint(value.length());
      entries.bytes(value);
      return before != MISSING;
    }

    /** Leaves of each person the entry that holds. */
    private void compact() {
      byte[] old = entries.array();
      var all = new ByteWriter(entries.length() / 2 * 3 + LEAST_APPENDED); // until the next time
      places.forEachLong(
          (head, place) -> {
            var in = new ByteReader(old, (int) place);
            int end = in.varint() + in.position();
            int start = (int) place - StoredSegment.HEAD_BYTES;
            all.bytes(old, start, end - start);
          });
      entries = all;
      compacted = all.length();
      places.clear();
      index();
    }

    private void weigh() {
      long now = 400 + entries.array().length + 25L * places.size();
      held += now - weight;
      weight = now;
    }
  }
}
