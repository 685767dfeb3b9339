package dev.rivulet.views.uniques;

import dev.rivulet.view.Command;
import dev.rivulet.view.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Where the sets are stored. Per subject and local day one string of 4-byte words {@code person <<
 * 5 | hour}, appended, each word once. Per local day one hash of the sets' sizes: field {@code
 * signup/7} for an hour, {@code signup/day} for the day; without {@code signup/} for any event. The
 * subject is null for any event.
 */
final class Layout {
  static final String ROOM = "uniques";
  static final int HOUR_BITS = 5;
  static final int HOUR_MASK = (1 << HOUR_BITS) - 1;

  /** People one partition can tell apart. */
  static final int MOST_PERSONS = 1 << (Integer.SIZE - HOUR_BITS);

  private Layout() {}

  static byte[] words(Scope scope, String project, @Nullable String subject, String day) {
    return subject == null
        ? scope.key(project, "any", day)
        : scope.key(project, "event", subject, day);
  }

  static byte[] sizes(Scope scope, String project, String day) {
    return scope.key(project, "sizes", day);
  }

  /** Start of the earliest hour that has anybody, in decimal epoch milliseconds. */
  static byte[] earliest(Scope scope, String project) {
    return scope.key(project, "earliest");
  }

  static byte[] hourField(@Nullable String subject, int hour) {
    return Command.bytes(subject == null ? Integer.toString(hour) : subject + "/" + hour);
  }

  static byte[] dayField(@Nullable String subject) {
    return Command.bytes(subject == null ? "day" : subject + "/day");
  }
}
