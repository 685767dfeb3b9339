package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Pages;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a funnel by day. Which days a batch changes is known only once the persons are read,
 * and there is one round trip: what changes in a cell that memory does not hold waits, stored
 * beside the cells, and is added in the next batch, which reads that cell. A report adds both. Used
 * by one thread.
 */
final class DayCells {
  private final int steps;
  private final byte[] key;
  private final Pages<DayCell> cells;
  private final TreeMap<Integer, DayCell> waiting = new TreeMap<>();
  private Pages<DayCell>.Hash held;
  private boolean waitingChanged;

  DayCells(Funnel funnel, byte[] key, long mostBytes) {
    this.steps = funnel.steps().size();
    this.key = key;
    this.cells = new Pages<>(new Stored(), mostBytes);
    this.held = cells.of(key);
  }

  void begin() {
    held = cells.of(key);
    waiting.keySet().forEach(held::want);
  }

  void load(Reads reads) {
    cells.load(reads);
  }

  /** Takes in the changes that wait. */
  void waiting(byte @Nullable [] stored) {
    if (stored != null) {
      var in = new ByteReader(stored, 0);
      Layout.check(in.oneByte(), "the changes");
      while (!in.isAtEnd()) {
        var changes = new DayCell(steps);
        int day = (int) in.zigzag();
        changes.decode(in);
        waiting.put(day, changes);
      }
    }
  }

  /** Takes back what a person added and adds what they add now. */
  void replace(List<Dominance.Row> before, List<Dominance.Row> now) {
    var gone = new ArrayList<>(before);
    for (Dominance.Row row : now) {
      if (!take(gone, row)) {
        add(row, 1);
      }
    }
    gone.forEach(row -> add(row, -1));
  }

  void write(Writes writes) {
    if (waiting.keySet().removeIf(this::addWaiting)) {
      waitingChanged = true;
    }
    cells.write(writes);
    if (waitingChanged) {
      waitingChanged = false;
      if (waiting.isEmpty()) {
        writes.hashDelete(key, List.of(Layout.WAITING));
      } else {
        writes.hash(key, List.of(Layout.WAITING, encodeWaiting()));
      }
    }
  }

  private boolean addWaiting(int day) {
    DayCell changes = waiting.get(day);
    if (changes == null || !held.holds(day)) {
      return false;
    }
    held.page(day).addAll(changes);
    held.changed(day);
    return true;
  }

  private void add(Dominance.Row row, int times) {
    if (row.leaves()) {
      return; // it counts nowhere; that it keeps others from counting is in their rows
    }
    int day = row.entryDay();
    if (held.holds(day)) {
      held.page(day).add(row, times);
      held.changed(day);
    } else {
      waiting.computeIfAbsent(day, number -> new DayCell(steps)).add(row, times);
      waitingChanged = true;
    }
  }

  private byte[] encodeWaiting() {
    var out = new ByteWriter(256);
    out.oneByte(Layout.FORMAT);
    waiting.forEach(
        (day, changes) -> {
          out.zigzag(day);
          changes.encodeTo(out);
        });
    return out.toBytes();
  }

  /** Takes one row like {@code wanted} out of {@code rows}; returns whether there was one. */
  private static boolean take(List<Dominance.Row> rows, Dominance.Row wanted) {
    for (int i = 0; i < rows.size(); i++) {
      if (same(rows.get(i), wanted)) {
        rows.remove(i);
        return true;
      }
    }
    return false;
  }

  private static boolean same(Dominance.Row a, Dominance.Row b) {
    return a.loDay() == b.loDay()
        && a.hiDay() == b.hiDay()
        && a.attempt().entry() == b.attempt().entry()
        && a.attempt().clean() == b.attempt().clean()
        && Arrays.equals(a.attempt().doneAt(), b.attempt().doneAt());
  }

  private final class Stored implements Pages.Codec<DayCell> {
    @Override
    public DayCell decode(byte @Nullable [] stored) {
      var cell = new DayCell(steps);
      if (stored != null) {
        var in = new ByteReader(stored, 0);
        Layout.check(in.oneByte(), "days");
        cell.decode(in);
      }
      return cell;
    }

    @Override
    public byte @Nullable [] encode(DayCell cell) {
      if (cell.isEmpty()) {
        return null;
      }
      var out = new ByteWriter(512);
      out.oneByte(Layout.FORMAT);
      cell.encodeTo(out);
      return out.toBytes();
    }

    @Override
    public int bytes(DayCell cell) {
      return cell.bytes();
    }
  }
}
