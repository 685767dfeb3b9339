package dev.rivulet.server.cli;

import java.nio.charset.StandardCharsets;

/** Text from outside made safe for a terminal: no control characters, no more than asked for. */
public final class Printable {
  private Printable() {}

  /** A piece of a line of a file, whatever it holds. */
  public static String of(byte[] bytes, int from, int to, int width) {
    // No code point takes more than four bytes, so this is enough to show and to see a cut.
    var end = Math.min(to, from + 4 * (width + 1));
    return of(new String(bytes, from, Math.max(0, end - from), StandardCharsets.UTF_8), width);
  }

  /** The text with control characters replaced, cut to {@code width} code points. */
  public static String of(String text, int width) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(width + 1L)
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? 0xFFFD : c)
        .forEach(shown::appendCodePoint);
    if (shown.codePointCount(0, shown.length()) > width) {
      shown.setLength(shown.offsetByCodePoints(0, Math.max(0, width - 1)));
      shown.append('…');
    }
    return shown.toString();
  }
}
