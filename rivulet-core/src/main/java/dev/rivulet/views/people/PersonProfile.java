package dev.rivulet.views.people;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person: what they did, in numbers and the newest of it, and their traits. Of
 * somebody unknown the answer is empty, see {@link Answer#isKnown}.
 *
 * @param user the person's id
 */
public record PersonProfile(String project, String user) implements Query<PersonProfile.Answer> {
  private static final int RECENT = Timeline.MOST;

  @Override
  public Answer answer(Asking asking) {
    Traits traits = TraitsRead.of(asking, project, List.of(user)).get(user);
    Known known = Known.read(asking, project, user);
    return new Answer(
        user,
        Known.firstSeen(known),
        Known.lastSeen(known),
        Known.total(known),
        known == null ? Map.of() : known.actions(),
        known == null ? List.of() : recent(asking, known),
        traits == null ? "{}" : traits.toJson(),
        traits == null ? 0 : traits.size(),
        traits == null ? 0 : traits.refused());
  }

  private List<PersonAction> recent(Asking asking, Known known) {
    List<Timeline.Action> all = known.timeline().actions();
    List<Timeline.Action> newest = all.subList(0, Math.min(RECENT, all.size()));
    return PersonAction.read(asking, project, user, known.partition(), newest);
  }

  /**
   * The profile.
   *
   * @param firstSeen time of the first action, ISO-8601; null of somebody who did nothing yet
   * @param lastSeen time of the last action, likewise
   * @param total actions ever
   * @param actions how often each; past 50 names the later ones count as {@code $other}
   * @param recent the newest actions by the time at which they happened, those left out that the
   *     log no longer holds
   * @param traits a JSON object: each trait's latest value
   * @param traitCount traits that are known
   * @param traitsRefused values that were not kept because the person has too many or too large
   *     traits; absent when there were none
   */
  public record Answer(
      String user,
      @Nullable String firstSeen,
      @Nullable String lastSeen,
      long total,
      Map<String, Long> actions,
      List<PersonAction> recent,
      @JsonRawValue String traits,
      @JsonIgnore int traitCount,
      @JsonInclude(Include.NON_DEFAULT) int traitsRefused) {
    /** Whether anything is known of the person. */
    @JsonIgnore
    public boolean isKnown() {
      return total > 0 || traitCount > 0 || traitsRefused > 0;
    }
  }
}
