package dev.rivulet.views.retention;

import dev.rivulet.view.Times;
import dev.rivulet.views.retention.Retention.Cohort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Sizes and returns of cohorts, added up over the parts of the people. */
final class CohortTable {
  private final Periods periods;
  private final long[] sizes;
  private final long[][] returned;

  CohortTable(Periods periods) {
    this.periods = periods;
    this.sizes = new long[periods.count()];
    this.returned = new long[periods.count()][];
    for (int cohort = 0; cohort < periods.count(); cohort++) {
      returned[cohort] = new long[periods.count() - 1 - cohort];
    }
  }

  /** Who belongs to the cohort of each period. */
  static List<RoaringBitmap> cohorts(PeopleByPeriod first, Retention.Type type) {
    if (type == Retention.Type.RECURRING) {
      return first.in();
    }
    List<RoaringBitmap> cohorts = new ArrayList<>();
    RoaringBitmap seen = first.before().clone();
    for (RoaringBitmap people : first.in()) {
      cohorts.add(RoaringBitmap.andNot(people, seen));
      seen.or(people);
    }
    return cohorts;
  }

  /** Who counts as returned in each period. */
  static List<RoaringBitmap> returns(PeopleByPeriod returning, Retention.Mode mode) {
    if (mode == Retention.Mode.ON) {
      return returning.in();
    }
    List<RoaringBitmap> returns = new ArrayList<>(returning.in());
    var later = new RoaringBitmap();
    for (int period = returns.size() - 1; period >= 0; period--) {
      later.or(returns.get(period));
      returns.set(period, later.clone());
    }
    return returns;
  }

  void add(List<RoaringBitmap> cohorts, List<RoaringBitmap> returns) {
    for (int cohort = 0; cohort < sizes.length; cohort++) {
      RoaringBitmap people = cohorts.get(cohort);
      sizes[cohort] += people.getLongCardinality();
      if (!people.isEmpty()) {
        for (int after = 1; cohort + after < sizes.length; after++) {
          returned[cohort][after - 1] +=
              RoaringBitmap.andCardinality(people, returns.get(cohort + after));
        }
      }
    }
  }

  List<Cohort> cohorts() {
    List<Cohort> cohorts = new ArrayList<>();
    for (int cohort = 0; cohort < sizes.length; cohort++) {
      List<Long> counts = new ArrayList<>();
      List<Integer> partial = new ArrayList<>();
      for (int after = 1; cohort + after < sizes.length; after++) {
        counts.add(returned[cohort][after - 1]);
        if (!periods.isFinished(cohort + after)) {
          partial.add(after);
        }
      }
      cohorts.add(
          new Cohort(
              Times.iso(periods.start(cohort)),
              sizes[cohort],
              counts,
              periods.isFinished(cohort) ? null : Boolean.TRUE,
              partial.isEmpty() ? null : partial));
    }
    return cohorts;
  }

  /** Of all people for whom period 1, 2, … is over, the share that returned in it. */
  List<@Nullable Double> mean() {
    List<@Nullable Double> mean = new ArrayList<>();
    for (int after = 1; after < sizes.length; after++) {
      long people = 0;
      long back = 0;
      for (int cohort = 0; cohort + after < sizes.length; cohort++) {
        if (periods.isFinished(cohort + after)) {
          people += sizes[cohort];
          back += returned[cohort][after - 1];
        }
      }
      mean.add(people == 0 ? null : (Double) (back / (double) people));
    }
    return mean;
  }
}
