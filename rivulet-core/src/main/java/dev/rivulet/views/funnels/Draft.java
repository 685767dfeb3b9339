package dev.rivulet.views.funnels;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An attempt under way. */
final class Draft {
  final long entry;
  final long[] doneAt;
  int furthest = 1;
  boolean clean = true;

  /** The next of a chain of attempts that go no further, in {@link Slots}. */
  @Nullable Draft next;

  /** Enters at {@code entry} a funnel of {@code steps} steps. */
  Draft(long entry, int steps) {
    this.entry = entry;
    doneAt = new long[steps];
    Arrays.fill(doneAt, -1);
    doneAt[0] = entry;
  }

  /** Does the step at {@code index}, from 0, which is further than any before. */
  void reach(int index, long time) {
    doneAt[index] = time;
    furthest = index + 1;
  }

  /** Does steps at one time: {@code indexes} are bits, the highest further than any before. */
  void reachAll(int indexes, long time) {
    for (int rest = indexes; rest != 0; rest &= rest - 1) {
      reach(Integer.numberOfTrailingZeros(rest), time);
    }
  }

  Attempt finished(long unit) {
    return new Attempt(entry, furthest, clean, doneAt, unit);
  }
}
