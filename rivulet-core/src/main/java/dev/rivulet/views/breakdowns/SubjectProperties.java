package dev.rivulet.views.breakdowns;

import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The properties of one event name that are broken down, with how often each was seen. */
final class SubjectProperties {
  /** The field that counts the properties past the bound; no property has an empty name. */
  static final String OVERFLOW = "";

  private static final int MOST_CHARS = 200;

  private final byte[] key;
  private final Map<String, Long> counts = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private int knownSize;

  SubjectProperties(byte[] key) {
    this.key = key;
  }

  void load(Reads reads) {
    reads.wholeHash(
        key,
        stored ->
            stored.forEach((name, count) -> counts.put(name, Long.valueOf(Bytes.text(count)))));
  }

  /** Counts one event that has {@code property}; returns whether it is broken down. */
  boolean count(String property) {
    boolean tracked =
        counts.containsKey(property)
            || (counts.size() < BreakdownsView.MOST_PROPERTIES
                && !property.isEmpty()
                && property.length() <= MOST_CHARS);
    String counted = tracked && !property.isEmpty() ? property : OVERFLOW;
    counts.merge(counted, 1L, Long::sum);
    changed.add(counted);
    return !counted.equals(OVERFLOW);
  }

  /** Properties that have come into memory since the last call, for the bound. */
  int grown() {
    int grown = counts.size() - knownSize;
    knownSize = counts.size();
    return grown;
  }

  void write(Writes writes) {
    List<byte[]> pairs = new ArrayList<>();
    for (String property : changed) {
      pairs.add(Command.bytes(property));
      pairs.add(Command.bytes(counts.getOrDefault(property, 0L)));
    }
    writes.hash(key, pairs);
    changed.clear();
  }
}
