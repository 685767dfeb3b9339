package dev.rivulet.testkit.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Stickiness, lifecycle and profiles. */
class NaiveHabitsTest {
  private static final NaiveActivity VIEW = NaiveActivity.of("view");
  private static final long MINUTE = 60_000;

  private final List<NaiveEvent> events = new ArrayList<>();

  @Test
  void stickiness_countsPeopleByTheirActiveDays() {
    // The week from Monday 5 January 2026.
    did("a", "view", "2026-01-05T00:00");
    did("a", "view", "2026-01-05T23:59");
    did("b", "view", "2026-01-05T10:00");
    did("b", "view", "2026-01-11T23:59");
    did("b", "view", "2026-01-12T00:00");
    did("c", "click", "2026-01-06T10:00");
    for (int day = 5; day <= 11; day++) {
      did("d", "view", "2026-01-%02dT12:00".formatted(day));
    }
    var weeks =
        NaiveStickiness.report(
            events,
            VIEW,
            NaivePeriod.WEEK,
            ZoneOffset.UTC,
            at("2026-01-05T00:00"),
            at("2026-01-19T00:00"),
            at("2026-01-12T10:00"));
    assertEquals(2, weeks.size());
    assertEquals(
        new NaiveStickiness.Interval(
            at("2026-01-05T00:00"), 3, List.of(1, 1, 0, 0, 0, 0, 1), false),
        weeks.get(0));
    assertEquals(
        new NaiveStickiness.Interval(at("2026-01-12T00:00"), 1, List.of(1, 0, 0, 0, 0, 0, 0), true),
        weeks.get(1));
  }

  @Test
  void stickiness_ofAMonth_hasItsDays() {
    did("a", "view", "2026-02-01T00:00");
    did("a", "view", "2026-02-28T23:59");
    var february =
        NaiveStickiness.report(
                events,
                VIEW,
                NaivePeriod.MONTH,
                ZoneOffset.UTC,
                at("2026-02-01T00:00"),
                at("2026-03-01T00:00"),
                at("2026-03-01T00:00"))
            .get(0);
    assertEquals(28, february.days().size());
    assertEquals(1, february.days().get(1));
    assertEquals(false, february.partial());
  }

  @Test
  void lifecycle_tellsNewReturningResurrectingAndDormant() {
    did("a", "view", "2026-01-01T10:00");
    did("a", "view", "2026-01-02T10:00");
    did("a", "view", "2026-01-04T10:00");
    did("b", "view", "2026-01-02T10:00");
    did("c", "click", "2026-01-01T10:00");
    did("c", "view", "2026-01-03T10:00");
    var days =
        NaiveLifecycle.report(
            events,
            VIEW,
            NaivePeriod.DAY,
            ZoneOffset.UTC,
            at("2026-01-01T00:00"),
            at("2026-01-06T00:00"),
            at("2026-01-04T12:00"));
    assertEquals(
        List.of(
            new NaiveLifecycle.Bucket(at("2026-01-01T00:00"), 1, 0, 0, 0, false),
            new NaiveLifecycle.Bucket(at("2026-01-02T00:00"), 1, 1, 0, 0, false),
            new NaiveLifecycle.Bucket(at("2026-01-03T00:00"), 1, 0, 0, 2, false),
            new NaiveLifecycle.Bucket(at("2026-01-04T00:00"), 0, 0, 1, 1, true)),
        days);
  }

  @Test
  void lifecycle_knowsWhatWasBeforeTheRange() {
    did("a", "view", "2025-12-30T10:00");
    did("a", "view", "2026-01-01T10:00");
    did("b", "view", "2025-12-31T10:00");
    var day =
        NaiveLifecycle.report(
                events,
                VIEW,
                NaivePeriod.DAY,
                ZoneOffset.UTC,
                at("2026-01-01T00:00"),
                at("2026-01-02T00:00"),
                at("2026-02-01T00:00"))
            .get(0);
    assertEquals(new NaiveLifecycle.Bucket(at("2026-01-01T00:00"), 0, 0, 1, 1, false), day);
  }

  @Test
  void profile_followsEventTime() {
    long noon = at("2026-01-01T12:00");
    did("a", "view", "2026-01-01T12:00");
    did("a", "click", "2026-01-01T11:00");
    did("a", "view", "2026-01-01T11:45");
    did("b", "view", "2026-01-01T13:00");
    var profile = NaiveProfile.of(events, "a", noon + 30 * MINUTE - 1);
    assertNotNull(profile);
    assertEquals(noon - 60 * MINUTE, profile.firstSeen());
    assertEquals(noon, profile.lastSeen());
    assertEquals(3, profile.total());
    assertEquals(Map.of("view", 2L, "click", 1L), profile.actions());
    assertEquals(
        List.of(0L, 2L, 1L), profile.timeline().stream().map(NaiveEvent::arrival).toList());
    var session = profile.session();
    assertNotNull(session);
    assertEquals(noon - 15 * MINUTE, session.start());
    var later = NaiveProfile.of(events, "a", noon + 30 * MINUTE);
    assertNotNull(later);
    assertNull(later.session());
    assertNull(NaiveProfile.of(events, "nobody", noon));
  }

  @Test
  void timeline_keepsTheNewestHundred_ofOneMomentTheLaterArrivalFirst() {
    for (int i = 0; i < 130; i++) {
      events.add(new NaiveEvent(1_000 + i / 2, "view", "a", Map.of(), null, i));
    }
    Collections.shuffle(events, new Random(3));
    var profile = NaiveProfile.of(events, "a", 1_100);
    assertNotNull(profile);
    assertEquals(100, profile.timeline().size());
    assertEquals(129, profile.timeline().get(0).arrival());
    assertEquals(128, profile.timeline().get(1).arrival());
    assertEquals(30, profile.timeline().get(99).arrival());
    assertEquals(130, profile.total());
  }

  private void did(String user, String event, String time) {
    events.add(new NaiveEvent(at(time), event, user, Map.of(), null, events.size()));
  }

  private static long at(String minute) {
    return Instant.parse(minute + ":00Z").toEpochMilli();
  }
}
