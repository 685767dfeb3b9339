package dev.rivulet.measure;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Command;
import dev.rivulet.view.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a metric's places beside their values, by the numbers of the places.
 *
 * @param stats of all values of a place ever
 * @param holders of places that were given away, encoded
 */
record StoredPlaces(Map<Integer, SeriesStats> stats, Map<Integer, byte[]> holders) {
  /** Begins the field of the holders of a place; all others are numbers. */
  private static final char HOLDERS = 'h';

  /** The string of the first holders of all places, in order. */
  static byte[] seriesKey(Scope scope, String project, String metric) {
    return scope.key(project, metric, "series");
  }

  /** The hash of statistics, and of the holders of places that were given away. */
  static byte[] statsKey(Scope scope, String project, String metric) {
    return scope.key(project, metric, "stats");
  }

  static byte[] holdersField(int number) {
    return Command.bytes(HOLDERS + Integer.toString(number));
  }

  /** Reads the fields of the hash. */
  static StoredPlaces decode(Map<String, byte[]> fields) {
    var stored = new StoredPlaces(new HashMap<>(), new HashMap<>(0));
    fields.forEach(
        (field, bytes) -> {
          if (field.charAt(0) == HOLDERS) {
            stored.holders.put(Integer.valueOf(field.substring(1)), bytes);
          } else {
            stored.stats.put(Integer.valueOf(field), SeriesStats.decode(bytes));
          }
        });
    return stored;
  }

  static void writeFirst(String metric, Holder first, ByteWriter out) {
    out.text(first.key().text().substring(1 + metric.length()));
    out.text(first.node());
  }

  /** The first holders of all places; the place in the list is the number. */
  static List<Holder> firstHolders(String metric, byte @Nullable [] stored) {
    List<Holder> first = new ArrayList<>();
    if (stored != null) {
      var in = new ByteReader(stored, 0);
      while (!in.isAtEnd()) {
        SeriesKey key = SeriesKey.parse('\u0001' + metric + in.text());
        first.add(new Holder(key, in.text(), Tenure.ALWAYS));
      }
    }
    return first;
  }
}
