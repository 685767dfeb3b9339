package dev.rivulet.views.sessions;

import dev.rivulet.view.Times;
import org.jspecify.annotations.Nullable;

/**
 * A session as answers give it.
 *
 * @param start time of its first event, ISO-8601
 * @param last time of its last event
 * @param seconds from the first event to the last
 * @param events how many
 * @param pages how many of them are page views
 * @param entry the first page, null where no event names one
 * @param exit the last page, likewise
 * @param bounce whether it has one event only
 */
public record SessionShown(
    String start,
    String last,
    double seconds,
    int events,
    int pages,
    @Nullable String entry,
    @Nullable String exit,
    boolean bounce) {
  static SessionShown of(Session session) {
    Landing entry = session.entry();
    Landing exit = session.exit();
    return new SessionShown(
        Times.iso(session.first()),
        Times.iso(session.last()),
        session.durationMillis() / 1000.0,
        session.events(),
        session.pages(),
        entry == null ? null : entry.page(),
        exit == null ? null : exit.page(),
        session.isBounce());
  }
}
