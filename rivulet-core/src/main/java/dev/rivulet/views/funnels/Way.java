package dev.rivulet.views.funnels;

import org.jspecify.annotations.Nullable;

/** A step that an attempt did, and how it came there. */
final class Way {
  final int step;
  final boolean clean;
  private final long time;
  private final @Nullable Way before;

  Way(int step, long time, @Nullable Way before, boolean clean) {
    this.step = step;
    this.time = time;
    this.before = before;
    this.clean = clean;
  }

  /** On to the step {@code next}. */
  Way on(int next, long at) {
    return new Way(next, at, this, clean);
  }

  /** On through the steps of some bits, all done at once. */
  Way through(int steps, long at) {
    Way there = this;
    for (int rest = steps; rest != 0; rest &= rest - 1) {
      there = there.on(Integer.numberOfTrailingZeros(rest), at);
    }
    return there;
  }

  /** The same, tainted. */
  Way spoiled() {
    return clean ? new Way(step, time, before, false) : this;
  }

  void copyTo(long[] doneAt) {
    for (Way way = this; way != null; way = way.before) {
      doneAt[way.step] = way.time;
    }
  }

  /** Further, then clean, then with the earlier steps; a step left out is later than any. */
  boolean isBetterThan(Way other) {
    if (step != other.step) {
      return step > other.step;
    }
    if (clean != other.clean) {
      return clean;
    }
    return isEarlierThan(other);
  }

  /** Walks back to where the two part; the first step that differs decides. */
  private boolean isEarlierThan(Way other) {
    boolean earlier = false;
    @Nullable Way mine = this;
    @Nullable Way theirs = other;
    while (mine != theirs) {
      int own = mine == null ? -1 : mine.step;
      int their = theirs == null ? -1 : theirs.step;
      if (own != their) {
        earlier = own > their;
      } else if (mine != null && theirs != null && mine.time != theirs.time) {
        earlier = mine.time < theirs.time;
      }
      Way mineBefore = mine != null && own >= their ? mine.before : mine;
      theirs = theirs != null && their >= own ? theirs.before : theirs;
      mine = mineBefore;
    }
    return earlier;
  }
}
