package dev.rivulet.views.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long requests took.
 *
 * @param from first moment counted, ISO-8601 in UTC
 * @param to first moment after
 * @param previousFrom first moment of the time before, with which each is compared; null where it
 *     was not asked for
 * @param previousTo first moment after that
 * @param step width of a bucket; null where no series was asked for
 * @param timezone zone of days, weeks and months
 * @param apdexMillis the T of the Apdex
 * @param sort what {@code endpoints} are sorted by
 * @param total all requests asked about, of endpoints that are not listed too
 * @param endpoints in the order asked for; those past the bound of what is told apart come last
 * @param endpointCount endpoints with requests, listed or not
 * @param other requests of endpoints that are not listed
 * @param groups the total split, the busiest first; null where no split was asked for
 * @param groupCount groups there are; null where no split was asked for
 * @param overflow true when some endpoints were not told apart
 */
public record PerformanceAnswer(
    String from,
    String to,
    @JsonInclude(Include.NON_NULL) @Nullable String previousFrom,
    @JsonInclude(Include.NON_NULL) @Nullable String previousTo,
    @JsonInclude(Include.NON_NULL) @Nullable String step,
    String timezone,
    double apdexMillis,
    String sort,
    Total total,
    List<Endpoint> endpoints,
    long endpointCount,
    long other,
    @JsonInclude(Include.NON_NULL) @Nullable List<Group> groups,
    @JsonInclude(Include.NON_NULL) @Nullable Long groupCount,
    @JsonInclude(Include.NON_NULL) @Nullable Boolean overflow) {
  /**
   * All requests together.
   *
   * @param previous those of the same time before; null where it was not asked for
   * @param series null where none was asked for
   */
  public record Total(
      @JsonUnwrapped Figures figures,
      @JsonInclude(Include.NON_NULL) @Nullable Figures previous,
      @JsonInclude(Include.NON_NULL) @Nullable List<Moment> series) {}

  /**
   * One endpoint.
   *
   * @param endpoint the route template; null for requests that came without
   * @param method null for requests that came without
   * @param previous its requests of the same time before; null where it was not asked for
   * @param series null where none was asked for
   * @param hint what to do about it, where it stands for endpoints that are not told apart
   */
  public record Endpoint(
      @Nullable String endpoint,
      @Nullable String method,
      @JsonUnwrapped Figures figures,
      @JsonInclude(Include.NON_NULL) @Nullable Figures previous,
      @JsonInclude(Include.NON_NULL) @Nullable List<EndpointMoment> series,
      @JsonInclude(Include.NON_NULL) @Nullable String hint) {}

  /**
   * A part of the total.
   *
   * @param group the node or status; null for requests that came without a node
   */
  public record Group(@Nullable String group, @JsonUnwrapped Figures figures) {}
}
