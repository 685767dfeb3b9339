package dev.rivulet.server.cli.imports;

import org.jspecify.annotations.Nullable;

/**
 * Turns lines into native events. One instance per thread: a format may remember what it saw, for
 * example the last second it converted.
 */
interface LineFormat {
  /** Characters of a line that a reason shows. */
  int EXCERPT = 60;

  /**
   * Writes the event of one line.
   *
   * @return null when the event was written, else why the line is not an event, in words; what was
   *     written until then is to be thrown away
   */
  @Nullable String write(LineBlock block, int index, EventWriter out);
}
