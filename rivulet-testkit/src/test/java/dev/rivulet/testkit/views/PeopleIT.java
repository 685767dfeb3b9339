package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.people.PeopleView;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.people.ProfilesView;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PeopleIT extends ViewContract {
  @Override
  protected View view() {
    return new PeopleView();
  }

  @Override
  protected List<View> views() {
    return List.of(new PeopleView(), new ProfilesView());
  }

  @Override
  protected Object comparable(Object answer) {
    return Profiles.comparable(answer);
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      queries.add(new PersonProfile(PROJECT, "user-" + i));
    }
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    for (int i = 0; i < 60; i++) {
      String expected =
          recount.traits("user-" + i).entrySet().stream()
              .map(trait -> '"' + trait.getKey() + "\":" + trait.getValue())
              .collect(Collectors.joining(",", "{", "}"));
      var found = driver.ask(new PersonProfile(PROJECT, "user-" + i));
      assertEquals(expected, found.traits());
      assertEquals(0, found.traitsRefused());
    }
  }

  @Test
  void traits_equalMoments_settleInAnyOrder(RealRedis redis) {
    List<Event> said = new ArrayList<>();
    for (String value : new String[] {"1", "\"b\"", "\"a\"", "null", "[1, {\"x\":\"}\"}]", "1e3"}) {
      said.add(traits("{\"t\":" + value + "}", 5));
    }
    for (int round = 0; round < 5; round++) {
      redis.flush();
      Collections.shuffle(said, new Random(round));
      try (var driver = open(redis)) {
        driver.append(said);
        driver.foldAll();
        assertEquals("{\"t\":null}", driver.ask(new PersonProfile(PROJECT, "u")).traits());
      }
    }
  }

  @Test
  void traits_anyJson_keepsItsText(RealRedis redis) {
    String json =
        "{\"a\":1.50,\"b\" : \"x\\u0041\\\"}\" ,\"c\":[1, {\"d\": [ ]}],\"e\":{ },\"f\":false,"
            + "\"g\":-1e400,\"größe\\n{\":\"\\uD83D\\uDE00 😀\",\"a\":2}";
    try (var driver = open(redis)) {
      driver.append(List.of(traits(json, 1)));
      driver.foldAll();
      driver.restart();
      assertEquals(
          "{\"a\":2,\"b\":\"x\\u0041\\\"}\",\"c\":[1, {\"d\": [ ]}],\"e\":{ },\"f\":false,"
              + "\"g\":-1e400,\"größe\\n{\":\"\\uD83D\\uDE00 😀\"}",
          driver.ask(new PersonProfile(PROJECT, "u")).traits());
    }
  }

  @Test
  void traits_pastTheBound_areCounted(RealRedis redis) {
    try (var driver = open(redis)) {
      for (int i = 0; i < 250; i++) {
        driver.append(List.of(traits("{\"trait" + i + "\":" + i + "}", i)));
      }
      driver.append(List.of(traits("{\"trait7\":\"" + "x".repeat(31_000) + "\"}", 300)));
      driver.foldAll();
      var profile = driver.ask(new PersonProfile(PROJECT, "u"));
      assertEquals(51, profile.traitsRefused() + (profile.traits().length() > 31_000 ? 1 : 0));
      assertTrue(profile.traits().startsWith("{\"trait0\":0,"));
    }
  }

  @Test
  void erasure_forgetsTraits_laterOnesAreNew(RealRedis redis) {
    try (var driver = open(redis)) {
      driver.append(List.of(traits("{\"a\":1,\"b\":1}", 1)));
      driver.foldAll();
      driver.append(
          List.of(
              traits("{\"c\":1}", 2),
              new Event(PROJECT, Kind.ERASURE, "erasure", "u", null, 3, 1_000, Properties.NONE),
              traits("{\"a\":0}", 0)));
      driver.foldAll();
      driver.restart();
      assertEquals("{\"a\":0}", driver.ask(new PersonProfile(PROJECT, "u")).traits());
      driver.append(
          List.of(
              new Event(PROJECT, Kind.ERASURE, "erasure", "u", null, 3, 1_000, Properties.NONE)));
      driver.foldAll();
      assertFalse(driver.ask(new PersonProfile(PROJECT, "u")).isKnown());
    }
  }

  @Test
  void profile_ofSomebodyUnknown_isEmpty(RealRedis redis) {
    try (var driver = open(redis)) {
      assertEquals("{}", driver.ask(new PersonProfile(PROJECT, "nobody")).traits());
    }
  }

  private static RivuletDriver open(RealRedis redis) {
    return RivuletDriver.open(
        redis.address(), 2, ZoneOffset.UTC, List.of(new PeopleView(), new ProfilesView()));
  }

  private static Event traits(String json, long occurredAt) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    var properties = Properties.slice(bytes, 0, bytes.length);
    return new Event(PROJECT, Kind.TRAITS, "identify", "u", null, occurredAt, 1_000, properties);
  }
}
