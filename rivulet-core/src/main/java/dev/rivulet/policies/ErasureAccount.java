package dev.rivulet.policies;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of one erasure. It never names the person, only what was removed of them.
 *
 * @param erasure its random id
 * @param project the project the person belonged to
 * @param requestedAt when it was asked for, in epoch milliseconds
 * @param finishedAt when nothing was left, in epoch milliseconds; 0 until then
 * @param erased counts of what was removed, by what it was: {@code rawEvents} and {@code rawBytes}
 *     of the log, and what the views said they held
 */
public record ErasureAccount(
    String erasure,
    String project,
    State state,
    long requestedAt,
    long finishedAt,
    SortedMap<String, Long> erased) {
  /** Records of the person that were taken out of the raw log. */
  public static final String RAW_EVENTS = "rawEvents";

  /** Bytes of these before compression. */
  public static final String RAW_BYTES = "rawBytes";

  private static final String FORMAT = "1";

  /** How far it is. */
  public enum State {
    /** The person is hidden, or will be in a moment; their records still stand in the raw log. */
    RUNNING,
    /** No key holds them any more; the file of the embedded Redis still may. */
    REWRITTEN,
    /** Nothing is left. */
    DONE
  }

  public ErasureAccount {
    erased = Collections.unmodifiableSortedMap(new TreeMap<>(erased));
  }

  /** The same once the log was rewritten. */
  public ErasureAccount rewritten(Removed removed, boolean done, long now) {
    var all = new TreeMap<>(erased);
    all.put(RAW_EVENTS, removed.events());
    all.put(RAW_BYTES, removed.bytes());
    State state = done ? State.DONE : State.REWRITTEN;
    return new ErasureAccount(erasure, project, state, requestedAt, done ? now : 0, all);
  }

  /** The same once nothing is left. */
  public ErasureAccount done(long now) {
    return new ErasureAccount(erasure, project, State.DONE, requestedAt, now, erased);
  }

  /** One line of text, readable in {@code redis-cli}. */
  public String encode() {
    var text = new StringBuilder();
    text.append(FORMAT).append(' ').append(project).append(' ').append(state);
    text.append(' ').append(requestedAt).append(' ').append(finishedAt);
    erased.forEach((what, count) -> text.append(' ').append(what).append('=').append(count));
    return text.toString();
  }

  /**
   * Reads what {@link #encode} wrote, null for null.
   *
   * @throws IllegalStateException when the text is of another format
   */
  public static @Nullable ErasureAccount decode(String erasure, @Nullable String text) {
    if (text == null) {
      return null;
    }
    String[] words = text.split(" ");
    if (words.length < 5 || !words[0].equals(FORMAT)) {
      throw new IllegalStateException(
          "the erasure '" + text + "' is of another format than " + FORMAT);
    }
    Map<String, Long> erased = new TreeMap<>();
    for (int i = 5; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      erased.put(words[i].substring(0, equals), Long.valueOf(words[i].substring(equals + 1)));
    }
    return new ErasureAccount(
        erasure,
        words[1],
        State.valueOf(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        new TreeMap<>(erased));
  }

  /**
   * What a rewrite took out of the log.
   *
   * @param events records
   * @param bytes of these, before compression
   */
  public record Removed(long events, long bytes) {
    static final Removed NOTHING = new Removed(0, 0);

    Removed plus(Removed other) {
      return new Removed(events + other.events, bytes + other.bytes);
    }
  }
}
