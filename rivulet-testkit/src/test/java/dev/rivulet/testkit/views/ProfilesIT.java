package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.Traffic;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaiveEvent;
import dev.rivulet.testkit.naive.NaiveProfile;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import dev.rivulet.view.View;
import dev.rivulet.views.people.FindPeople;
import dev.rivulet.views.people.PeopleView;
import dev.rivulet.views.people.PersonAction;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.people.PersonTimeline;
import dev.rivulet.views.people.ProfilesView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProfilesIT extends ViewContract {
  private static final int PEOPLE = 12;

  @Override
  protected View view() {
    return new ProfilesView();
  }

  @Override
  protected List<View> views() {
    return List.of(new PeopleView(), new ProfilesView());
  }

  /** Few people, so that some did more than a timeline holds. */
  @Override
  protected List<Event> events(long seed) {
    return new Traffic(seed, PROJECT, PEOPLE).between(from(), to(), 800);
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      queries.add(new PersonProfile(PROJECT, "user-" + i));
      queries.add(new PersonTimeline(PROJECT, "user-" + i, 100, null));
    }
    queries.add(new FindPeople(PROJECT, null, 100, null));
    queries.add(new FindPeople(PROJECT, "OSL", 100, null));
    return queries;
  }

  @Override
  protected Object comparable(Object answer) {
    return Profiles.comparable(answer);
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    List<NaiveEvent> naive = Profiles.naive(recount.events());
    for (int i = 0; i < PEOPLE; i++) {
      String user = "user-" + i;
      NaiveProfile expected = NaiveProfile.of(naive, user, now());
      var profile = driver.ask(new PersonProfile(PROJECT, user));
      var timeline = driver.ask(new PersonTimeline(PROJECT, user, 100, null));
      if (expected == null) {
        assertEquals(0, profile.total());
        assertNull(profile.firstSeen());
        assertEquals(List.of(), timeline.events());
        continue;
      }
      assertEquals(Times.iso(expected.firstSeen()), profile.firstSeen());
      assertEquals(Times.iso(expected.lastSeen()), profile.lastSeen());
      assertEquals(expected.total(), profile.total());
      assertEquals(expected.actions(), profile.actions());
      assertEquals(moments(expected.timeline()), Profiles.moments(profile.recent()));
      assertEquals(moments(expected.timeline()), Profiles.moments(timeline.events()));
      assertEquals(0, timeline.gone());
      assertNull(timeline.next());
    }
  }

  private static List<String> moments(List<NaiveEvent> events) {
    return Profiles.canonical(
        events.stream().map(event -> Times.iso(event.time()) + " " + event.event()).toList());
  }

  @Test
  void timeline_pagesBackwards_missesNothingAndRepeatsNothing(RealRedis redis) {
    try (var driver = open(redis)) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        events.add(event("u", "n" + i, 1_001 + i / 3)); // three of each moment
      }
      Collections.shuffle(events, new Random(3));
      for (int i = 0; i < events.size(); i += 9) {
        driver.append(events.subList(i, Math.min(i + 9, events.size())));
        driver.foldAll();
      }
      List<PersonAction> all = driver.ask(new PersonTimeline(PROJECT, "u", 100, null)).events();
      assertEquals(100, all.size());
      List<PersonAction> paged = new ArrayList<>();
      String before = null;
      do {
        var part = driver.ask(new PersonTimeline(PROJECT, "u", 7, before));
        paged.addAll(part.events());
        before = part.next();
      } while (before != null);
      assertEquals(all, paged);
      String middle = all.get(50).time();
      var older = driver.ask(new PersonTimeline(PROJECT, "u", 100, middle));
      assertTrue(older.events().stream().allMatch(found -> found.time().compareTo(middle) < 0));
      assertEquals(
          all.stream().filter(found -> found.time().compareTo(middle) < 0).toList(),
          older.events());
    }
  }

  @Test
  void actions_pastTheBound_countTogether(RealRedis redis) {
    try (var driver = open(redis)) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        events.add(event("u", "n" + i, i));
        events.add(event("u", "n" + i, i));
      }
      driver.append(events);
      driver.foldAll();
      driver.restart();
      var actions = driver.ask(new PersonProfile(PROJECT, "u")).actions();
      assertEquals(51, actions.size());
      assertEquals(60, actions.get("$other"));
      assertEquals(2, actions.get("n49"));
    }
  }

  @Test
  void people_pageByPage_thoseSeenLastFirst(RealRedis redis) {
    try (var driver = open(redis)) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        events.add(event("p" + i, "view", 10_000 + i / 2));
        events.add(event("p" + i, "view", i));
      }
      Collections.shuffle(events, new Random(4));
      driver.append(events);
      driver.foldAll();
      List<String> users = new ArrayList<>();
      List<Instant> seen = new ArrayList<>();
      String cursor = null;
      do {
        var part = driver.ask(new FindPeople(PROJECT, null, 37, cursor));
        assertTrue(part.complete());
        part.users().forEach(person -> users.add(person.user()));
        part.users().forEach(person -> seen.add(Instant.parse(person.lastSeen())));
        cursor = part.next();
      } while (cursor != null);
      assertEquals(300, new TreeSet<>(users).size());
      assertEquals(300, users.size());
      List<Instant> sorted = new ArrayList<>(seen);
      sorted.sort(Collections.reverseOrder());
      assertEquals(sorted, seen);
    }
  }

  @Test
  void people_moreThanAreKept_theNewestWithoutGap(RealRedis redis) {
    try (var driver = open(redis)) {
      int people = 9_000;
      for (int i = 0; i < people; i += 500) {
        List<Event> events = new ArrayList<>();
        for (int j = i; j < i + 500; j++) {
          events.add(event("p" + j, "view", 1_000_000 + (j * 7_919L) % people));
        }
        driver.append(events);
        driver.foldAll();
      }
      int expected = people - 1;
      String cursor = null;
      do {
        var part = driver.ask(new FindPeople(PROJECT, null, 200, cursor));
        assertFalse(part.complete());
        for (FindPeople.Person person : part.users()) {
          assertEquals(Times.iso(1_000_000 + expected--), person.lastSeen());
        }
        cursor = part.next();
      } while (cursor != null);
      assertTrue(people - 1 - expected >= 2_000, "listed " + (people - 1 - expected));
      var oldest = driver.ask(new FindPeople(PROJECT, "p0", 10, null));
      assertEquals("p0", oldest.users().get(0).user());
    }
  }

  @Test
  void search_exactIdFirst_thenIdsAndTraits(RealRedis redis) {
    try (var driver = open(redis)) {
      driver.append(
          List.of(
              event("ann", "view", 10),
              event("Joanna", "view", 20),
              event("bob", "view", 30),
              event("carl", "view", 40),
              traits("bob", "{\"friend\":\"\\u0041nna\",\"n\":12}"),
              traits("ann", "{\"city\":\"Oslo\"}"),
              traits("ghost", "{\"city\":\"Oslo\"}")));
      driver.foldAll();
      assertEquals(List.of("ann", "bob", "Joanna"), found(driver, "ann", 10));
      assertEquals(List.of("ann", "ghost"), found(driver, "oslo", 10)); // told of, did nothing yet
      assertEquals(List.of("bob"), found(driver, "12", 10));
      assertEquals(List.of("ghost"), found(driver, "ghost", 10));
      assertEquals(List.of(), found(driver, "nobody", 10));
      var first = driver.ask(new FindPeople(PROJECT, "ann", 1, null));
      assertEquals("ann", first.users().get(0).user());
      assertEquals("{\"city\":\"Oslo\"}", first.users().get(0).traits());
      var second = driver.ask(new FindPeople(PROJECT, "ann", 2, first.next()));
      assertEquals("bob", second.users().get(0).user());
      assertEquals("Joanna", second.users().get(1).user());
      assertNull(second.next());
      driver.append(List.of(event("ghost", "view", 50)));
      driver.foldAll();
      assertEquals(List.of("ghost", "ann"), found(driver, "oslo", 10));
      assertEquals(1, driver.ask(new FindPeople(PROJECT, "ghost", 1, null)).users().get(0).total());
    }
  }

  @Test
  void erasure_forgetsThePerson_laterEventsAreSomebodyNew(RealRedis redis) {
    try (var driver = open(redis)) {
      for (int i = 0; i < 60; i++) {
        driver.append(List.of(event("u", "old", i), event("other", "old", i)));
        driver.foldAll();
      }
      driver.append(
          List.of(
              event("u", "old", 100),
              new Event(PROJECT, Kind.ERASURE, "erasure", "u", null, 101, 1_000, Properties.NONE)));
      driver.foldAll();
      assertFalse(driver.ask(new PersonProfile(PROJECT, "u")).isKnown());
      assertEquals(List.of("other"), found(driver, null, 10));
      driver.append(List.of(event("u", "new", 7)));
      driver.foldAll();
      driver.restart();
      var again = driver.ask(new PersonProfile(PROJECT, "u"));
      assertEquals(1, again.total());
      assertEquals(1, again.actions().get("new"));
      assertEquals(1, driver.ask(new PersonTimeline(PROJECT, "u", 100, null)).events().size());
      assertEquals(60, driver.ask(new PersonProfile(PROJECT, "other")).total());
    }
  }

  @Test
  void questions_thatMakeNoSense_areRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new FindPeople(PROJECT, null, 10, "garbage!"));
    assertThrows(IllegalArgumentException.class, () -> new FindPeople(PROJECT, null, 0, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FindPeople(PROJECT, "x".repeat(10_000), 10, null));
    assertThrows(IllegalArgumentException.class, () -> new PersonTimeline(PROJECT, "u", 101, null));
    assertThrows(
        IllegalArgumentException.class, () -> new PersonTimeline(PROJECT, "u", 10, "1_x_2"));
  }

  private static List<String> found(RivuletDriver driver, String search, int limit) {
    return driver.ask(new FindPeople(PROJECT, search, limit, null)).users().stream()
        .map(FindPeople.Person::user)
        .toList();
  }

  private static RivuletDriver open(RealRedis redis) {
    redis.flush();
    return RivuletDriver.open(
        redis.address(), 2, ZoneOffset.UTC, List.of(new PeopleView(), new ProfilesView()));
  }

  private static Event event(String user, String name, long occurredAt) {
    return new Event(
        PROJECT, Kind.EVENT, name, user, null, occurredAt, 20_000_000, Properties.NONE);
  }

  private static Event traits(String user, String json) {
    byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new Event(
        PROJECT,
        Kind.TRAITS,
        "identify",
        user,
        null,
        1,
        1_000,
        Properties.slice(bytes, 0, bytes.length));
  }
}
