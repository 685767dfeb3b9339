package dev.rivulet.query;

import dev.rivulet.engine.Dropped;
import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.event.Limits;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads folded, counted events from the log of every partition, page by page. One use. */
final class LogScan {
  private static final int PAGE_ENTRIES = 64;
  private static final int PAGE_ENTRIES_BACK = 256;
  private static final long MOST_EVENTS = 10_000_000;

  private final int partitions;
  private final PartitionReader reader;
  private long read;
  private long completeSince;

  LogScan(int partitions, PartitionReader reader) {
    this.partitions = partitions;
    this.reader = reader;
  }

  long run(long from, Consumer<Event> consumer) {
    for (int partition = 0; partition < partitions; partition++) {
      scan(partition, new EntryId(Math.max(0, from - Limits.CLOCK_SKEW_MILLIS), 0), consumer);
    }
    return completeSince;
  }

  /** Reads the newest events of each partition; returns whether there are or were older ones. */
  boolean newest(int most, Consumer<Event> consumer) {
    boolean older = false;
    for (int partition = 0; partition < partitions; partition++) {
      older |= newest(partition, Math.max(1, most / partitions), consumer);
    }
    return older;
  }

  private boolean newest(int partition, int most, Consumer<Event> consumer) {
    EntryId last = head(partition);
    var erasing = new Erasing(partition);
    Deque<List<LogEntry>> pages = new ArrayDeque<>();
    long found = 0;
    boolean older = true;
    while (last != null && older && found < most) {
      List<LogEntry> back = new ArrayList<>();
      var reads = new Reads();
      erasing.load(reads);
      reads.entriesBack(Keys.log(partition), last, PAGE_ENTRIES_BACK, back::addAll);
      run(partition, reads);
      older = back.size() == PAGE_ENTRIES_BACK;
      List<LogEntry> page = new ArrayList<>();
      for (LogEntry entry : back) {
        if (found >= most) {
          older = true;
          break;
        }
        found += RecordBatch.claimedCount(entry.batch());
        page.add(0, entry);
        last = entry.id().previous();
      }
      pages.push(page);
    }
    var dropped = new Dropped(partition);
    for (List<LogEntry> page : pages) {
      var marks = new Reads();
      dropped.load(page, marks);
      run(partition, marks);
      page.forEach(entry -> read(entry, dropped, erasing, consumer));
    }
    return (last != null && older) || completeSince > 0;
  }

  private void scan(int partition, EntryId start, Consumer<Event> consumer) {
    byte[] log = Keys.log(partition);
    EntryId last = head(partition);
    if (last == null) {
      return;
    }
    var dropped = new Dropped(partition);
    var erasing = new Erasing(partition);
    EntryId next = start;
    while (true) {
      List<LogEntry> page = page(partition, log, next, erasing);
      page.removeIf(entry -> entry.id().compareTo(last) > 0);
      if (page.isEmpty()) {
        return;
      }
      var marks = new Reads();
      dropped.load(page, marks);
      run(partition, marks);
      page.forEach(entry -> read(entry, dropped, erasing, consumer));
      next = page.get(page.size() - 1).id().next();
    }
  }

  /** How far the partition is folded, null for nothing; notes since when its log is complete. */
  private @Nullable EntryId head(int partition) {
    List<byte @Nullable []> offsets = new ArrayList<>();
    List<byte @Nullable []> trimmed = new ArrayList<>();
    var head = new Reads();
    head.get(Keys.offset(partition), offsets::add);
    head.get(Keys.trimmed(partition), trimmed::add);
    run(partition, head);
    byte[] stored = offsets.get(0);
    byte[] gone = trimmed.get(0);
    if (gone != null) { // its events may say to be of a little later than it
      EntryId first = EntryId.parse(new String(gone, StandardCharsets.US_ASCII));
      completeSince = Math.max(completeSince, first.millis() + Limits.CLOCK_SKEW_MILLIS);
    }
    return stored == null
        ? null
        : Offset.decode(new String(stored, StandardCharsets.UTF_8)).entry();
  }

  private List<LogEntry> page(int partition, byte[] log, EntryId next, Erasing erasing) {
    List<LogEntry> page = new ArrayList<>();
    var reads = new Reads();
    erasing.load(reads);
    reads.entries(log, next, PAGE_ENTRIES, page::addAll);
    run(partition, reads);
    return page;
  }

  private void read(LogEntry entry, Dropped dropped, Erasing erasing, Consumer<Event> consumer) {
    List<Event> events;
    try {
      events = RecordBatch.decode(entry.batch());
    } catch (RecordBatch.CorruptEntry e) {
      return; // the fold put it aside, and the status tells
    }
    read += events.size();
    if (read > MOST_EVENTS) {
      throw new IllegalArgumentException(
          "the range holds more than "
              + MOST_EVENTS
              + " events to look through: ask for a shorter one, or break down instead");
    }
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (event.kind().said()
          && !dropped.contains(entry.id(), i)
          && !erasing.hides(event, entry.id(), i)) {
        consumer.accept(event);
      }
    }
  }

  private void run(int partition, Reads own) {
    List<Reads> all = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      all.add(i == partition ? own : new Reads());
    }
    own.deliver(reader.read(all).get(partition));
  }
}
