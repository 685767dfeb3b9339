package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.view.Command;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds batches of log entries into the views of one partition and gathers what to store. Holds the
 * hot state in memory; whoever is in doubt throws this object away and makes a new one. Used by one
 * thread.
 */
final class BatchFolder {
  private static final Logger LOG = LoggerFactory.getLogger(BatchFolder.class);

  /** Places of poisonous records kept in order, to be shown; the reasons of all are kept. */
  static final int NEWEST_POISON = 100;

  private static final int REASON_CHARS = 300;

  private final int partition;
  private final Map<View, State> views;
  private final Persons persons;
  private final Names names;
  private final Dropped dropped;
  private final Erasing erasing;
  private final Duplicates duplicates;
  private final Tallies tallies;
  private final boolean first;

  /**
   * @param views the views to fold, opened on this partition
   * @param first whether this fold is the first to see the records and so decides which are
   *     dropped; a later one follows those decisions
   * @param mostIds event ids kept to recognise retries
   */
  BatchFolder(int partition, Map<View, State> views, boolean first, int mostIds) {
    this.partition = partition;
    this.views = views;
    this.first = first;
    this.persons = new Persons(partition);
    this.names = new Names(partition);
    this.dropped = new Dropped(partition);
    this.erasing = new Erasing(partition);
    this.duplicates = new Duplicates(partition, mostIds);
    this.tallies = new Tallies(partition);
  }

  /**
   * Folds {@code entries}, at least one.
   *
   * @param known poisonous records found by an earlier try, with their reasons
   * @param loader does reads in one round trip
   * @throws Poison when a view cannot fold a record: memory is then spoilt, fold again with a new
   *     folder that knows of it
   */
  Folded fold(List<LogEntry> entries, Map<Position, String> known, Consumer<Reads> loader) {
    var poison = new LinkedHashMap<Position, String>();
    List<Record> records = new ArrayList<>();
    int unreadable = 0;
    for (LogEntry entry : entries) {
      unreadable += decode(entry, records, poison);
    }
    loadDictionaries(entries, records, loader);
    persons.beginBatch();
    int repeated = 0;
    List<Occurrence> batch = new ArrayList<>(records.size());
    for (Record record : records) {
      String project = record.event.project();
      String reason = known.isEmpty() ? null : known.get(record.position());
      if (record.event.kind() == Kind.ERASED) {
        tallies.counted(project); // it keeps the books, and nobody folds it
      } else if (reason != null) {
        tallies.poisonous(project);
        if (first) {
          setAside(record);
        }
        poison.put(record.position(), reason);
        dropped.add(record.entry, record.index);
      } else if (!first) {
        if (!dropped.contains(record.entry, record.index)) {
          follow(record, batch);
        }
      } else if (duplicates.seen(record.event)) {
        repeated++;
        tallies.duplicate(project);
        dropped.add(record.entry, record.index);
      } else {
        tallies.counted(project);
        take(record, batch);
      }
    }
    foldViews(batch, loader);
    Writes writes = writes(poison);
    EntryId last = entries.get(entries.size() - 1).id();
    Set<String> projects = projects(batch, Occurrence::event);
    return new Folded(writes, last, records.size() + unreadable, repeated, poison.size(), projects);
  }

  /** Returns how many records of the entry cannot be read. */
  private int decode(LogEntry entry, List<Record> records, Map<Position, String> poison) {
    try {
      int index = 0;
      for (Event event : RecordBatch.decode(entry.batch())) {
        records.add(new Record(event, entry.id(), index++));
      }
      return 0;
    } catch (RecordBatch.CorruptEntry e) {
      LOG.error("partition {} entry {}: {}", partition, entry.id(), e.getMessage());
      poison.put(new Position(entry.id(), -1), String.valueOf(e.getMessage()));
      return RecordBatch.claimedCount(entry.batch());
    }
  }

  private static <T> Set<String> projects(List<T> batch, Function<T, Event> event) {
    Set<String> projects = new TreeSet<>();
    String last = null;
    for (T one : batch) {
      String project = event.apply(one).project();
      if (!project.equals(last)) {
        projects.add(project);
        last = project;
      }
    }
    return projects;
  }

  private void loadDictionaries(
      List<LogEntry> entries, List<Record> records, Consumer<Reads> loader) {
    var reads = new Reads();
    Set<String> projects = projects(records, Record::event);
    for (String project : projects) {
      persons.load(project, !first, reads);
      names.load(project, !first, reads);
    }
    if (first) {
      duplicates.load(loader);
      tallies.load(reads);
    } else {
      dropped.load(entries, reads);
      erasing.load(reads);
    }
    if (!reads.isEmpty()) {
      loader.accept(reads);
    }
    if (first) {
      loadPages(projects, records, loader);
    }
  }

  private void loadPages(Set<String> projects, List<Record> records, Consumer<Reads> loader) {
    var reads = new Reads();
    for (String project : projects) {
      Set<String> erased = new TreeSet<>();
      for (Record record : records) {
        if (record.event.kind() == Kind.ERASURE && record.event.project().equals(project)) {
          erased.add(record.event.user());
        }
      }
      persons.loadPages(project, erased, reads);
    }
    if (!reads.isEmpty()) {
      loader.accept(reads);
    }
  }

  /**
   * A poisonous record: no view folds it, but a retry of it is a duplicate, not a second poison.
   */
  private void setAside(Record record) {
    duplicates.seen(record.event);
    if (record.event.kind() == Kind.ERASURE) {
      forget(record, persons.hash(record.event.project(), record.event.user()));
    }
  }

