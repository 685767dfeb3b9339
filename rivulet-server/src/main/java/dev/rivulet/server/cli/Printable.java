package dev.rivulet.server.cli;

/** Text from outside made safe for a terminal: no control characters, no more than asked for. */
final class Printable {
  private Printable() {}

  /** The text with control characters replaced, cut to {@code width} code points. */
  static String of(String text, int width) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(width + 1L)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? 0xFFFD : c)
        .forEach(shown::appendCodePoint);
    if (shown.codePointCount(0, shown.length()) > width) {
      shown.setLength(shown.offsetByCodePoints(0, Math.max(0, width - 1)));
      shown.append('…');
    }
    return shown.toString();
  }
}
