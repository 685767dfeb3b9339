package dev.rivulet.server.cli;

import org.jspecify.annotations.Nullable;

/**
 * What one check of {@code rivulet doctor} found.
 *
 * @param wayOut what to do about it; null when it is as it should be
 */
record Finding(String subject, String found, @Nullable String wayOut) {
  static Finding good(String subject, String found) {
    return new Finding(subject, found, null);
  }

  static Finding bad(String subject, String found, String wayOut) {
    return new Finding(subject, found, wayOut);
  }

  boolean isGood() {
    return wayOut == null;
  }

  String text(Terminal terminal) {
    var mark =
        isGood()
            ? terminal.styled(Terminal.Style.GREEN, "✓")
            : terminal.styled(Terminal.Style.RED, "✗");
    var line = "%s %s: %s".formatted(mark, subject, found);
    return wayOut == null ? line : line + "\n    → " + wayOut;
  }
}
