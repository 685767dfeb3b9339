package dev.rivulet.views.funnels;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Pages;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds one funnel in one partition. Of a person the times of their steps are kept; when they
 * change, the person's attempts are made anew, and what they added to the cells of days is taken
 * back and added as it is now. So late events and erasures need no case of their own.
 *
 * <p>In each batch: {@link #want}, {@link #load}, {@link #fold}, {@link #write}. Used by one
 * thread.
 */
final class FunnelFold {
  private final Funnel funnel;
  private final StepMatcher matcher;
  private final byte[] peopleKey;
  private final byte[] daysKey;
  private final Days days;
  private final Pages<PeoplePage> people;
  private final DayCells cells;
  private final Map<Integer, Before> touched = new LinkedHashMap<>();
  private Pages<PeoplePage>.Hash pages;
  private Totals totals = Totals.NONE;
  private boolean opened;

  /** What a person was before the batch. */
  private record Before(List<Dominance.Row> rows, boolean kept, boolean truncated) {}

  /**
   * @param mostBytes memory for what no batch is using
   */
  FunnelFold(Scope scope, Definition definition, long mostBytes) {
    this.funnel = Funnel.parse(definition.body());
    this.matcher = new StepMatcher(funnel);
    this.peopleKey = Layout.people(scope, definition);
    this.daysKey = Layout.days(scope, definition);
    this.days = new Days(scope.zone(definition.project()));
    this.people = new Pages<>(PeoplePage.codec(funnel), mostBytes / 4 * 3);
    this.pages = people.of(peopleKey);
    this.cells = new DayCells(funnel, daysKey, mostBytes / 4);
  }

  Funnel funnel() {
    return funnel;
  }

  StepMatcher matcher() {
    return matcher;
  }

  /** Begins a batch. */
  void begin() {
    pages = people.of(peopleKey);
    cells.begin();
  }

  void want(Occurrence occurrence) {
    pages.want(occurrence.person() >>> Layout.PAGE_BITS);
  }

  void load(Reads reads) {
    people.load(reads);
    cells.load(reads);
    if (!opened) {
      reads.hash(
          daysKey,
          List.of(Layout.TOTALS, Layout.WAITING),
          stored -> {
            totals = Totals.decode(stored.get(0));
            cells.waiting(stored.get(1));
            opened = true;
          });
    }
  }

  void fold(Occurrence occurrence) {
    boolean erased = occurrence.event().kind() == Kind.ERASURE;
    int steps = erased ? 0 : matcher.steps(occurrence.event());
    int exclusions = erased ? 0 : matcher.exclusions(occurrence.event());
    if (!erased && steps == 0 && exclusions == 0 && !funnel.needsEveryEvent()) {
      return;
    }
    int number = occurrence.person() >>> Layout.PAGE_BITS;
    int place = occurrence.person() & Layout.PAGE - 1;
    PeoplePage page = pages.page(number);
    PersonSteps person = page.person(place);
    if (erased && person == null) {
      return;
    }
    if (!touched.containsKey(occurrence.person())) {
      boolean truncated = person != null && person.truncated();
      touched.put(occurrence.person(), new Before(rows(person), person != null, truncated));
    }
    if (erased) {
      page.put(place, null);
    } else {
      PersonSteps known = person == null ? new PersonSteps(funnel) : person;
      known.add(occurrence.event().occurredAt(), steps, exclusions);
      page.put(place, known);
    }
    pages.changed(number);
  }

  void write(Writes writes) {
    Totals known = totals;
    touched.forEach(this::settle);
    touched.clear();
    people.write(writes);
    cells.write(writes);
    if (!totals.equals(known)) {
      writes.hash(daysKey, List.of(Layout.TOTALS, totals.encode()));
    }
  }

  private void settle(int number, Before before) {
    int page = number >>> Layout.PAGE_BITS;
    PersonSteps person = pages.page(page).person(number & Layout.PAGE - 1);
    totals = totals.with(before.kept, before.truncated, person, page);
    cells.replace(before.rows, rows(person));
  }

  private List<Dominance.Row> rows(@Nullable PersonSteps person) {
    return person == null
        ? List.of()
        : Dominance.rows(Attempts.of(funnel, person), funnel.count(), days::of);
  }
}
