package dev.rivulet.views.performance;

import dev.rivulet.measure.MeasuredRange;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Times;
import dev.rivulet.views.performance.PerformanceAnswer.Endpoint;
import dev.rivulet.views.performance.PerformanceAnswer.Group;
import dev.rivulet.views.performance.PerformanceAnswer.Total;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers one question about performance; one use. */
final class PerformanceReport {
  private static final int USUAL_LIMIT = 100;
  private static final int MOST_GROUPS = 100;

  /** Buckets of the series of all listed endpoints: some megabytes as JSON. */
  private static final int MOST_POINTS = 20_000;

  /** Endpoints that are not told apart are at least told apart by method. */
  private static final int MOST_OVERFLOWS = 10;

  private static final String OVERFLOW_HINT =
      "more distinct endpoints than are kept: send route templates such as /users/{id}, not raw"
          + " paths";

  private final Performance asked;
  private final Asking asking;
  private final MeasuredRange read;
  private final boolean hasSeries;
  private final double seconds;
  private final Tally found;
  private final @Nullable MeasuredRange readBefore;
  private final Tally before;

  PerformanceReport(Performance asked, Asking asking) {
    this.asked = asked;
    this.asking = asking;
    this.hasSeries = asked.step() != null;
    var times = new StoredTimes(asking, asked.project(), asked.endpoint(), asked.method());
    // Without a series the widest bucket is the cheapest: it is read by whole quarter-hours.
    this.read = times.read(asked.range(), hasSeries ? asked.step() : Step.MONTH, asked.zone());
    this.seconds = (Math.min(read.range().to(), asking.now()) - read.range().from()) / 1_000.0;
    this.found = tally(read, hasSeries, asked.split());
    this.readBefore = asked.previous() ? before(times) : null;
    this.before = readBefore == null ? new Tally(0, false, null) : tally(readBefore, false, null);
  }

  /** The same time before; a little longer where only quarter-hours are kept of it. */
  private MeasuredRange before(StoredTimes times) {
    TimeRange now = read.range();
    var before = times.read(before(now, now.from()), Step.MONTH, asked.zone());
    if (before.range().to() > now.from()) { // widened into this one
      before =
          times.read(
              before(now, Step.QUARTER.floor(now.from(), read.zone())), Step.MONTH, asked.zone());
    }
    return before;
  }

  private static Range before(TimeRange now, long end) {
    return Range.between(end - now.millis(), end);
  }

  private static Tally tally(MeasuredRange read, boolean hasSeries, @Nullable Split split) {
    var tally = new Tally(read.buckets().count(), hasSeries, split);
    read.series().forEach(tally::add);
    return tally;
  }

  PerformanceAnswer answer() {
    List<Endpoint> endpoints = endpoints();
    long listed = endpoints.stream().mapToLong(one -> one.figures().requests()).sum();
    boolean overflow = found.endpoints().keySet().stream().anyMatch(EndpointKey::isOverflow);
    return new PerformanceAnswer(
        Times.iso(read.range().from()),
        Times.iso(read.range().to()),
        readBefore == null ? null : Times.iso(readBefore.range().from()),
        readBefore == null ? null : Times.iso(readBefore.range().to()),
        hasSeries ? read.step().text() : null,
        read.zone().getId(),
        asked.apdexMillis(),
        asked.sort().word(),
        new Total(figures(found.all()), previous(before.all()), hasSeries ? series() : null),
        endpoints,
        found.endpoints().size(),
        found.all().count() - listed,
        asked.split() == null ? null : groups(),
        asked.split() == null ? null : (Long) (long) found.groups().size(),
        overflow ? Boolean.TRUE : null);
  }

  private List<Moment> series() {
    return Moment.series(found.series(), read.buckets(), asked.apdexMillis(), asking.now());
  }

  private List<Endpoint> endpoints() {
    Map<EndpointKey, Figures> all = new HashMap<>();
    found.endpoints().forEach((key, requests) -> all.put(key, figures(requests)));
    before.endpoints().keySet().forEach(gone -> all.putIfAbsent(gone, Figures.NONE));
    List<Endpoint> endpoints = new ArrayList<>();
    for (EndpointKey key : listed(all)) {
      endpoints.add(
          new Endpoint(
              key.endpoint(),
              key.method(),
              all.getOrDefault(key, Figures.NONE),
              previous(before.endpoint(key)),
              hasSeries
                  ? EndpointMoment.series(found.series(key), read.buckets(), asking.now())
                  : null,
              key.isOverflow() ? OVERFLOW_HINT : null));
    }
    return endpoints;
  }

  /** The first ones, and whatever stands for endpoints that are not told apart. */
  private List<EndpointKey> listed(Map<EndpointKey, Figures> all) {
    Comparator<EndpointKey> order =
        Comparator.comparing(
            key -> all.getOrDefault(key, Figures.NONE),
            asked.sort().comparator().thenComparing(Order.REQUESTS.comparator()));
    List<EndpointKey> sorted = new ArrayList<>(all.keySet());
    sorted.sort(order.thenComparing(EndpointKey.BY_NAME));
    List<EndpointKey> listed = new ArrayList<>();
    sorted.stream().filter(key -> !key.isOverflow()).limit(limit()).forEach(listed::add);
    sorted.stream().filter(EndpointKey::isOverflow).limit(MOST_OVERFLOWS).forEach(listed::add);
    if (hasSeries && asked.limit() != null && points(listed.size()) > MOST_POINTS) {
      throw new IllegalArgumentException(
          "step "
              + read.step().text()
              + " makes "
              + read.buckets().count()
              + " buckets for each of "
              + listed.size()
              + " endpoints, more than "
              + MOST_POINTS
              + " in all: take a wider step, a shorter range or a lower limit");
    }
    return listed;
  }

  private int limit() {
    Integer limit = asked.limit();
    if (limit != null) {
      return limit;
    }
    long room = hasSeries ? MOST_POINTS / points(1) - MOST_OVERFLOWS : USUAL_LIMIT;
    return (int) Math.max(1, Math.min(USUAL_LIMIT, room));
  }

  private long points(int endpoints) {
    return (long) endpoints * read.buckets().count();
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    found.groups().forEach((group, requests) -> groups.add(new Group(group, figures(requests))));
    groups.sort(
        Comparator.comparing(Group::figures, Order.REQUESTS.comparator())
            .thenComparing(Group::group, Comparator.nullsLast(Comparator.naturalOrder())));
    return List.copyOf(groups.subList(0, Math.min(MOST_GROUPS, groups.size())));
  }

  private Figures figures(Requests requests) {
    return Figures.of(requests, asked.apdexMillis(), seconds);
  }

  private @Nullable Figures previous(Requests requests) {
    return readBefore == null
        ? null
        : Figures.of(requests, asked.apdexMillis(), readBefore.range().millis() / 1_000.0);
  }
}
