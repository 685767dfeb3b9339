package dev.rivulet.views.breakdowns;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most frequent values of a property. The range is widened outwards to whole quarter-hours.
 *
 * @param limit values listed, 1 to 1,000
 */
public record TopValues(String project, String event, String property, Range range, int limit)
    implements Query<TopValues.Answer> {
  static final int MOST = 1_000;

  /**
   * The values: {@code total = counts + other + absent}.
   *
   * @param other events with a value that is not listed
   * @param absent events without the property
   * @param exact true when no count may be wrong
   * @param error else by how much the worst listed count may be too high, relative, or which part
   *     of the event may be missing as it came after the names that are told apart
   */
  public record Answer(
      String event,
      String property,
      String from,
      String to,
      long total,
      List<Count> values,
      long other,
      long absent,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable Double error) {}

  /** One value: a string, number or boolean. */
  public record Count(Object value, long count) {}

  public TopValues {
    checkLimit(limit);
  }

  static void checkLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MOST);
    }
  }

  @Override
  public Answer answer(Asking asking) {
    TimeRange whole = range.at(asking.now()).widened(Step.QUARTER, asking.zone());
    var read = new BreakdownRead(project, event, property, whole);
    read.read(asking);
    List<Value> values = read.values();
    List<Value> listed = values.subList(0, Math.min(limit, values.size()));
    long total = read.total();
    long present = values.stream().mapToLong(value -> value.total).sum() + read.other();
    long counted = listed.stream().mapToLong(value -> value.total).sum();
    return new Answer(
        event,
        property,
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        total,
        listed.stream().map(value -> new Count(value.value(), value.total)).toList(),
        present - counted,
        total - present,
        read.isExact() ? Boolean.TRUE : null,
        read.isExact() ? null : (Double) read.worstError(listed));
  }
}
