package dev.rivulet.views.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest actions of a person, newest first by the time at which they happened: {@value
 * Timeline#MOST} are kept, whatever the order in which they arrived.
 *
 * @param limit the most actions of this answer, 1 to 100
 * @param before the {@code next} of an answer before, or a time (ISO-8601 or epoch milliseconds):
 *     only what came before it; null begins with the newest
 */
public record PersonTimeline(String project, String user, int limit, @Nullable String before)
    implements Query<PersonTimeline.Answer> {
  /**
   * @throws IllegalArgumentException when the limit or {@code before} is no good
   */
  public PersonTimeline {
    if (limit < 1 || limit > Timeline.MOST) {
      throw new IllegalArgumentException(
          "limit " + limit + " is not between 1 and " + Timeline.MOST);
    }
    if (before != null) {
      mark(before);
    }
  }

  @Override
  public Answer answer(Asking asking) {
    Known known = Known.read(asking, project, user);
    if (known == null) {
      return new Answer(List.of(), null, 0);
    }
    List<Timeline.Action> all = known.timeline().actions();
    int from = 0;
    if (before != null) {
      Timeline.Action mark = mark(before);
      while (from < all.size() && all.get(from).compareTo(mark) <= 0) {
        from++;
      }
    }
    List<Timeline.Action> asked = all.subList(from, Math.min(from + limit, all.size()));
    List<PersonAction> events = PersonAction.read(asking, project, user, known.partition(), asked);
    boolean more = from + asked.size() < all.size();
    return new Answer(
        events, more ? text(asked.get(asked.size() - 1)) : null, asked.size() - events.size());
  }

  /** A text that {@link #mark} reads. */
  private static String text(Timeline.Action action) {
    return action.time() + "_" + action.entry() + "_" + action.index();
  }

  /** What is asked for comes after this, in the order newest first. */
  private static Timeline.Action mark(String before) {
    try {
      String[] parts = before.split("_", -1);
      if (parts.length == 3) {
        return new Timeline.Action(
            Long.parseLong(parts[0]), EntryId.parse(parts[1]), Integer.parseInt(parts[2]));
      }
      long time =
          before.matches("-?\\d{1,18}")
              ? Long.parseLong(before)
              : Instant.parse(before).toEpochMilli();
      return new Timeline.Action(time, EntryId.START, -1);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      String shown = before.length() > 60 ? before.substring(0, 60) + "…" : before;
      throw new IllegalArgumentException(
          "before '"
              + shown
              + "' is neither the 'next' of an answer nor a time such as"
              + " 2026-11-22T10:00:00Z or epoch milliseconds",
          e);
    }
  }

  /**
   * A part of the timeline.
   *
   * @param events newest first
   * @param next what to give as {@code before} to go on; absent at the end
   * @param gone actions of this part that the log no longer holds
   */
  public record Answer(
      List<PersonAction> events, @JsonInclude(Include.NON_NULL) @Nullable String next, int gone) {}
}
