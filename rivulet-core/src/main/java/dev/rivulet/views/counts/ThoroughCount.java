package dev.rivulet.views.counts;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Filter;
import dev.rivulet.view.Query;

/**
 * An {@link EventCount} that reads the log where the counters do not tell the name apart. Costs a
 * microsecond an event then, and is not meant to be watched.
 */
public record ThoroughCount(EventCount count) implements Query<EventCount.Answer> {
  @Override
  public String project() {
    return count.project();
  }

  /** The counters' answer where it is exact or the log is too long to be read, else the log's. */
  @Override
  public EventCount.Answer answer(Asking asking) {
    EventCount.Answer counted = count.answer(asking);
    if (counted.exact()) {
      return counted;
    }
    var fromLog =
        new FilteredCount(
            count.project(),
            count.event(),
            Filter.ALL,
            null,
            count.range(),
            count.step(),
            count.zone(),
            1);
    FilteredCount.Answer read;
    try {
      read = fromLog.answer(asking);
    } catch (IllegalArgumentException tooMany) {
      return counted;
    }
    return read.exact() || read.total() > counted.total()
        ? new EventCount.Answer(
            read.event(),
            read.from(),
            read.to(),
            read.step(),
            read.timezone(),
            read.total(),
            read.series(),
            read.exact())
        : counted;
  }
}
