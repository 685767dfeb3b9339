package dev.rivulet.views.recent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.event.Event;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Asking.Located;
import dev.rivulet.view.Asking.Posting;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, newest first: by the time of arrival, then by place in the log. Events that
 * the log no longer holds are left out.
 *
 * @param limit the most events, 1 to 200
 */
public record RecentEvents(String project, int limit) implements Query<RecentEvents.Answer> {
  private static final Comparator<Located> OLDEST_FIRST =
      Comparator.comparingLong((Located located) -> located.event().receivedAt())
          .thenComparing(located -> located.posting().entry())
          .thenComparing(located -> located.posting().partition())
          .thenComparing(located -> located.posting().index());

  /**
   * @throws IllegalArgumentException when {@code limit} is not between 1 and 200
   */
  public RecentEvents {
    if (limit < 1 || limit > Newest.MOST) {
      throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + Newest.MOST);
    }
  }

  @Override
  public Answer answer(Asking asking) {
    List<Posting> newest = new ArrayList<>();
    List<Posting> older = new ArrayList<>();
    asking.scatter(
        RecentView.ROOM,
        (scope, reads) ->
            reads.get(
                RecentView.key(scope, project),
                stored -> {
                  if (stored != null) {
                    List<Newest.Place> places = Newest.decode(stored).places();
                    for (int i = 0; i < places.size(); i++) {
                      Newest.Place place = places.get(i);
                      (i < limit ? newest : older)
                          .add(new Posting(scope.partition(), place.entry(), place.index()));
                    }
                  }
                }));
    if (newest.isEmpty()) {
      return new Answer(List.of());
    }
    List<Located> found = new ArrayList<>(asking.events(newest));
    if (found.size() < newest.size() && !older.isEmpty()) { // some are of persons who were erased
      found.addAll(asking.events(older));
    }
    return new Answer(
        found.stream().sorted(OLDEST_FIRST.reversed()).limit(limit).map(Recent::of).toList());
  }

  /**
   * @param events newest first
   */
  public record Answer(List<Recent> events) {}

  /**
   * One event.
   *
   * @param time when it happened
   * @param receivedAt when it reached us
   * @param id the sender's id, absent when it gave none
   * @param properties the JSON object as it was sent
   * @param position its place in the log: partition, entry, index
   */
  public record Recent(
      String event,
      String user,
      String time,
      String receivedAt,
      @JsonInclude(Include.NON_NULL) @Nullable String id,
      @JsonRawValue String properties,
      String position) {
    /** The same without its properties, of which only the size is told. */
    public Recent bare() {
      String size = "{\"$omittedBytes\":" + properties.length() + "}";
      return new Recent(event, user, time, receivedAt, id, size, position);
    }

    private static Recent of(Located located) {
      Event event = located.event();
      Posting at = located.posting();
      return new Recent(
          event.name(),
          event.user(),
          Times.iso(event.occurredAt()),
          Times.iso(event.receivedAt()),
          event.id(),
          event.properties().toJson(),
          at.partition() + "/" + at.entry() + "/" + at.index());
    }
  }
}
