package dev.rivulet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.sessions.PersonSessions;
import dev.rivulet.views.sessions.SessionShown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a person, to be handed to them. Reads the whole log, a microsecond an event.
 *
 * @param user the person's id
 */
public record PersonExport(String project, String user) implements Query<PersonExport.Answer> {
  /** Records of one export. */
  public static final int MOST_RECORDS = 100_000;

  private static final long MOST_BYTES = 64L * 1024 * 1024;

  @Override
  public Answer answer(Asking asking) {
    PersonProfile.Answer profile = new PersonProfile(project, user).answer(asking);
    PersonSessions.Answer sessions =
        new PersonSessions(project, user, PersonSessions.MOST).answer(asking);
    var log = new Records();
    long completeSince = profile.isKnown() ? asking.scan(0, log::add) : 0;
    return new Answer(
        user,
        Times.iso(asking.now()),
        profile.firstSeen(),
        profile.lastSeen(),
        profile.total(),
        profile.actions(),
        profile.traits(),
        sessions.sessions(),
        log.sorted(),
        log.omitted,
        completeSince == 0 ? null : Times.iso(completeSince),
        profile.isKnown());
  }

  /** The person's records, in order of arrival. */
  private final class Records {
    private final List<Event> kept = new ArrayList<>();
    private long bytes;
    private long omitted;

    private void add(Event event) {
      boolean theirs =
          (event.kind() == Kind.EVENT || event.kind() == Kind.TRAITS)
              && event.user().equals(user)
              && event.project().equals(project);
      if (!theirs) {
        return;
      }
      bytes += 200 + event.properties().length();
      if (kept.size() >= MOST_RECORDS || bytes > MOST_BYTES) {
        omitted++;
      } else {
        kept.add(event);
      }
    }

    private List<Record> sorted() {
      return kept.stream()
          .sorted(Comparator.comparingLong(Event::occurredAt))
          .map(Record::of)
          .toList();
    }
  }

  /**
   * The export.
   *
   * @param exportedAt when it was made, ISO-8601
   * @param firstSeen time of the first action; null of somebody who did nothing yet
   * @param lastSeen time of the last action, likewise
   * @param total actions ever, those included that the log no longer holds
   * @param actions how often each
   * @param traits a JSON object: each trait's latest value
   * @param sessions the sessions that are kept, newest first
   * @param events every record of the person that the log holds, oldest first
   * @param omitted records past 100,000 or 64 MB that are left out; absent when there are none
   * @param completeFrom since when nothing was trimmed from the log; absent when nothing ever was
   * @param isKnown whether anything is known of the person
   */
  public record Answer(
      String user,
      String exportedAt,
      @Nullable String firstSeen,
      @Nullable String lastSeen,
      long total,
      Map<String, Long> actions,
      @JsonRawValue String traits,
      List<SessionShown> sessions,
      List<Record> events,
      @JsonInclude(Include.NON_DEFAULT) long omitted,
      @JsonInclude(Include.NON_NULL) @Nullable String completeFrom,
      @JsonIgnore boolean isKnown) {}

  /**
   * A record of the log.
   *
   * @param kind {@code event}, or {@code traits} for what an identify call said
   * @param time when it happened, ISO-8601
   * @param receivedAt when it reached us
   * @param id the sender's id, absent when it gave none
   * @param properties the JSON object as it was sent
   */
  public record Record(
      String kind,
      String event,
      String time,
      String receivedAt,
      @JsonInclude(Include.NON_NULL) @Nullable String id,
      @JsonRawValue String properties) {
    private static Record of(Event event) {
      return new Record(
          event.kind().name().toLowerCase(Locale.ROOT),
          event.name(),
          Times.iso(event.occurredAt()),
          Times.iso(event.receivedAt()),
          event.id(),
          event.properties().toJson());
    }
  }
}
