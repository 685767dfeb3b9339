package dev.rivulet.views.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a person. Somebody of whom nothing was said has no traits.
 *
 * @param user the person's id
 */
public record PersonProfile(String project, String user) implements Query<PersonProfile.Answer> {
  @Override
  public Answer answer(Asking asking) {
    List<Traits> found = new ArrayList<>();
    asking.scatter(
        PeopleView.ROOM,
        (scope, reads) ->
            reads.get(
                PeopleView.key(scope, project, user),
                stored -> {
                  if (stored != null) {
                    found.add(Traits.decode(stored));
                  }
                }));
    Traits traits = found.isEmpty() ? Traits.decode(null) : found.get(0);
    return new Answer(user, traits.toJson(), traits.refused());
  }

  /**
   * @param traits a JSON object: each trait's latest value
   * @param traitsRefused values that were not kept because the person has too many or too large
   *     traits; absent when there were none
   */
  public record Answer(
      String user,
      @JsonRawValue String traits,
      @JsonInclude(Include.NON_DEFAULT) int traitsRefused) {}
}
