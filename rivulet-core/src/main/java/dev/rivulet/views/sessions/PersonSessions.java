package dev.rivulet.views.sessions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Dictionary;
import dev.rivulet.view.PersonSegments;
import dev.rivulet.view.Query;
import dev.rivulet.view.StoredPerson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a person, newest first. The newest 64 are kept.
 *
 * @param limit the most sessions of the answer, 1 to {@value #MOST}
 */
public record PersonSessions(String project, String user, int limit)
    implements Query<PersonSessions.Answer> {
  /** Sessions that are kept. */
  public static final int MOST = History.MOST;

  /**
   * @throws IllegalArgumentException when {@code limit} is not between 1 and {@value #MOST}
   */
  public PersonSessions {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MOST);
    }
  }

  @Override
  public Answer answer(Asking asking) {
    History history = read(asking);
    List<Session> kept = new ArrayList<>(history.sessions());
    kept.sort((a, b) -> Long.compare(b.first(), a.first()));
    boolean open = !kept.isEmpty() && asking.now() - kept.get(0).last() < Session.GAP_MILLIS;
    return new Answer(
        kept.stream().limit(limit).map(SessionShown::of).toList(),
        open ? SessionShown.of(kept.get(0)) : null,
        kept.size() + history.older(),
        history.older(),
        history.unplaced());
  }

  private History read(Asking asking) {
    List<History> found = new ArrayList<>();
    int home = asking.partition(user);
    asking.scatter(
        SessionsView.ROOM,
        (scope, reads) -> {
          if (scope.partition() != home) {
            return;
          }
          List<StoredPerson> own = new ArrayList<>();
          // The person first: a commit in between may give pages their numbers.
          PersonSegments.read(scope, SessionsView.PEOPLE, project, user, reads, own::add);
          reads.get(
              SessionsView.pages(scope, project),
              stored -> {
                Dictionary pages = Dictionary.of(stored);
                History history = own.get(0).open(new HistoryCodec(any -> pages), project);
                if (history != null) {
                  found.add(history);
                }
              });
        });
    return found.isEmpty() ? new History() : found.get(0);
  }

  /**
   * The sessions.
   *
   * @param sessions newest first
   * @param current the session that goes on, its last event being less than half an hour ago; null
   *     when there is none
   * @param total sessions ever
   * @param older how many of them are no longer kept
   * @param unplaced events that came so late that they fall among those, and are in no session;
   *     absent when there are none
   */
  public record Answer(
      List<SessionShown> sessions,
      @Nullable SessionShown current,
      long total,
      @JsonInclude(Include.NON_DEFAULT) long older,
      @JsonInclude(Include.NON_DEFAULT) long unplaced) {}
}
