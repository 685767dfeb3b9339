package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the stored state of one revision of a funnel. One use by one thread. */
final class FunnelSource {
  /** Pages of one partition that are read in one round trip: some hundred kilobytes. */
  private static final int PAGES_AT_ONCE = 512;

  private final Asking asking;
  private final Definition definition;
  private final Funnel funnel;

  FunnelSource(Asking asking, Definition definition, Funnel funnel) {
    this.asking = asking;
    this.definition = definition;
    this.funnel = funnel;
  }

  /** Somebody of whom something is kept. */
  interface EachPerson {
    /**
     * @param partition the person's partition
     * @param number the person's number in it
     * @return whether to go on
     */
    boolean person(int partition, int number, PersonSteps steps);
  }

  /** What each partition holds, by its number. */
  TreeMap<Integer, Totals> totals() {
    var totals = new TreeMap<Integer, Totals>();
    asking.scatter(
        Layout.ROOM,
        (scope, reads) ->
            reads.hash(
                Layout.days(scope, definition),
                List.of(Layout.TOTALS),
                stored -> totals.put(scope.partition(), Totals.decode(stored.get(0)))));
    return totals;
  }

  /** Adds the cells of whole days, one moment of each partition; returns what it holds. */
  TreeMap<Integer, Totals> days(AskedDays asked) {
    List<byte[]> fields = new ArrayList<>();
    fields.add(Layout.TOTALS);
    fields.add(Layout.WAITING);
    for (int day = asked.first(); day < asked.end(); day++) {
      fields.add(Command.bytes(day));
    }
    var totals = new TreeMap<Integer, Totals>();
    asking.scatter(
        Layout.ROOM,
        (scope, reads) ->
            reads.hash(
                Layout.days(scope, definition),
                fields,
                stored -> {
                  totals.put(scope.partition(), Totals.decode(stored.get(0)));
                  addWaiting(stored.get(1), asked);
                  for (int i = 2; i < stored.size(); i++) {
                    addCell(stored.get(i), asked.first() + i - 2, asked);
                  }
                }));
    return totals;
  }

  /** Reads the persons of all partitions. */
  void people(TreeMap<Integer, Totals> totals, EachPerson each) {
    int most = totals.values().stream().mapToInt(Totals::pages).max().orElse(0);
    for (int first = 0; first < most; first += PAGES_AT_ONCE) {
      int start = first;
      asking.scatter(
          Layout.ROOM,
          (scope, reads) -> {
            Totals own = totals.getOrDefault(scope.partition(), Totals.NONE);
            int end = Math.min(start + PAGES_AT_ONCE, own.pages());
            read(scope.partition(), Layout.people(scope, definition), start, end, reads, each);
          });
    }
  }

  /** Reads the persons of some pages of one partition, as long as {@code each} goes on. */
  void people(int partition, int first, int end, EachPerson each) {
    asking.scatter(
        Layout.ROOM,
        (scope, reads) -> {
          if (scope.partition() == partition) {
            read(partition, Layout.people(scope, definition), first, end, reads, each);
          }
        });
  }

  private void read(int partition, byte[] key, int first, int end, Reads reads, EachPerson each) {
    List<byte[]> fields = new ArrayList<>();
    for (int page = first; page < end; page++) {
      fields.add(Command.bytes(page));
    }
    reads.hash(
        key,
        fields,
        stored -> {
          boolean wanted = true;
          for (int i = 0; i < stored.size() && wanted; i++) {
            wanted = readPage(partition, first + i, stored.get(i), each);
          }
        });
  }

  private boolean readPage(int partition, int number, byte @Nullable [] stored, EachPerson each) {
    if (stored == null) {
      return true;
    }
    PeoplePage page = PeoplePage.decode(funnel, stored);
    for (int place = 0; place < Layout.PAGE; place++) {
      PersonSteps person = page.person(place);
      if (person != null && !each.person(partition, number * Layout.PAGE + place, person)) {
        return false;
      }
    }
    return true;
  }

  private void addCell(byte @Nullable [] stored, int day, AskedDays asked) {
    if (stored != null) {
      var in = new ByteReader(stored, 0);
      Layout.check(in.oneByte(), "days");
      DayCell.addStored(in, funnel.steps().size(), day, asked);
    }
  }

  private void addWaiting(byte @Nullable [] stored, AskedDays asked) {
    if (stored != null) {
      var in = new ByteReader(stored, 0);
      Layout.check(in.oneByte(), "the changes");
      while (!in.isAtEnd()) {
        DayCell.addStored(in, funnel.steps().size(), (int) in.zigzag(), asked);
      }
    }
  }
}
