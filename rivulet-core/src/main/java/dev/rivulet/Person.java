package dev.rivulet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.views.people.PersonAction;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.sessions.PersonSessions;
import dev.rivulet.views.sessions.SessionShown;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person as the People page shows them: the profile, and the session that goes on. Of somebody
 * unknown the answer is empty, see {@link Answer#isKnown}.
 *
 * @param user the person's id
 */
public record Person(String project, String user) implements Query<Person.Answer> {
  @Override
  public Answer answer(Asking asking) {
    PersonProfile.Answer profile = new PersonProfile(project, user).answer(asking);
    PersonSessions.Answer sessions = new PersonSessions(project, user, 1).answer(asking);
    return new Answer(
        user,
        profile.firstSeen(),
        profile.lastSeen(),
        profile.total(),
        profile.actions(),
        sessions.current(),
        sessions.total(),
        profile.recent(),
        profile.traits(),
        profile.traitsRefused(),
        profile.isKnown());
  }

  /**
   * The person.
   *
   * @param firstSeen time of the first action, ISO-8601; null of somebody who did nothing yet
   * @param lastSeen time of the last action, likewise
   * @param total actions ever
   * @param actions how often each, the most frequent first
   * @param session the session that goes on; null when the last event is half an hour ago
   * @param sessions sessions ever
   * @param recent the newest actions that the log still holds, newest first
   * @param traits a JSON object: each trait's latest value
   * @param traitsRefused values of traits that were not kept for want of room; absent when none
   * @param isKnown whether anything is known of the person
   */
  public record Answer(
      String user,
      @Nullable String firstSeen,
      @Nullable String lastSeen,
      long total,
      Map<String, Long> actions,
      @Nullable SessionShown session,
      long sessions,
      List<PersonAction> recent,
      @JsonRawValue String traits,
      @JsonInclude(Include.NON_DEFAULT) int traitsRefused,
      @JsonIgnore boolean isKnown) {}
}
