package dev.rivulet.views.sessions;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A page that was seen.
 *
 * @param time when, epoch milliseconds
 * @param page its path or name
 * @param number its number in the dictionary, which never changes; negative when it has none
 */
record Landing(long time, String page, int number) {
  private static final Comparator<Landing> ORDER =
      Comparator.comparingLong(Landing::time).thenComparing(Landing::page);

  /** The earlier of two; of one moment the one whose page comes first in the order of texts. */
  static @Nullable Landing earlier(@Nullable Landing a, @Nullable Landing b) {
    return a == null || (b != null && ORDER.compare(b, a) < 0) ? b : a;
  }

  /** The later of two; of one moment the one whose page comes last in the order of texts. */
  static @Nullable Landing later(@Nullable Landing a, @Nullable Landing b) {
    return a == null || (b != null && ORDER.compare(b, a) > 0) ? b : a;
  }
}
