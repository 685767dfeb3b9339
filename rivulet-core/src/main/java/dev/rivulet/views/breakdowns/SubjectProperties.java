package dev.rivulet.views.breakdowns;

import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The properties of one event name that are broken down, with how often each was seen. */
final class SubjectProperties {
  /** The field that counts the properties past the bound; no property has an empty name. */
  static final String OVERFLOW = "";

  private static final int MOST_CHARS = 200;

  private final byte[] key;
  private final Map<String, Count> counts = new HashMap<>();
  private final List<Count> changed = new ArrayList<>();
  private int knownSize;

  SubjectProperties(byte[] key) {
    this.key = key;
  }

  void load(Reads reads) {
    reads.wholeHash(
        key,
        stored ->
            stored.forEach((name, count) -> of(name).events = Long.parseLong(Bytes.text(count))));
  }

  /** Counts one event that has {@code property}; returns whether it is broken down. */
  boolean count(String property) {
    Count count = counts.get(property);
    if (count == null) {
      boolean tracked =
          counts.size() < BreakdownsView.MOST_PROPERTIES && property.length() <= MOST_CHARS;
      count = of(tracked ? property : OVERFLOW);
    }
    add(count, 1);
    return !count.property.equals(OVERFLOW);
  }

  /** Counts properties of one event that are not broken down. */
  void countOverflow(int properties) {
    if (properties > 0) {
      add(of(OVERFLOW), properties);
    }
  }

  private void add(Count count, int events) {
    count.events += events;
    if (!count.changed) {
      count.changed = true;
      changed.add(count);
    }
  }

  private Count of(String property) {
    return counts.computeIfAbsent(property, Count::new);
  }

  /** Properties that have come into memory since the last call, for the bound. */
  int grown() {
    int grown = counts.size() - knownSize;
    knownSize = counts.size();
    return grown;
  }

  void write(Writes writes) {
    List<byte[]> pairs = new ArrayList<>();
    for (Count count : changed) {
      pairs.add(Command.bytes(count.property));
      pairs.add(Command.bytes(count.events));
      count.changed = false;
    }
    writes.hash(key, pairs);
    changed.clear();
  }

  private static final class Count {
    private final String property;
    private long events;
    private boolean changed;

    private Count(String property) {
      this.property = property;
    }
  }
}
