package dev.rivulet.views.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.event.Limits;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * People, those first whose last action is the newest; or those whose id or traits contain a text,
 * whatever its case, the one first whose id is that text. Looks through those who were seen last:
 * at least 1,000 a partition, at most {@value #MOST_LOOKED_THROUGH} in all. Somebody whose id is
 * the text is found however long ago.
 *
 * @param search what an id or a trait contains, at most 200 characters; null for everybody
 * @param limit the most people of this answer, 1 to {@value #MOST}
 * @param cursor the {@code next} of an answer before; null begins with the first
 */
public record FindPeople(
    String project, @Nullable String search, int limit, @Nullable String cursor)
    implements Query<FindPeople.Answer> {
  /** People of one answer. */
  public static final int MOST = 200;

  private static final int MOST_LOOKED_THROUGH = 10_000;

  /**
   * @throws IllegalArgumentException naming the value that is wrong
   */
  public FindPeople {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MOST);
    }
    if (search != null && search.length() > Limits.USER_CHARS) {
      throw new IllegalArgumentException(
          "search has "
              + search.length()
              + " characters: at most "
              + Limits.USER_CHARS
              + " are looked for");
    }
    if (cursor != null) {
      Seen.parse(cursor);
    }
  }

  @Override
  public Answer answer(Asking asking) {
    Newest newest = Newest.read(asking, project, MOST_LOOKED_THROUGH);
    Seen after = cursor == null ? null : Seen.parse(cursor);
    Seen last = after == null ? Seen.FIRST : after;
    List<Seen> found = new ArrayList<>();
    if (search != null && after == null) {
      found.addAll(called(asking, search));
    }
    boolean more = false;
    for (Seen seen : matching(asking, newest)) {
      if (after == null || seen.compareTo(after) > 0) {
        if (found.size() == limit) {
          more = true;
          break;
        }
        found.add(seen);
        last = seen;
      }
    }
    return new Answer(people(asking, found), more ? last.text() : null, newest.complete());
  }

  /** The person of that id, if there is one. */
  private List<Seen> called(Asking asking, String user) {
    Known known = Known.read(asking, project, user);
    if (known != null) {
      Profile profile = known.profile();
      return List.of(
          new Seen(user, profile.last(), profile.first(), profile.total(), known.partition()));
    }
    boolean told = !TraitsRead.of(asking, project, List.of(user)).isEmpty();
    return told ? List.of(new Seen(user, 0, 0, 0, -1)) : List.of();
  }

  /** Of those who were seen last the ones that are searched for, but for the one of that id. */
  private List<Seen> matching(Asking asking, Newest newest) {
    if (search == null) {
      return newest.people();
    }
    String text = search.toLowerCase(Locale.ROOT);
    Map<Integer, List<String>> users = new HashMap<>();
    for (Seen seen : newest.people()) {
      users.computeIfAbsent(seen.partition(), p -> new ArrayList<>()).add(seen.user());
    }
    Map<String, Traits> traits =
        TraitsRead.of(asking, project, p -> users.getOrDefault(p, List.of()));
    return newest.people().stream()
        .filter(seen -> !seen.user().equals(search))
        .filter(
            seen -> {
              Traits own = traits.get(seen.user());
              return seen.user().toLowerCase(Locale.ROOT).contains(text)
                  || (own != null && own.anyContains(text));
            })
        .toList();
  }

  private List<Person> people(Asking asking, List<Seen> found) {
    List<String> users = found.stream().map(Seen::user).toList();
    Map<String, Traits> traits = TraitsRead.of(asking, project, users);
    return found.stream()
        .map(
            seen ->
                new Person(
                    seen.user(),
                    seen.total() == 0 ? null : Times.iso(seen.first()),
                    seen.total() == 0 ? null : Times.iso(seen.last()),
                    seen.total(),
                    TraitsRead.json(traits, seen.user())))
        .toList();
  }

  /**
   * The people.
   *
   * @param next what to give as {@code cursor} to go on; absent at the end
   * @param complete false when there are people who were not looked through, being seen too long
   *     ago
   */
  public record Answer(
      List<Person> users, @JsonInclude(Include.NON_NULL) @Nullable String next, boolean complete) {}

  /**
   * A person in short.
   *
   * @param firstSeen time of the first action, ISO-8601; null of somebody who did nothing yet
   * @param lastSeen time of the last action, likewise
   * @param total actions ever
   * @param traits a JSON object: each trait's latest value
   */
  public record Person(
      String user,
      @Nullable String firstSeen,
      @Nullable String lastSeen,
      long total,
      @JsonRawValue String traits) {}
}
