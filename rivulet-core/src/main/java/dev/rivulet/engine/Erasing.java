package dev.rivulet.engine;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The persons of a partition who were erased and whose old records still stand in its log. The fold
 * notes each in the transaction that erases them, and the rewrite of the log takes the notes away
 * in the transaction that swaps it in. Whoever reads the log reads these notes first and passes
 * over what they hide. Not thread-safe.
 */
public final class Erasing {
  /** What may wait for one partition's rewrite; more are refused. */
  public static final int MOST = 1_000;

  private static final byte FORMAT = 1;

  private final byte[] key;
  private final Map<String, Note> notes = new TreeMap<>();
  private final Map<Person, Place> until = new HashMap<>();
  private final Map<Place, Note> byPlace = new HashMap<>();
  private final List<byte[]> added = new ArrayList<>();

  public Erasing(int partition) {
    this.key = key(partition);
  }

  /** A hash: erasure id to note, empty while no erasure is under way. */
  public static byte[] key(int partition) {
    return Keys.of(partition, "erasing");
  }

  /** Reads the notes afresh. They must be read before the entries that they are asked about. */
  public void load(Reads reads) {
    reads.wholeHash(
        key,
        stored -> {
          notes.clear();
          until.clear();
          byPlace.clear();
          stored.forEach((erasure, bytes) -> put(erasure, decode(bytes)));
        });
  }

  /** The notes by erasure id. */
  public Map<String, Note> notes() {
    return notes;
  }

  /** Whether the record at this place is one that nobody may see any more. */
  public boolean hides(Event event, EntryId entry, int index) {
    if (until.isEmpty()) {
      return false;
    }
    Place last = until.get(new Person(event.project(), event.user()));
    return last != null && new Place(entry, index).compareTo(last) <= 0;
  }

  /** The number of the person who is erased by the record at this place, or -1. */
  int person(EntryId entry, int index) {
    Note note = byPlace.get(new Place(entry, index));
    return note == null ? Persons.NOBODY : note.person();
  }

  /** Notes the erasure that {@code event} asks for. */
  void add(Event event, int person, EntryId entry, int index) {
    var note = new Note(event.project(), event.user(), person, new Place(entry, index));
    String erasure = event.id() == null ? note.place().toString() : event.id();
    added.add(Command.bytes(erasure));
    added.add(note.encode());
  }

  void write(Writes writes) {
    writes.hash(key, added);
    added.clear();
  }

  private void put(String erasure, Note note) {
    notes.put(erasure, note);
    byPlace.put(note.place(), note);
    until.merge(
        new Person(note.project(), note.user()),
        note.place(),
        (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  private static Note decode(byte[] stored) {
    if (stored[0] != FORMAT) {
      throw new IllegalStateException(
          "erasures are noted in format " + stored[0] + ", this version reads " + FORMAT);
    }
    var in = new ByteReader(stored, 1);
    int person = in.varint() - 1;
    var place = new Place(EntryId.parse(in.text()), in.varint());
    return new Note(in.text(), in.text(), person, place);
  }

  private record Person(String project, String user) {}

  /**
   * One erasure.
   *
   * @param person the number that the person had, -1 when there was nobody of that id
   * @param place where the record stands that asks for it; it hides the person's records up to
   *     there, itself included
   */
  public record Note(String project, String user, int person, Place place) {
    private byte[] encode() {
      var out = new ByteWriter(64 + project.length() + user.length());
      out.oneByte(FORMAT);
      out.varint(person + 1);
      out.text(place.entry.toString());
      out.varint(place.index);
      out.text(project);
      out.text(user);
      return out.toBytes();
    }
  }

  /** The place of a record in its partition's log. */
  public record Place(EntryId entry, int index) implements Comparable<Place> {
    /** Reads what {@link #toString} gives. */
    public static Place parse(String text) {
      int slash = text.indexOf('/');
      return new Place(
          EntryId.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(Place other) {
      int byEntry = entry.compareTo(other.entry);
      return byEntry != 0 ? byEntry : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
      return entry + "/" + index;
    }
  }
}
