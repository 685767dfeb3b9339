package dev.rivulet;

import dev.rivulet.policies.HeldState;
import dev.rivulet.query.ScatterGather;
import dev.rivulet.query.ViewNotReady;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.sessions.PersonSessions;
import java.util.Map;
import java.util.TreeMap;

/** Asks the rooms what they hold of a person. What is being filled cannot be told. */
final class HeldByViews implements HeldState {
  private final ScatterGather queries;

  HeldByViews(ScatterGather queries) {
    this.queries = queries;
  }

  @Override
  public Map<String, Long> of(String project, String user) {
    Map<String, Long> held = new TreeMap<>();
    try {
      var profile = queries.ask(new PersonProfile(project, user));
      held.put("events", profile.total());
      held.put("traits", (long) profile.traitCount());
      held.put("sessions", queries.ask(new PersonSessions(project, user, 1)).total());
    } catch (ViewNotReady e) {
      // The erasure reaches the filled view through the log all the same.
    }
    return held;
  }
}
