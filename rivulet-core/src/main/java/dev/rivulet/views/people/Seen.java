package dev.rivulet.views.people;

import dev.rivulet.event.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * When somebody was seen last. Those seen later come first, of one moment in order of their ids.
 *
 * @param last time of the last action, epoch milliseconds
 * @param first time of the first action
 * @param total actions ever
 * @param partition where the person lives; -1 where that is not known
 */
record Seen(String user, long last, long first, long total, int partition)
    implements Comparable<Seen> {
  /** Before everybody. */
  static final Seen FIRST = new Seen("", Long.MAX_VALUE, 0, 0, -1);

  private static final int MOST_CHARS = 4 * (4 * Limits.USER_CHARS + 32) / 3;

  @Override
  public int compareTo(Seen other) {
    int byTime = Long.compare(other.last, last);
    return byTime != 0 ? byTime : user.compareTo(other.user);
  }

  /** A text that {@link #parse} reads, for addresses. */
  String text() {
    byte[] plain = (last + " " + user).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
  }

  /**
   * @throws IllegalArgumentException when {@link #text} did not make it
   */
  static Seen parse(String text) {
    try {
      if (text.length() <= MOST_CHARS) {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int space = plain.indexOf(' ');
        if (space > 0) {
          long last = Long.parseLong(plain, 0, space, 10);
          return new Seen(plain.substring(space + 1), last, 0, 0, -1);
        }
      }
    } catch (IllegalArgumentException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static IllegalArgumentException wrong(String text, @Nullable Throwable cause) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new IllegalArgumentException(
        "cursor '" + shown + "' is not the 'next' of an answer", cause);
  }
}
