package dev.rivulet.measure;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What many values come to: how many, their exact sum, least, greatest, last, and a DDSketch
 * (Masson, Rim, Lee, VLDB 2019) that gives every percentile within {@value #ALPHA} of its value. It
 * is the same in whatever order the values come and however it was split and merged.
 *
 * <p>Costs about 20 bytes for one value, 60 to 300 for a minute of response times, at most some
 * kilobytes. The sketch holds {@value #MOST_BINS} bins, 35 orders of magnitude, and as many for
 * values below 0; past that the values nearest to 0 lose their accuracy, which {@link #error} then
 * tells. Not thread-safe.
 */
public final class Summary {
  /** The relative error of percentiles. */
  public static final double ALPHA = 0.01;

  /** Which bin a value belongs to, the same for all sketches, so that they can be merged. */
  public static final LogarithmicMapping BINS = new LogarithmicMapping(ALPHA);

  /** Bins of a sketch. */
  public static final int MOST_BINS = 4_096;

  private static final int OWN_BYTES = 200;
  private static final int SKETCH_BYTES = 300;

  /** A store grows by so many bins, at least. */
  private static final int BINS_AT_ONCE = 64;

  private static final byte EMPTY = 0;
  private static final byte ONE_VALUE = 1;
  private static final byte MANY_VALUES = 2;

  private final ExactSum sum;
  private long count;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double last;
  private long lastAt = Long.MIN_VALUE;
  private @Nullable DDSketch sketch;

  /** Whether values were added without their bins. */
  private boolean binless;

  public Summary() {
    this(new ExactSum());
  }

  private Summary(ExactSum sum) {
    this.sum = sum;
  }

  /** Takes over what an {@link Accumulator} gathered: two values or more. */
  static Summary gathered(
      long count, ExactSum sum, double min, double max, double last, long at, DDSketch sketch) {
    var gathered = new Summary();
    gathered.sum.add(sum);
    gathered.count = count;
    gathered.widen(min, max);
    gathered.offer(last, at);
    gathered.sketch = sketch;
    return gathered;
  }

  /**
   * Adds one finite value.
   *
   * @param at when it was measured, in epoch milliseconds
   */
  public void add(double value, long at) {
    if (count > 0 && !binless) {
      binned().accept(indexable(value));
    }
    sum.add(value);
    widen(value, value);
    offer(value, at);
    count++;
  }

  /** Adds all that {@code other} holds. */
  public void add(Summary other) {
    if (other.count == 0) {
      return;
    }
    if (binless || other.binless) {
      binless = true;
    } else if (other.sketch != null) {
      binned().mergeWith(other.sketch);
    } else if (count > 0) {
      binned().accept(indexable(other.min));
    }
    sum.add(other.sum);
    widen(other.min, other.max);
    offer(other.last, other.lastAt);
    count += other.count;
  }

  /** How many values; all else has no meaning while there are none. */
  public long count() {
    return count;
  }

  /** The sum, rounded once. */
  public double sum() {
    return sum.value();
  }

  public double mean() {
    return sum.value() / count;
  }

  public double min() {
    return min;
  }

  public double max() {
    return max;
  }

  /** The value measured last; of several at the same moment the greatest. */
  public double last() {
    return last;
  }

  /** When the last value was measured, in epoch milliseconds. */
  public long lastAt() {
    return lastAt;
  }

  /**
   * The value below which a part of the values lies: of the values in order the one at place {@code
   * part · (count − 1)}, rounded down, within {@link #error} of it.
   *
   * @param part from 0 to 1
   */
  public double percentile(double part) {
    if (binless) {
      throw new IllegalStateException("these values were added without their bins");
    }
    if (sketch == null || min == max) {
      return min;
    }
    if (part <= 0 || part >= 1) {
      return part <= 0 ? min : max;
    }
    return Math.max(min, Math.min(max, sketch.getValueAtQuantile(part)));
  }

  /** The relative error of percentiles: 0, {@value #ALPHA}, or 1 where bins had to be merged. */
  public double error() {
    if (sketch == null || min == max) {
      return 0;
    }
    return isCollapsed(sketch.getPositiveValueStore())
            || isCollapsed(sketch.getNegativeValueStore())
        ? 1
        : ALPHA;
  }

  /** Roughly the bytes of memory that it takes. */
  int heapBytes() {
    DDSketch bins = sketch;
    return bins == null
        ? OWN_BYTES
        : OWN_BYTES
            + SKETCH_BYTES
            + heapBytes(bins.getPositiveValueStore())
            + heapBytes(bins.getNegativeValueStore());
  }

  private static int heapBytes(Store store) {
    return store.isEmpty() ? 0 : 8 * (store.getMaxIndex() - store.getMinIndex() + BINS_AT_ONCE);
  }

  /** Hands the bins of values over 0 to {@code consumer}, and how many are in each. */
  public void bins(BinConsumer consumer) {
    if (sketch != null) {
      sketch.getPositiveValueStore().forEach((bin, n) -> consumer.accept(bin, (long) n));
    } else if (count == 1 && min > 0) {
      consumer.accept(BINS.index(indexable(min)), 1);
    }
  }

  /** Values not over 0. */
  public long notOverZero() {
    var above = new long[1];
    bins((bin, n) -> above[0] += n);
    return count - above[0];
  }

  /** Takes the bins of a sketch. */
  public interface BinConsumer {
    void accept(int bin, long values);
  }

  /** The stored form. */
  public byte[] encode() {
    var out = new ByteWriter(64);
    write(out);
    return out.toBytes();
  }

  /** Writes the stored form, which ends where {@code out} does. */
  public void write(ByteWriter out) {
    if (count == 0) {
      out.oneByte(EMPTY);
      return;
    }
    out.oneByte(count == 1 ? ONE_VALUE : MANY_VALUES);
    out.zigzag(lastAt);
    out.bigEndian(Double.doubleToRawLongBits(last));
    if (sketch == null) {
      return;
    }
    out.zigzag(count);
    out.bigEndian(Double.doubleToRawLongBits(min));
    out.bigEndian(Double.doubleToRawLongBits(max));
    sum.write(out);
    try {
      var bins = GrowingByteArrayOutput.withInitialCapacity(256);
      sketch.encode(bins, true);
      out.bytes(bins.backingArray(), 0, bins.numWrittenBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many values a stored form holds. */
  static long count(byte[] stored) {
    var in = new ByteReader(stored, 0);
    byte format = in.oneByte();
    if (format != MANY_VALUES) {
      return format;
    }
    in.zigzag();
    in.skip(Double.BYTES);
    return in.zigzag();
  }

  /**
   * Adds all that a stored form holds: {@code add(decode(stored))}, and cheaper.
   *
   * @param withBins false leaves the sketch out, so that no percentile may be asked for
   */
  void addStored(byte[] stored, boolean withBins) {
    var in = new ByteReader(stored, 0);
    if (in.oneByte() != MANY_VALUES) {
      add(decode(stored));
      return;
    }
    try {
      long at = in.zigzag();
      double newest = Double.longBitsToDouble(in.bigEndian());
      long values = in.zigzag();
      double low = Double.longBitsToDouble(in.bigEndian());
      double high = Double.longBitsToDouble(in.bigEndian());
      ExactSum more = ExactSum.read(in);
      if (withBins) {
        binned()
            .decodeAndMergeWith(
                ByteArrayInput.wrap(stored, in.position(), stored.length - in.position()));
      } else {
        binless = true;
      }
      sum.add(more);
      widen(low, high);
      offer(newest, at);
      count += values;
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "a summary of " + stored.length + " bytes cannot be read", e);
    }
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException when the bytes are not one
   */
  public static Summary decode(byte[] bytes) {
    return decode(bytes, 0);
  }

  /** Reads the stored form from {@code offset} to the end. */
  public static Summary decode(byte[] bytes, int offset) {
    try {
      return read(bytes, offset);
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "a summary of " + (bytes.length - offset) + " bytes cannot be read", e);
    }
  }

  private static Summary read(byte[] bytes, int offset) throws IOException {
    var in = new ByteReader(bytes, offset);
    byte format = in.oneByte();
    if (format == EMPTY) {
      return new Summary();
    }
    if (format != ONE_VALUE && format != MANY_VALUES) {
      throw new IllegalArgumentException("summary has format " + format + ", not 0 to 2");
    }
    long lastAt = in.zigzag();
    double last = Double.longBitsToDouble(in.bigEndian());
    if (format == ONE_VALUE) {
      var one = new Summary();
      one.add(last, lastAt);
      return one;
    }
    long count = in.zigzag();
    double min = Double.longBitsToDouble(in.bigEndian());
    double max = Double.longBitsToDouble(in.bigEndian());
    var many = new Summary(ExactSum.read(in));
    many.count = count;
    many.min = min;
    many.max = max;
    many.offer(last, lastAt);
    int at = in.position();
    many.sketch =
        DDSketch.decode(ByteArrayInput.wrap(bytes, at, bytes.length - at), Summary::store, BINS);
    return many;
  }

  /** The sketch, with the first value in it, which needs none while it is alone. */
  private DDSketch binned() {
    DDSketch bins = sketch;
    if (bins == null) {
      bins = new DDSketch(BINS, Summary::store);
      if (count == 1) {
        bins.accept(indexable(min));
      }
      sketch = bins;
    }
    return bins;
  }

  private void widen(double low, double high) {
    min = Math.min(min, low);
    max = Math.max(max, high);
  }

  private void offer(double value, long at) {
    if (at > lastAt || (at == lastAt && value > last)) {
      last = value;
      lastAt = at;
    }
  }

  static double indexable(double value) {
    double most = BINS.maxIndexableValue();
    return Math.max(-most, Math.min(most, value));
  }

  static Store store() {
    return new CollapsingLowestDenseStore(MOST_BINS);
  }

  private static boolean isCollapsed(Store store) {
    return !store.isEmpty() && store.getMaxIndex() - store.getMinIndex() >= MOST_BINS - 1;
  }
}
