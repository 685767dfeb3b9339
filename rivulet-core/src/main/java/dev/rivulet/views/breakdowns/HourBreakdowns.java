package dev.rivulet.views.breakdowns;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All breakdowns of one event name in one hour. */
final class HourBreakdowns {
  private final byte[] key;
  private final long[] totals = new long[Breakdown.COLUMNS];
  private final Map<String, Breakdown> byProperty = new HashMap<>();
  private long expiresAt;
  private long storedExpiry;
  private int knownSize;

  HourBreakdowns(byte[] key) {
    this.key = key;
  }

  void load(Reads reads) {
    reads.wholeHash(key, this::restore);
  }

  void add(Properties properties, int column, SubjectProperties known, long expiry) {
    totals[column]++;
    expiresAt = Math.max(expiresAt, expiry);
    int count = Math.min(properties.scalarCount(), Limits.EVENT_PROPERTIES);
    known.countOverflow(properties.scalarCount() - count);
    for (int i = 0; i < count; i++) {
      String property = properties.key(i);
      if (known.count(property)) {
        Breakdown breakdown = byProperty.get(property);
        if (breakdown == null) {
          breakdown = new Breakdown();
          byProperty.put(property, breakdown);
        }
        breakdown.add(properties.value(i), column);
      }
    }
  }

  void write(Writes writes) {
    List<byte[]> pairs = new ArrayList<>();
    pairs.add(Command.bytes(BreakdownsView.TOTAL));
    pairs.add(encodeTotals());
    byProperty.forEach(
        (property, breakdown) ->
            breakdown
                .takeChanges()
                .forEach(
                    (page, bytes) -> {
                      pairs.add(Command.bytes(BreakdownsView.field(page, property)));
                      pairs.add(bytes);
                    }));
    writes.hash(key, pairs);
    if (expiresAt > storedExpiry) {
      writes.expireAt(key, expiresAt);
      storedExpiry = expiresAt;
    }
  }

  /** Counters that have come into memory since the last call, for the bound. */
  int grown() {
    int size = 1;
    for (Breakdown breakdown : byProperty.values()) {
      size += 1 + breakdown.counters().size();
    }
    int grown = size - knownSize;
    knownSize = size;
    return grown;
  }

  static long[] decodeTotals(byte[] stored) {
    var in = new ByteReader(stored, 1);
    long[] totals = new long[Breakdown.COLUMNS];
    for (int column = 0; column < totals.length; column++) {
      totals[column] = in.zigzag();
    }
    return totals;
  }

  private byte[] encodeTotals() {
    var out = new ByteWriter(24);
    out.oneByte(1);
    for (long total : totals) {
      out.zigzag(total);
    }
    return out.toBytes();
  }

  private void restore(Map<String, byte[]> stored) {
    byte[] total = stored.get(BreakdownsView.TOTAL);
    if (total == null) {
      return;
    }
    System.arraycopy(decodeTotals(total), 0, totals, 0, totals.length);
    for (String field : stored.keySet()) {
      if (field.startsWith("0/")) {
        String property = field.substring(2);
        byProperty.put(property, restore(property, stored));
      }
    }
  }

  private static Breakdown restore(String property, Map<String, byte[]> stored) {
    var breakdown = new Breakdown();
    int pages = 1;
    for (int page = 0; page < pages; page++) {
      byte[] bytes = stored.get(BreakdownsView.field(page, property));
      if (bytes != null) {
        pages = Math.max(pages, Breakdown.pages(breakdown.restore(bytes)));
      }
    }
    breakdown.takeChanges();
    return breakdown;
  }
}
