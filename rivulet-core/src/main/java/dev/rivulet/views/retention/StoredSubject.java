package dev.rivulet.views.retention;

import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.roaringbitmap.RoaringBitmap;

/** The sets of one subject and partition that a question needs. */
final class StoredSubject {
  private final Periods periods;
  private final boolean history;
  private final Int2ObjectHashMap<RoaringBitmap> sets = new Int2ObjectHashMap<>();
  private final RoaringBitmap before = new RoaringBitmap();
  private final List<Integer> covering = new ArrayList<>();
  private LongArrayList tail = new LongArrayList();

  StoredSubject(Periods periods, boolean history) {
    this.periods = periods;
    this.history = history;
  }

  /** Asks for the sets. The tail comes first: see {@link Layout}. */
  StoredSubject read(Scope scope, Reads reads, String project, String subject) {
    reads.get(Layout.tail(scope, project, subject), stored -> tail = Layout.words(stored));
    for (Period period : Period.values()) {
      List<Integer> numbers = new ArrayList<>();
      if (period == periods.period()) {
        for (int i = 0; i < periods.count(); i++) {
          numbers.add(periods.number(i));
        }
      }
      if (history) {
        numbers.addAll(upToFirst(period));
      }
      List<byte[]> fields = new ArrayList<>();
      numbers.forEach(number -> fields.add(Layout.field(period, number)));
      reads.hash(
          Layout.sets(scope, project, subject, period),
          fields,
          stored -> {
            for (int i = 0; i < numbers.size(); i++) {
              sets.put(period.code(numbers.get(i)), Layout.decode(stored.get(i)));
            }
          });
    }
    if (history) {
      int month = Period.MONTH.number(periods.firstDay());
      reads.wholeHash(
          Layout.sets(scope, project, subject, Period.MONTH),
          stored ->
              stored.forEach(
                  (field, people) -> {
                    if (Period.MONTH.parseField(field) < month) {
                      before.or(Layout.decode(people));
                    }
                  }));
    }
    return this;
  }

  /** The days and weeks between the start of the first period's month and that period. */
  private List<Integer> upToFirst(Period period) {
    List<Integer> numbers = new ArrayList<>();
    int first = periods.firstDay();
    int day = Period.MONTH.firstDay(Period.MONTH.number(first));
    while (day < first) {
      int week = Period.WEEK.number(day);
      boolean wholeWeek = Period.WEEK.firstDay(week) == day && day + 7 <= first;
      Period taken = wholeWeek ? Period.WEEK : Period.DAY;
      if (taken == period) {
        numbers.add(taken.number(day));
        covering.add(taken.code(taken.number(day)));
      }
      day += wholeWeek ? 7 : 1;
    }
    return numbers;
  }

  /** The people, once everything has arrived. */
  PeopleByPeriod people() {
    int month = Period.MONTH.number(periods.firstDay());
    for (int i = 0; i < tail.size(); i++) {
      int code = Layout.code(tail.getLong(i));
      int person = Layout.person(tail.getLong(i));
      RoaringBitmap set = sets.get(code);
      if (set != null) {
        set.add(person);
      }
      if (history && Period.ofCode(code) == Period.MONTH && Period.numberOfCode(code) < month) {
        before.add(person);
      }
    }
    for (int code : covering) {
      before.or(setOf(code));
    }
    List<RoaringBitmap> in = new ArrayList<>();
    for (int i = 0; i < periods.count(); i++) {
      in.add(setOf(periods.period().code(periods.number(i))));
    }
    return new PeopleByPeriod(before, in);
  }

  private RoaringBitmap setOf(int code) {
    RoaringBitmap set = sets.get(code);
    return set == null ? new RoaringBitmap() : set;
  }
}
