package dev.rivulet.server.cli.imports;

import java.nio.charset.StandardCharsets;

/** A piece of a line that can be shown in a terminal whatever it holds. */
final class Excerpt {
  private static final int MAX_CHARS = 60;

  private Excerpt() {}

  static String of(byte[] bytes, int from, int to) {
    var end = Math.min(to, from + 4 * MAX_CHARS);
    return of(new String(bytes, from, Math.max(0, end - from), StandardCharsets.UTF_8));
  }

  static String of(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(MAX_CHARS)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\uFFFD' : c));
    return text.codePointCount(0, text.length()) > MAX_CHARS ? shown + "…" : shown.toString();
  }
}
