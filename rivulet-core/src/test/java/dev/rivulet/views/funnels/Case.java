package dev.rivulet.views.funnels;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Short texts for cases worked out by hand. Steps are {@code A B? C|D}, exclusions {@code X 1-2},
 * events {@code A0 B7}: a name and seconds.
 */
final class Case {
  private Case() {}

  static Funnel funnel(Order order, Count count, String steps, int window, String... exclusions) {
    String json =
        "{\"steps\":[%s],\"window\":\"%ds\",\"order\":\"%s\",\"count\":\"%s\",\"exclude\":[%s]}"
            .formatted(
                Stream.of(steps.split(" ")).map(Case::step).collect(Collectors.joining(",")),
                window,
                order.word(),
                count.word(),
                Stream.of(exclusions)
                    .filter(each -> !each.isEmpty())
                    .map(Case::exclusion)
                    .collect(Collectors.joining(",")));
    return Funnel.parse(json);
  }

  static Funnel funnel(Order order, String steps) {
    return funnel(order, Count.PEOPLE, steps, 10, "");
  }

  static Event event(String text) {
    return event(text, Map.of());
  }

  static Event event(String text, Map<String, ?> properties) {
    long time = Long.parseLong(text.substring(1)) * 1_000;
    String name = text.substring(0, 1);
    return new Event("p", Kind.EVENT, name, "u", null, time, time, Properties.of(properties));
  }

  /** The steps of a person to whom the events happened, told in this order. */
  static PersonSteps person(Funnel funnel, List<String> events) {
    var matcher = new StepMatcher(funnel);
    var person = new PersonSteps(funnel);
    for (String text : events) {
      Event event = event(text);
      person.add(event.occurredAt(), matcher.steps(event), matcher.exclusions(event));
    }
    return person;
  }

  static List<Attempt> attempts(Funnel funnel, String events) {
    return Attempts.of(funnel, person(funnel, List.of(events.split(" "))));
  }

  static List<String> shuffled(String events, Random random) {
    var arrived = new ArrayList<>(List.of(events.split(" ")));
    Collections.shuffle(arrived, random);
    return arrived;
  }

  /** Like {@code 0 - 7}: the seconds of the steps done; {@code !} before a tainted one. */
  static String text(Attempt attempt) {
    var text = new StringBuilder(attempt.clean() ? "" : "!");
    for (int i = 0; i < attempt.furthest(); i++) {
      long done = attempt.doneAt()[i];
      text.append(i == 0 ? "" : " ").append(done == -1 ? "-" : String.valueOf(done / 1_000));
    }
    return text.toString();
  }

  static String texts(List<Attempt> attempts) {
    return attempts.isEmpty()
        ? "out"
        : attempts.stream().map(Case::text).collect(Collectors.joining(", "));
  }

  private static String step(String text) {
    boolean optional = text.endsWith("?");
    String names =
        Stream.of((optional ? text.substring(0, text.length() - 1) : text).split("\\|"))
            .collect(Collectors.joining("\",\"", "[\"", "\"]"));
    return "{\"event\":" + names + (optional ? ",\"optional\":true}" : "}");
  }

  private static String exclusion(String text) {
    String[] parts = text.split("[ -]");
    return parts.length == 1
        ? "{\"event\":\"" + parts[0] + "\"}"
        : "{\"event\":\"%s\",\"from\":%s,\"to\":%s}".formatted((Object[]) parts);
  }
}
