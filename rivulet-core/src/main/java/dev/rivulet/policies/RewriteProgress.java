package dev.rivulet.policies;

import dev.rivulet.engine.Erasing.Place;
import dev.rivulet.event.EntryId;
import dev.rivulet.policies.ErasureAccount.Removed;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the rewrite of one partition's log is, committed together with what it has copied.
 *
 * @param waiting why it cannot begin yet; null once it has
 * @param bound the last erasure it takes in; those asked for later take the next rewrite
 * @param upTo the last copied entry
 * @param copied entries copied
 * @param all entries there were at the beginning, 1 at least
 * @param removed what was left out so far, by erasure
 */
public record RewriteProgress(
    @Nullable String waiting,
    Place bound,
    EntryId upTo,
    long copied,
    long all,
    Map<String, Removed> removed) {
  private static final String WAITING = "0 ";
  private static final String FORMAT = "1";
  private static final Place NOWHERE = new Place(EntryId.START, 0);

  public RewriteProgress {
    removed = new TreeMap<>(removed);
  }

  static RewriteProgress waiting(String reason) {
    return new RewriteProgress(reason, NOWHERE, EntryId.START, 0, 1, Map.of());
  }

  static RewriteProgress begin(Place bound, long all) {
    return new RewriteProgress(null, bound, EntryId.START, 0, Math.max(1, all), Map.of());
  }

  RewriteProgress after(EntryId last, int entries, Map<String, Removed> more) {
    var sum = new TreeMap<>(removed);
    more.forEach((erasure, part) -> sum.merge(erasure, part, Removed::plus));
    return new RewriteProgress(null, bound, last, copied + entries, all, sum);
  }

  /** The part done, from 0 to 1. */
  public double part() {
    return Math.min(1, (double) copied / all);
  }

  /** One line of text, readable in {@code redis-cli}. */
  public String encode() {
    if (waiting != null) {
      return WAITING + waiting;
    }
    var text = new StringBuilder();
    text.append(FORMAT).append(' ').append(bound).append(' ').append(upTo);
    text.append(' ').append(copied).append(' ').append(all);
    removed.forEach(
        (erasure, part) ->
            text.append(' ')
                .append(erasure)
                .append('=')
                .append(part.events())
                .append('/')
                .append(part.bytes()));
    return text.toString();
  }

  /**
   * Reads what {@link #encode} wrote, null for null.
   *
   * @throws IllegalStateException when the text is of another format
   */
  public static @Nullable RewriteProgress decode(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.startsWith(WAITING)) {
      return waiting(text.substring(WAITING.length()));
    }
    String[] words = text.split(" ");
    if (words.length < 5 || !words[0].equals(FORMAT)) {
      throw new IllegalStateException(
          "the rewrite '" + text + "' is of another format than " + FORMAT);
    }
    Map<String, Removed> removed = new TreeMap<>();
    for (int i = 5; i < words.length; i++) {
      int equals = words[i].lastIndexOf('=');
      int slash = words[i].lastIndexOf('/');
      removed.put(
          words[i].substring(0, equals),
          new Removed(
              Long.parseLong(words[i].substring(equals + 1, slash)),
              Long.parseLong(words[i].substring(slash + 1))));
    }
    return new RewriteProgress(
        null,
        Place.parse(words[1]),
        EntryId.parse(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        removed);
  }
}
