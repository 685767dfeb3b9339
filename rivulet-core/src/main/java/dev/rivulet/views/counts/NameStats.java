package dev.rivulet.views.counts;

import dev.rivulet.view.Bytes;
import dev.rivulet.view.Command;

/**
 * What is known of one event name in one partition.
 *
 * @param total events ever counted
 * @param first earliest time, in epoch milliseconds
 * @param last latest time, in epoch milliseconds
 */
record NameStats(long total, long first, long last) {
  static final NameStats NONE = new NameStats(0, Long.MAX_VALUE, Long.MIN_VALUE);

  NameStats plus(NameStats other) {
    return new NameStats(
        total + other.total, Math.min(first, other.first), Math.max(last, other.last));
  }

  byte[] encode() {
    return Command.bytes("1 " + total + " " + first + " " + last);
  }

  static NameStats decode(byte[] stored) {
    String[] words = Bytes.text(stored).split(" ");
    return new NameStats(
        Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }
}
