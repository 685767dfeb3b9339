package dev.rivulet;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.sessions.PersonSessions;

/**
 * How much is known of a person: what erasing them would remove.
 *
 * @param user the person's id
 */
public record PersonAccount(String project, String user) implements Query<PersonAccount.Answer> {
  @Override
  public Answer answer(Asking asking) {
    PersonProfile.Answer profile = new PersonProfile(project, user).answer(asking);
    PersonSessions.Answer sessions = new PersonSessions(project, user, 1).answer(asking);
    return new Answer(profile.total(), profile.traitCount(), sessions.total(), profile.isKnown());
  }

  /**
   * The account.
   *
   * @param events actions ever, those included that the log no longer holds
   * @param traits traits that are known
   * @param sessions sessions ever, those included that are no longer kept
   * @param isKnown whether anything is known of the person
   */
  public record Answer(long events, int traits, long sessions, boolean isKnown) {}
}
