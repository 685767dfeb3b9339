package dev.rivulet.policies;

import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.Erasing.Note;
import dev.rivulet.engine.Erasing.Place;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.policies.ErasureAccount.Removed;
import dev.rivulet.view.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Puts tombstones in the place of erased persons' records. An entry without any, and one that
 * cannot be read, stays as it is to the byte. Not thread-safe.
 */
final class Redaction {
  private static final String NAME = "erased";

  private final Map<Person, NavigableMap<Place, String>> erasures = new HashMap<>();
  private final Map<String, Removed> removed = new TreeMap<>();
  private final List<Place> gone = new ArrayList<>();

  /**
   * @param notes the erasures to carry out, by id
   */
  Redaction(Map<String, Erasing.Note> notes) {
    notes.forEach(
        (erasure, note) ->
            erasures
                .computeIfAbsent(Person.of(note), person -> new TreeMap<>())
                .put(note.place(), erasure));
  }

  /** What the log is to hold in place of {@code entries}. */
  List<LogEntry> apply(List<LogEntry> entries) {
    List<LogEntry> clean = new ArrayList<>(entries.size());
    for (LogEntry entry : entries) {
      clean.add(apply(entry));
    }
    return clean;
  }

  /** What was left out so far, by erasure. */
  Map<String, Removed> removed() {
    return removed;
  }

  /** Where it stood. */
  List<Place> gone() {
    return gone;
  }

  private LogEntry apply(LogEntry entry) {
    List<Event> events;
    try {
      events = RecordBatch.decode(entry.batch());
    } catch (RecordBatch.CorruptEntry e) {
      return entry; // the fold has put it aside; it may be of a version to come
    }
    List<Event> clean = new ArrayList<>(events.size());
    int before = gone.size();
    for (int i = 0; i < events.size(); i++) {
      clean.add(apply(events.get(i), entry.id(), i));
    }
    return gone.size() == before ? entry : new LogEntry(entry.id(), RecordBatch.encode(clean));
  }

  private Event apply(Event event, EntryId entry, int index) {
    NavigableMap<Place, String> own = erasures.get(new Person(event.project(), event.user()));
    var place = new Place(entry, index);
    // Of several erasures of one person, the first after the record removes it.
    Map.Entry<Place, String> erasure = own == null ? null : own.ceilingEntry(place);
    if (erasure == null || event.kind() == Kind.ERASED) {
      return event;
    }
    gone.add(place);
    if (event.kind().said()) {
      removed.merge(erasure.getValue(), new Removed(1, bytes(event)), Removed::plus);
    }
    long when = entry.millis(); // no more than the place says already
    return new Event(event.project(), Kind.ERASED, NAME, "", null, when, when, Properties.NONE);
  }

  private static long bytes(Event event) {
    long bytes = event.properties().length() + utf8(event.name()) + utf8(event.user());
    return event.id() == null ? bytes : bytes + utf8(event.id());
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private record Person(String project, String user) {
    private static Person of(Note note) {
      return new Person(note.project(), note.user());
    }
  }
}
