package dev.rivulet.measure;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A series that holds a place or held it, as it is stored where a place was given away:
 *
 * <pre>
 * byte    format (1)
 * of each holder, the first one first:
 * zigzag  from
 * zigzag  to
 * text    {@link SeriesKey#text} behind the metric
 * text    node
 * </pre>
 *
 * @param tenure if that of the first holder does not begin with the least time there is, there were
 *     others before it, whose names are forgotten
 */
record Holder(SeriesKey key, String node, Tenure tenure) {
  /** Earlier holders of a place whose names are kept. */
  static final int MOST_EARLIER = 16;

  private static final byte FORMAT = 1;

  static byte[] encode(String metric, List<Holder> holders) {
    var out = new ByteWriter(holders.size() * 48);
    out.oneByte(FORMAT);
    for (Holder holder : holders) {
      out.zigzag(holder.tenure.from());
      out.zigzag(holder.tenure.to());
      out.text(holder.key.text().substring(1 + metric.length()));
      out.text(holder.node);
    }
    return out.toBytes();
  }

  static List<Holder> decode(String metric, byte[] stored) {
    var in = new ByteReader(stored, 0);
    byte format = in.oneByte();
    if (format != FORMAT) {
      throw new IllegalArgumentException("holders of a place have format " + format + ", not 1");
    }
    List<Holder> holders = new ArrayList<>();
    while (!in.isAtEnd()) {
      var tenure = new Tenure(in.zigzag(), in.zigzag());
      SeriesKey key = SeriesKey.parse('\u0001' + metric + in.text());
      holders.add(new Holder(key, in.text(), tenure));
    }
    return holders;
  }

  /**
   * These and the next, without the first ones if they are too many.
   *
   * @param end first moment after the values of the last one
   */
  static List<Holder> followed(List<Holder> holders, long end, Holder next) {
    List<Holder> all = new ArrayList<>(holders);
    Holder last = all.remove(all.size() - 1);
    all.add(new Holder(last.key, last.node, new Tenure(last.tenure.from(), end)));
    all.add(next);
    return all.subList(Math.max(0, all.size() - 1 - MOST_EARLIER), all.size());
  }
}
