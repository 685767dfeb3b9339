package dev.rivulet.views.people;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Asking.Located;
import dev.rivulet.view.Asking.Posting;
import dev.rivulet.view.Times;
import java.util.List;

/**
 * Something a person did.
 *
 * @param event its name
 * @param time when it happened, ISO-8601
 * @param receivedAt when it reached us, ISO-8601
 * @param properties the JSON object as it was sent
 * @param position its place in the log: partition, entry, index
 */
public record PersonAction(
    String event,
    String time,
    String receivedAt,
    @JsonRawValue String properties,
    String position) {
  /** Reads {@code actions} of a person from the log; those that were trimmed are left out. */
  static List<PersonAction> read(
      Asking asking, String project, String user, int partition, List<Timeline.Action> actions) {
    if (actions.isEmpty()) {
      return List.of();
    }
    List<Posting> postings =
        actions.stream()
            .map(action -> new Posting(partition, action.entry(), action.index()))
            .toList();
    return asking.events(postings).stream()
        .filter(found -> isOf(found.event(), project, user))
        .map(PersonAction::of)
        .toList();
  }

  /** Where an event stood that was erased since, there is nothing of this person. */
  private static boolean isOf(Event event, String project, String user) {
    return event.kind() == Kind.EVENT
        && event.user().equals(user)
        && event.project().equals(project);
  }

  private static PersonAction of(Located located) {
    Event event = located.event();
    Posting at = located.posting();
    return new PersonAction(
        event.name(),
        Times.iso(event.occurredAt()),
        Times.iso(event.receivedAt()),
        event.properties().toJson(),
        at.partition() + "/" + at.entry() + "/" + at.index());
  }
}
