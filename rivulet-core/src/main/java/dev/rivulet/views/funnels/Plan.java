package dev.rivulet.views.funnels;

import java.util.List;

/** A funnel in bits, the index of a step from 0. Built for each use: it costs less than a map. */
final class Plan {
  final int steps;
  final long window;

  /** Bit i: the step at index i may be skipped. */
  final int optional;

  /** Bit i: some exclusion spoils an attempt that has done the step at index i and no further. */
  final int spoilable;

  private final int[] spoiled;

  Plan(Funnel funnel) {
    List<FunnelStep> all = funnel.steps();
    steps = all.size();
    window = funnel.windowMillis();
    int skippable = 0;
    for (int i = 1; i < steps - 1; i++) {
      if (all.get(i).optional()) {
        skippable |= 1 << i;
      }
    }
    optional = skippable;
    List<Exclusion> exclude = funnel.exclude();
    spoiled = new int[exclude.size()];
    int reached = 0;
    for (int i = 0; i < spoiled.length; i++) {
      Exclusion exclusion = exclude.get(i);
      spoiled[i] = (1 << (exclusion.to() - 1)) - (1 << (exclusion.from() - 1));
      reached |= spoiled[i];
    }
    spoilable = reached;
  }

  /** Bit i: these exclusions spoil an attempt that has done the step at index i and no further. */
  int spoiledBy(int exclusions) {
    int bits = 0;
    for (int rest = exclusions; rest != 0; rest &= rest - 1) {
      bits |= spoiled[Integer.numberOfTrailingZeros(rest)];
    }
    return bits;
  }

  boolean isOptional(int index) {
    return (optional >>> index & 1) != 0;
  }
}
