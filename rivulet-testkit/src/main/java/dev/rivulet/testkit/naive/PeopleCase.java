package dev.rivulet.testkit.naive;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a few people did, as it arrived, and the range, zone and moment of the question.
 *
 * @param seed draws it again
 * @param arrived in order of arrival, with what came twice
 * @param zone whose days
 * @param from start of the range, in epoch milliseconds
 * @param to end of the range, exclusive
 * @param now when it is asked; nothing happened later
 * @param retention a question about who comes back
 */
public record PeopleCase(
    long seed,
    List<NaiveEvent> arrived,
    ZoneId zone,
    long from,
    long to,
    long now,
    NaiveRetention retention) {

  /** For people: the seed, the question and the events by arrival. */
  @Override
  public String toString() {
    return "seed %d, zone %s, from %d to %d, now %d%n%s%n%s"
        .formatted(
            seed,
            zone,
            from,
            to,
            now,
            retention,
            arrived.stream().map(NaiveEvent::toString).collect(Collectors.joining("\n")));
  }
}
