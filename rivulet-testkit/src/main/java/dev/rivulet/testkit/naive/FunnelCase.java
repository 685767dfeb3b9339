package dev.rivulet.testkit.naive;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A funnel, what arrived, and the range that is asked for.
 *
 * @param seed draws it again
 * @param funnel the definition
 * @param arrived in order of arrival, with what came twice
 * @param from start of the range, in epoch milliseconds
 * @param to end of the range, exclusive
 */
public record FunnelCase(
    long seed, NaiveDefinition funnel, List<NaiveEvent> arrived, long from, long to) {
  /**
   * A property that all events of one moment of a person share, so that a report by groups does not
   * depend on which of them an attempt begins with. Absent, {@code "x"} or {@code "y"}.
   */
  public static final String GROUP = "ref";

  /** The naive answer. */
  public NaiveFunnel naive() {
    return new NaiveFunnel(funnel, arrived);
  }

  /** For people: the seed, the definition, the range and the events by arrival. */
  @Override
  public String toString() {
    return "FunnelCases.draw(%dL, %s, %s)%n%s%nfrom %d to %d%n%s"
        .formatted(
            seed,
            funnel.order(),
            funnel.count(),
            funnel.toJson(),
            from,
            to,
            arrived.stream().map(NaiveEvent::toString).collect(Collectors.joining("\n")));
  }
}
