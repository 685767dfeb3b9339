package dev.rivulet.testkit.naive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What response times come to, counted over a plain list of requests. */
public final class NaiveResponseTimes {
  private static final Comparator<@Nullable String> NAMES =
      Comparator.nullsLast(Comparator.naturalOrder());

  private final List<NaiveRequest> requests;

  /** Each request counts once. */
  public NaiveResponseTimes(List<NaiveRequest> requests) {
    this.requests = List.copyOf(requests);
  }

  /**
   * The requests of a range, from {@code from} until before {@code to}, that are {@code wanted}.
   */
  public NaiveResponseTimes between(long from, long to, Predicate<NaiveRequest> wanted) {
    return new NaiveResponseTimes(
        requests.stream()
            .filter(one -> from <= one.time() && one.time() < to && wanted.test(one))
            .toList());
  }

  /** By whatever they are told apart by. */
  public Map<@Nullable String, NaiveResponseTimes> by(
      Function<NaiveRequest, @Nullable String> group) {
    Map<@Nullable String, List<NaiveRequest>> lists = new TreeMap<>(NAMES);
    for (NaiveRequest one : requests) {
      lists.computeIfAbsent(group.apply(one), name -> new ArrayList<>()).add(one);
    }
    Map<@Nullable String, NaiveResponseTimes> groups = new TreeMap<>(NAMES);
    lists.forEach((name, list) -> groups.put(name, new NaiveResponseTimes(list)));
    return groups;
  }

  /** How many. */
  public long count() {
    return requests.size();
  }

  /** All times added up and rounded once. */
  public double sum() {
    return requests.stream()
        .map(one -> new BigDecimal(one.millis()))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  /**
   * Of the times in order the one at place {@code part · (count − 1)}, rounded down.
   *
   * @param part from 0 for the least to 1 for the greatest
   */
  public double percentile(double part) {
    return requests.stream()
        .mapToDouble(NaiveRequest::millis)
        .sorted()
        .skip((long) (part * (requests.size() - 1)))
        .findFirst()
        .orElseThrow();
  }

  /** Those of up to {@code target} milliseconds in full, of up to four times that by half. */
  public double apdex(double target) {
    double content = 0;
    for (NaiveRequest one : requests) {
      content += one.millis() <= target ? 1 : one.millis() <= 4 * target ? 0.5 : 0;
    }
    return content / requests.size();
  }

  /** Requests by status. */
  public Map<String, Long> statuses() {
    Map<String, Long> statuses = new TreeMap<>();
    requests.forEach(
        one -> statuses.merge(one.status() == null ? "none" : one.status(), 1L, Long::sum));
    return statuses;
  }

  /** Requests by class of status. */
  public Map<String, Long> statusClasses() {
    Map<String, Long> classes = new TreeMap<>();
    statuses()
        .forEach(
            (status, n) ->
                classes.merge(
                    status.matches("[1-5][0-9][0-9]") ? status.charAt(0) + "xx" : "other",
                    n,
                    Long::sum));
    return classes;
  }

  /** Requests of at least {@code low} and under {@code high} milliseconds. */
  public long within(double low, double high) {
    return requests.stream().filter(one -> low <= one.millis() && one.millis() < high).count();
  }
}
