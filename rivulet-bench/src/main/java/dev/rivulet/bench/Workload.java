package dev.rivulet.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Native events as a shop would send them, 250 bytes of JSON each on average: one of ten names and
 * 200 paths (both Zipf), one of 100,000 people (evenly, the worst case for caches), plan, country,
 * device and one of 100 prices.
 *
 * <p>Bodies are built once; before each use ids (random UUIDs), people and times are written over
 * in place, so that making an event costs about 0.1 µs of the cores that the server shares. One
 * thread only.
 */
final class Workload {
  static final int PEOPLE = 100_000;
  static final List<String> NAMES =
      List.of(
          "page_viewed",
          "product_viewed",
          "product_added",
          "search_performed",
          "coupon_applied",
          "checkout_started",
          "order_completed",
          "video_played",
          "review_opened",
          "support_opened");
  private static final List<String> PLANS = List.of("free", "team", "business");
  private static final List<String> DEVICES = List.of("mobile", "desktop", "tablet");
  private static final String COUNTRIES =
      "USDEFRGBJPCNINBRCAITESNLSEPLATCHBEDKNOFIIEPTGRCZHUROTRMXARAU";
  private static final int PATHS = 200;
  private static final int PRICES = 100;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final SplittableRandom random;
  private final double[] nameWeights = zipf(NAMES.size());
  private final double[] pathWeights = zipf(PATHS);
  private long formattedSecond = Long.MIN_VALUE;
  private byte[] formatted = new byte[0];

  Workload(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * One event without the array around it if {@code events} is 1, else a JSON array. {@code head}
   * goes before it, with {@code %d} standing for the length of the JSON.
   */
  Body body(String head, int events) {
    var json = new StringBuilder();
    var names = new ArrayList<String>();
    var ids = new int[events];
    var users = new int[events];
    var times = new int[events];
    for (int i = 0; i < events; i++) {
      json.append(events == 1 ? "" : i == 0 ? "[" : ",");
      String name = NAMES.get(draw(nameWeights));
      names.add(name);
      json.append("{\"event\":\"").append(name).append("\",\"user\":\"user-");
      users[i] = json.length();
      json.append("000000\",\"id\":\"");
      ids[i] = json.length();
      json.append("00000000-0000-4000-8000-000000000000\",\"time\":\"");
      times[i] = json.length();
      json.append("2000-01-01T00:00:00.000Z\",\"properties\":{\"path\":\"")
          .append("/collections/outdoor/products/item-%03d".formatted(draw(pathWeights)))
          .append("\",\"plan\":\"")
          .append(PLANS.get(random.nextInt(PLANS.size())))
          .append("\",\"country\":\"")
          .append(country())
          .append("\",\"device\":\"")
          .append(DEVICES.get(random.nextInt(DEVICES.size())))
          .append("\",\"price\":")
          .append(random.nextInt(PRICES) * 5 + 4)
          .append(".99}}");
    }
    json.append(events == 1 ? "" : "]");
    return new Body(
        head.replace("%d", Integer.toString(json.length())), json, names, ids, users, times);
  }

  private String country() {
    int at = random.nextInt(COUNTRIES.length() / 2) * 2;
    return COUNTRIES.substring(at, at + 2);
  }

  private int draw(double[] cumulative) {
    double point = random.nextDouble();
    int i = 0;
    while (cumulative[i] < point) {
      i++;
    }
    return i;
  }

  private static double[] zipf(int size) {
    var cumulative = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
    for (int i = 0; i < size; i++) {
      cumulative[i] /= sum;
    }
    cumulative[size - 1] = 1;
    return cumulative;
  }

  /** {@code yyyy-MM-ddTHH:mm:ss.} of a second, formatted once per second. */
  private byte[] second(long epochSecond) {
    if (epochSecond != formattedSecond) {
      formattedSecond = epochSecond;
      formatted =
          (Instant.ofEpochSecond(epochSecond).toString().substring(0, 19) + ".")
              .getBytes(StandardCharsets.US_ASCII);
    }
    return formatted;
  }

  /** Bytes to send and where the changing parts are in them. */
  final class Body {
    private final byte[] bytes;
    private final List<String> names;
    private final int[] ids;
    private final int[] users;
    private final int[] times;
    private final int start;

    private Body(
        String head, CharSequence json, List<String> names, int[] ids, int[] users, int[] times) {
      bytes = (head + json).getBytes(StandardCharsets.US_ASCII);
      start = head.length();
      this.names = List.copyOf(names);
      this.ids = ids;
      this.users = users;
      this.times = times;
    }

    List<String> names() {
      return names;
    }

    /** Where the JSON begins. */
    int start() {
      return start;
    }

    /**
     * The bytes with new ids, people and times: each event gets a moment of the whole second before
     * {@code occurredAtMillis}, so none is in the future. The array is reused by the next call.
     */
    byte[] renew(long occurredAtMillis) {
      byte[] second = second(Math.floorDiv(occurredAtMillis, 1000L) - 1);
      for (int i = 0; i < ids.length; i++) {
        uuid(start + ids[i]);
        digits(start + users[i], 6, random.nextInt(PEOPLE));
        System.arraycopy(second, 0, bytes, start + times[i], second.length);
        digits(start + times[i] + second.length, 3, random.nextInt(1000));
      }
      return bytes;
    }

    private void uuid(int at) {
      long high = random.nextLong();
      long low = random.nextLong();
      hex(at, 8, high >>> 32);
      hex(at + 9, 4, high >>> 16);
      hex(at + 15, 3, high);
      hex(at + 20, 3, low >>> 48);
      hex(at + 24, 12, low);
    }

    private void hex(int at, int length, long value) {
      for (int i = at + length - 1; i >= at; i--) {
        bytes[i] = HEX[(int) (value & 15)];
        value >>>= 4;
      }
    }

    private void digits(int at, int length, int value) {
      for (int i = at + length - 1; i >= at; i--) {
        bytes[i] = (byte) ('0' + value % 10);
        value /= 10;
      }
    }
  }
}
