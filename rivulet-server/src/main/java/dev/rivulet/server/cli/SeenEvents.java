package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells new events from those shown before. Every message of the topic {@code recent} holds the
 * newest events, so neighbouring messages overlap; where they do not, events were left out in
 * between. Remembers a bounded number. Not safe for use by several threads.
 */
final class SeenEvents {
  private static final int REMEMBERED = 10_000;

  private final Set<String> known = new HashSet<>();
  private final ArrayDeque<String> order = new ArrayDeque<>();

  /**
   * New events, oldest first.
   *
   * @param missed whether there were others between these and the ones shown before
   */
  record Fresh(List<JsonNode> events, boolean missed) {}

  /** Takes the events of one message, newest first. */
  Fresh take(JsonNode newestFirst) {
    var first = known.isEmpty();
    var fresh = new ArrayList<JsonNode>();
    for (var event : newestFirst) {
      var key = key(event);
      if (known.add(key)) {
        order.add(key);
        fresh.add(event);
      }
    }
    while (order.size() > REMEMBERED) {
      known.remove(order.remove());
    }
    Collections.reverse(fresh);
    return new Fresh(fresh, !first && !fresh.isEmpty() && fresh.size() == newestFirst.size());
  }

  /** An event's place in the log, else its id, else all of it. */
  private static String key(JsonNode event) {
    for (var field : List.of("position", "id")) {
      if (event.hasNonNull(field)) {
        return field + event.get(field).asText();
      }
    }
    return event.toString();
  }
}
