package dev.rivulet.views.breakdowns;

import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many events per value of each property, for each event name: kept per hour with four
 * quarter-hour columns, so that days of every time zone come out exact.
 *
 * <p>Bounds: {@value #MOST_PROPERTIES} properties per name; {@value Breakdown#MOST_VALUES} values
 * per property, hour and partition, past which Space-Saving keeps the frequent ones and tells by
 * how much a count may be too high; values longer than {@value Breakdown#MOST_CHARS} characters
 * count as {@code other}.
 */
public final class BreakdownsView implements View {
  static final String ROOM = "breakdowns";

  /** Properties of one event name that are broken down; those that come later are not. */
  static final int MOST_PROPERTIES = 500;

  static final String TOTAL = "total";
  static final String PROPERTIES = "properties";
  static final long HOUR_MILLIS = 3_600_000;
  static final long QUARTER_MILLIS = 900_000;
  static final long KEPT_MILLIS = 400L * 86_400_000;

  @Override
  public String name() {
    return ROOM;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public State open(Scope scope) {
    return new BreakdownsState(scope);
  }

  /** The key of one hour, a hash: {@code total}, and {@code <page>/<property>}. */
  static byte[] hourKey(Scope scope, String project, String subject, long hour) {
    String start =
        Instant.ofEpochMilli(hour * HOUR_MILLIS).truncatedTo(ChronoUnit.HOURS).toString();
    return scope.key(project, subject, start.substring(0, 13));
  }

  /** The field of one page of a property's breakdown. */
  static String field(int page, String property) {
    return page + "/" + property;
  }
}
