package dev.rivulet.views.retention;

import dev.rivulet.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The value that a property has in the first event of each person and period. Of events of one
 * moment the one whose name, then whose value as text, comes first in the alphabet, so that the
 * order of arrival does not matter; an absent value comes last.
 */
final class FirstValues {
  /** Different values, each of which may become a group. */
  private static final int MOST_VALUES = 10_000;

  /** People and periods, 64 bytes each. */
  private static final int MOST_ENTRIES = 3_000_000;

  private static final long NEVER = Long.MIN_VALUE;
  private static final int PERIOD_BITS = 16;

  private static final Comparator<Optional<Object>> BY_TEXT =
      Comparator.<Optional<Object>>comparingInt(value -> value.isPresent() ? 0 : 1)
          .thenComparing(value -> value.map(String::valueOf).orElse(""));

  private final String property;
  private final Numbered<Optional<Object>> values = new Numbered<>();
  private final Numbered<String> names = new Numbered<>();
  private final Long2LongHashMap times = new Long2LongHashMap(NEVER);
  private final Long2LongHashMap nameAndValue = new Long2LongHashMap(NEVER);

  FirstValues(String property) {
    this.property = property;
  }

  /**
   * The people of each cohort who have one value.
   *
   * @param value null for those without the property
   */
  record Group(@Nullable Object value, List<RoaringBitmap> cohorts) {}

  private static final class Numbered<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> all = new ArrayList<>();

    private int number(T value) {
      Integer known = numbers.putIfAbsent(value, all.size());
      if (known == null) {
        all.add(value);
        return all.size() - 1;
      }
      return known;
    }
  }

  void take(Event event, int person, int period) {
    long key = (long) person << PERIOD_BITS | period;
    long time = times.get(key);
    if (time != NEVER && event.occurredAt() > time) {
      return;
    }
    int value = values.number(Optional.ofNullable(event.properties().value(property)));
    int name = names.number(event.name());
    if (time == event.occurredAt() && !precedes(name, value, nameAndValue.get(key))) {
      return;
    }
    times.put(key, event.occurredAt());
    nameAndValue.put(key, (long) name << Integer.SIZE | value);
    checkBounds();
  }

  private boolean precedes(int name, int value, long held) {
    int byName = names.all.get(name).compareTo(names.all.get((int) (held >>> Integer.SIZE)));
    return byName < 0
        || (byName == 0 && BY_TEXT.compare(values.all.get(value), values.all.get((int) held)) < 0);
  }

  private void checkBounds() {
    if (values.all.size() > MOST_VALUES) {
      throw new IllegalArgumentException(
          "property '"
              + property
              + "' has more than "
              + MOST_VALUES
              + " values in this range: break down by one that has fewer");
    }
    if (times.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "more than "
              + MOST_ENTRIES
              + " people and periods are to be broken down: take a shorter range");
    }
  }

  /**
   * Divides the people of {@code cohorts} by their value: the {@code most} values with the most
   * people, largest first, then {@code rest} for all others together if there are any.
   */
  List<Group> groups(List<RoaringBitmap> cohorts, int most, Object rest) {
    long[] sizes = new long[values.all.size()];
    nameAndValue.forEachLong(
        (key, held) -> {
          if (cohorts.get(period(key)).contains(person(key))) {
            sizes[(int) held]++;
          }
        });
    List<Integer> order = new ArrayList<>();
    for (int value = 0; value < sizes.length; value++) {
      if (sizes[value] > 0) {
        order.add(value);
      }
    }
    order.sort(
        Comparator.<Integer>comparingLong(value -> -sizes[value])
            .thenComparing(value -> values.all.get(value), BY_TEXT));
    int listed = Math.min(most, order.size());
    Group[] groupOf = new Group[sizes.length];
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      if (i <= listed) {
        Object value = i < listed ? values.all.get(order.get(i)).orElse(null) : rest;
        groups.add(new Group(value, empty(cohorts.size())));
      }
      groupOf[order.get(i)] = groups.get(groups.size() - 1);
    }
    nameAndValue.forEachLong(
        (key, held) -> {
          if (cohorts.get(period(key)).contains(person(key))) {
            groupOf[(int) held].cohorts.get(period(key)).add(person(key));
          }
        });
    return groups;
  }

  private static int period(long key) {
    return (int) (key & ((1 << PERIOD_BITS) - 1));
  }

  private static int person(long key) {
    return (int) (key >>> PERIOD_BITS);
  }

  private static List<RoaringBitmap> empty(int periods) {
    List<RoaringBitmap> sets = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      sets.add(new RoaringBitmap());
    }
    return sets;
  }
}
