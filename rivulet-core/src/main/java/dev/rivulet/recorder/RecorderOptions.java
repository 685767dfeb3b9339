package dev.rivulet.recorder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a recorder records.
 *
 * @param project the project that the values belong to; it must exist
 * @param node the name of this process among those that measure the same; null takes the one that
 *     Rivulet was opened with, by default host and process. Two processes of one name are taken for
 *     one
 * @param interval how often values are shipped: 10 ms to 10 s, a whole part of a minute
 * @param mostSeries series, that is metrics with their tags, that are told apart; values of later
 *     ones count under {@code $other}. A series of response times holds about 2 KB
 * @param mostWaitingBytes what may wait in memory while the store is away, at least 1 MB; about 400
 *     bytes per series and minute
 */
public record RecorderOptions(
    String project,
    @Nullable String node,
    Duration interval,
    int mostSeries,
    long mostWaitingBytes) {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long MINUTE_MILLIS = 60_000;
  private static final int SERIES = 10_000;
  private static final long WAITING_BYTES = 16L << 20;

  public RecorderOptions {
    if (interval.compareTo(SHORTEST) < 0
        || interval.compareTo(LONGEST) > 0
        || interval.toNanos() % 1_000_000 != 0
        || MINUTE_MILLIS % interval.toMillis() != 0) {
      throw new IllegalArgumentException(
          "interval "
              + interval
              + " cannot be: 10 ms to 10 s that divide a minute can, such as PT1S");
    }
    if (mostSeries < 1 || mostSeries > 1_000_000) {
      throw new IllegalArgumentException(mostSeries + " series: 1 to 1,000,000 are possible");
    }
    if (mostWaitingBytes < 1 << 20) {
      throw new IllegalArgumentException(
          mostWaitingBytes + " bytes may wait: at least 1 MB (1048576) is needed");
    }
  }

  /** The default project, the node of Rivulet, every second. */
  public static RecorderOptions defaults() {
    return new RecorderOptions("default", null, Duration.ofSeconds(1), SERIES, WAITING_BYTES);
  }

  public RecorderOptions withProject(String id) {
    return new RecorderOptions(id, node, interval, mostSeries, mostWaitingBytes);
  }

  public RecorderOptions withNode(@Nullable String name) {
    return new RecorderOptions(project, name, interval, mostSeries, mostWaitingBytes);
  }

  public RecorderOptions withInterval(Duration every) {
    return new RecorderOptions(project, node, every, mostSeries, mostWaitingBytes);
  }

  public RecorderOptions withMostSeries(int most) {
    return new RecorderOptions(project, node, interval, most, mostWaitingBytes);
  }

  public RecorderOptions withMostWaitingBytes(long most) {
    return new RecorderOptions(project, node, interval, mostSeries, most);
  }
}
