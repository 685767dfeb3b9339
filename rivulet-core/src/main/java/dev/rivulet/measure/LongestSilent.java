package dev.rivulet.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds of some places the one that has been silent longest. Mostly without looking at them all: a
 * place is only ever heard of later, so until a day after the longest silence found there is none.
 */
final class LongestSilent {
  /** Of several the first is the least. */
  private static final Comparator<SeriesBook.Series> BY_HEARD =
      Comparator.comparingLong(SeriesBook.Series::heard);

  private final List<SeriesBook.Series> places = new ArrayList<>();
  private SeriesBook.@Nullable Series longest;
  private long since;

  void add(SeriesBook.Series place) {
    places.add(place);
    longest = null;
  }

  int places() {
    return places.size();
  }

  /** To be called when one of the places was given away. */
  void changed() {
    longest = null;
  }

  /**
   * The place of which nothing was heard for longest, of several the first; null when that is less
   * than {@link SeriesBook#SILENT_MILLIS} before {@code at}.
   */
  SeriesBook.@Nullable Series before(long at) {
    long silent = at - SeriesBook.SILENT_MILLIS;
    if (longest != null && longest.heard() != since && silent < since) {
      return null;
    }
    if (longest == null || longest.heard() != since) {
      longest = places.isEmpty() ? null : Collections.min(places, BY_HEARD);
      since = longest == null ? Long.MAX_VALUE : longest.heard();
    }
    return since <= silent ? longest : null;
  }
}
