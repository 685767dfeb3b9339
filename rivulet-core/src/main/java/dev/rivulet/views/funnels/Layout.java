package dev.rivulet.views.funnels;

import dev.rivulet.view.Command;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Scope;

/**
 * Where a funnel's state of one partition is stored. {@code people} is a hash of pages of {@value
 * #PAGE} persons each, by person number. {@code days} is a hash of cells by day number, with {@link
 * Totals} and the changes that wait for their cell in two more fields, so that one read of it gives
 * one moment.
 */
final class Layout {
  static final String ROOM = "funnels";
  static final int PAGE_BITS = 4;
  static final int PAGE = 1 << PAGE_BITS;
  static final byte[] TOTALS = Command.bytes("totals");
  static final byte[] WAITING = Command.bytes("waiting");

  /** The first byte of whatever is stored. */
  static final byte FORMAT = 1;

  private Layout() {}

  static byte[] people(Scope scope, Definition definition) {
    return scope.key(definition.project(), Integer.toString(definition.revision()), "people");
  }

  static byte[] days(Scope scope, Definition definition) {
    return scope.key(definition.project(), Integer.toString(definition.revision()), "days");
  }

  static void check(byte format, String what) {
    if (format != FORMAT) {
      throw new IllegalStateException(
          what + " of a funnel are stored in format " + format + ", this version reads " + FORMAT);
    }
  }
}