  /** The first fold gives out numbers, and takes them back. */
  private void take(Record record, List<Occurrence> batch) {
    Event event = record.event;
    if (event.kind().measured()) {
      batch.add(measured(record));
      return;
    }
    long hash = persons.hash(event.project(), event.user());
    int person =
        event.kind() == Kind.ERASURE
            ? forget(record, hash)
            : persons.number(event.project(), event.user(), hash);
    if (person != Persons.NOBODY) {
      batch.add(occurrence(record, person, hash));
    }
  }

  private int forget(Record record, long hash) {
    Event event = record.event;
    int person = persons.forget(event.project(), hash);
    erasing.add(event, person, record.entry, record.index);
    return person;
  }

  /** A later fold leaves out who was erased since, and forgets those it has folded before. */
  private void follow(Record record, List<Occurrence> batch) {
    Event event = record.event;
    if (event.kind().measured()) {
      batch.add(measured(record));
      return;
    }
    long hash = persons.hash(event.project(), event.user());
    int person;
    if (event.kind() == Kind.ERASURE) {
      person = erasing.person(record.entry, record.index);
    } else if (erasing.hides(event, record.entry, record.index)) {
      person = Persons.NOBODY;
    } else {
      person = persons.known(event.project(), hash);
    }
    if (person != Persons.NOBODY) {
      batch.add(occurrence(record, person, hash));
    }
  }

  private static Occurrence measured(Record record) {
    Event event = record.event;
    return new Occurrence(
        event, event.name(), Persons.NOBODY, 0, Persons.NOBODY, record.entry, record.index);
  }

  private Occurrence occurrence(Record record, int person, long hash) {
    Event event = record.event;
    String subject =
        event.kind() == Kind.EVENT ? names.subject(event.project(), event.name()) : event.name();
    int slot = persons.slot(event.project(), hash);
    return new Occurrence(event, subject, person, hash, slot, record.entry, record.index);
  }

  /** Samples are only shown to views that fold them, and persons only to those that fold these. */
  private static List<Occurrence> share(View view, List<Occurrence> batch, Set<Kind> kinds) {
    boolean samples = view.folds(Kind.SAMPLE) || view.folds(Kind.SKETCH);
    boolean persons = view.folds(Kind.EVENT) || view.folds(Kind.TRAITS) || view.folds(Kind.ERASURE);
    boolean mixed = kinds.stream().anyMatch(kind -> kind.measured() != samples);
    if (!mixed || (samples && persons)) {
      return batch;
    }
    List<Occurrence> own = new ArrayList<>(batch);
    own.removeIf(other -> other.event().kind().measured() != samples);
    return own;
  }

  private void foldViews(List<Occurrence> batch, Consumer<Reads> loader) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    batch.forEach(occurrence -> kinds.add(occurrence.event().kind()));
    Reads reads = reads(batch, kinds, State::load);
    do {
      if (!reads.isEmpty()) {
        loader.accept(reads);
      }
      reads = reads(batch, kinds, State::loadMore);
    } while (!reads.isEmpty());
    for (Map.Entry<View, State> entry : views.entrySet()) {
      View view = entry.getKey();
      State state = entry.getValue();
      Set<Kind> folded = EnumSet.noneOf(Kind.class);
      kinds.stream().filter(view::folds).forEach(folded::add);
      for (Occurrence occurrence : batch) {
        if (folded.contains(occurrence.event().kind())) {
          try {
            state.fold(occurrence);
          } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
            throw new Poison(view, occurrence, e);
          }
        }
      }
    }
  }

  /** What the views need; finds the record at fault when one fails before it folds. */
  private Reads reads(List<Occurrence> batch, Set<Kind> kinds, Loading loading) {
    var reads = new Reads();
    for (Map.Entry<View, State> entry : views.entrySet()) {
      State state = entry.getValue();
      List<Occurrence> share = share(entry.getKey(), batch, kinds);
      try {
        loading.ask(state, share, reads);
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        for (Occurrence occurrence : share) {
          try {
            loading.ask(state, List.of(occurrence), new Reads());
          } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError own) {
            throw new Poison(entry.getKey(), occurrence, own);
          }
        }
        throw e;
      }
    }
    return reads;
  }

  /** A way in which a state asks for what it needs. */
  private interface Loading {
    void ask(State state, List<Occurrence> batch, Reads reads);
  }

  private Writes writes(Map<Position, String> poison) {
    var writes = new Writes();
    views.values().forEach(state -> state.write(writes));
    if (first) {
      persons.write(writes);
      names.write(writes);
      erasing.write(writes);
      duplicates.write(writes);
      dropped.write(writes);
      tallies.write(writes);
    }
    List<byte[]> reasons = new ArrayList<>();
    List<byte[]> newest = new ArrayList<>();
    poison.forEach(
        (position, reason) -> {
          newest.add(Command.bytes(position.entry().millis()));
          newest.add(Command.bytes(position.toString()));
          reasons.add(Command.bytes(position.toString()));
          reasons.add(Command.bytes(reason.substring(0, Math.min(reason.length(), REASON_CHARS))));
        });
    writes.hash(Keys.poison(partition), reasons);
    writes.highest(Keys.newestPoison(partition), newest, NEWEST_POISON);
    return writes;
  }

  private record Record(Event event, EntryId entry, int index) {
    Position position() {
      return new Position(entry, index);
    }
  }

  /**
   * The place of a record in its partition's log.
   *
   * @param index its place in the entry; -1 for a whole entry that cannot be read
   */
  record Position(EntryId entry, int index) {
    @Override
    public String toString() {
      return entry + "/" + index;
    }
  }

  /** A record that a view cannot fold. */
  static final class Poison extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Position position;

    Poison(View view, Occurrence occurrence, Throwable cause) {
      super(view.name() + " cannot fold it: " + cause, cause);
      this.position = new Position(occurrence.entry(), occurrence.index());
    }

    Position position() {
      return position;
    }
  }
}
