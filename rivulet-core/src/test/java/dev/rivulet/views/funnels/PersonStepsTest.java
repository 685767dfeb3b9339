package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PersonStepsTest {
  private static final Funnel FUNNEL =
      Case.funnel(Order.ORDERED, Count.PEOPLE, "A B|C C", 604_800, "X 1-2");
  private static final long NOW = 1_795_000_000_000L;

  @Test
  void add_sortsByTimeWhateverTheOrder() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    String events = "A0 C5 B5 A5 X5 A9 B9 X9 A9 Z9 B2";
    byte[] expected = bytes(Case.person(FUNNEL, List.of(events.split(" "))));
    for (int i = 0; i < 200; i++) {
      var arrived = Case.shuffled(events, random);
      assertEquals(hex(expected), hex(bytes(Case.person(FUNNEL, arrived))), arrived + " " + seed);
    }
  }

  @Test
  void add_tellsWhetherAnythingChanged() {
    var person = new PersonSteps(FUNNEL);
    assertFalse(person.add(NOW, 0, 0));
    for (int i = 0; i < 4; i++) {
      assertTrue(person.add(NOW, 1, 0));
    }
    assertFalse(person.add(NOW, 1, 0), "a fifth that no attempt of three steps can tell");
    assertTrue(person.add(NOW, 0, 1));
    assertFalse(person.add(NOW, 0, 1));
    assertTrue(person.add(NOW, 2, 0));
    assertEquals(6, person.size());
  }

  @Test
  void add_ofEntries_keepsEach() {
    var person = new PersonSteps(Case.funnel(Order.ORDERED, Count.ENTRIES, "A B", 10, ""));
    for (int i = 0; i < 50; i++) {
      assertTrue(person.add(NOW, 1, 0));
    }
    assertEquals(50, person.size());
  }

  @Test
  void add_ofStrict_keepsTheOrderOfTheLogWithinATime() {
    var funnel = Case.funnel(Order.STRICT, "A B");
    var person = Case.person(funnel, List.of("B5", "Z5", "A5", "Z1"));
    var steps = new ArrayList<Integer>();
    for (int i = 0; i < person.size(); i++) {
      steps.add(person.steps(i));
    }
    assertEquals(List.of(0, 2, 0, 1), steps);
  }

  @Test
  void add_pastTheBound_keepsTheOldest() {
    long seed = System.nanoTime();
    var times = new ArrayList<Long>();
    for (int i = 0; i < 2 * PersonSteps.MOST; i++) {
      times.add(NOW + i);
    }
    Collections.shuffle(times, new Random(seed));
    var person = new PersonSteps(FUNNEL);
    for (long time : times) {
      person.add(time, 1, 0);
    }
    assertEquals(PersonSteps.MOST, person.size());
    assertEquals(NOW, person.time(0));
    assertEquals(NOW + PersonSteps.MOST - 1, person.time(PersonSteps.MOST - 1), "seed " + seed);
    assertTrue(person.truncated());
    assertTrue(decoded(FUNNEL, bytes(person)).truncated());
    assertFalse(person.add(NOW + PersonSteps.MOST, 1, 0));
  }

  @Test
  void encodeTo_ofThreeSteps_takesTwentyBytes() {
    var person = new PersonSteps(FUNNEL);
    person.add(NOW, 1, 0);
    person.add(NOW + 3 * 86_400_000L, 2, 0);
    person.add(NOW + 9 * 86_400_000L, 4, 0);
    assertTrue(bytes(person).length <= 20, bytes(person).length + " bytes");
  }

  @Test
  void encodeTo_writesWhatItAlwaysWrote() {
    var person = new PersonSteps(FUNNEL);
    person.add(NOW, 1, 0);
    person.add(NOW + 1_000, 6, 0);
    person.add(NOW + 1_000, 0, 1);
    person.add(NOW + 90_000, 4, 0);
    assertEquals("0880f8b2e5bd6801d00f1f003e06d0ee0a03", hex(bytes(person)));

    var sessions = new PersonSteps(Case.funnel(Order.STRICT, Count.SESSIONS, "A B", 10, ""));
    sessions.add(NOW, 1, 0);
    sessions.add(NOW + 60_000, 0, 0);
    sessions.add(NOW + 7_200_000, 2, 0);
    assertEquals(
        "0680f8b2e5bd6801c0a90700c0cae706020280f8b2e5bd68c0a907c0cae70600", hex(bytes(sessions)));
  }

  @Test
  void decode_givesBackWhatWasEncoded() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (Order order : Order.values()) {
      for (Count count : List.of(Count.PEOPLE, Count.SESSIONS)) {
        var funnel = Case.funnel(order, count, "A B A|C C D E F", 10, "X", "Y 1-2");
        for (int i = 0; i < 300; i++) {
          var person = new PersonSteps(funnel);
          for (int left = random.nextInt(40); left > 0; left--) {
            long time = NOW + random.nextInt(50) * 600_000L;
            boolean step = random.nextInt(3) > 0;
            int bits = random.nextInt(1 << 7);
            person.add(time, step ? bits : 0, step ? 0 : bits & 3);
          }
          byte[] bytes = bytes(person);
          PersonSteps back = decoded(funnel, bytes);
          assertEquals(hex(bytes), hex(bytes(back)), "seed " + seed);
          assertEquals(
              Case.texts(Attempts.of(funnel, person)),
              Case.texts(Attempts.of(funnel, back)),
              "seed " + seed);
        }
      }
    }
  }

  @Test
  void decode_ofOtherBytes_fails() {
    var reader = new ByteReader(HexFormat.of().parseHex("0280efa4a2bd687f"), 0);
    assertThrows(IllegalArgumentException.class, () -> PersonSteps.decode(FUNNEL, reader));
    var shorter = new ByteReader(HexFormat.of().parseHex("0280ef"), 0);
    assertThrows(IndexOutOfBoundsException.class, () -> PersonSteps.decode(FUNNEL, shorter));
    var longer = new ByteReader(HexFormat.of().parseHex("ffffff7f"), 0);
    assertThrows(IllegalArgumentException.class, () -> PersonSteps.decode(FUNNEL, longer));
  }

  @Test
  void sittings_areTheSameInAnyOrder() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var funnel = Case.funnel(Order.ORDERED, Count.SESSIONS, "A B", 86_400, "");
    String events = "Z0 A1799 B3598 Z5398 A9000 Z9000 B10799 A12599";
    byte[] expected = bytes(Case.person(funnel, List.of(events.split(" "))));
    for (int i = 0; i < 200; i++) {
      var arrived = Case.shuffled(events, random);
      assertEquals(hex(expected), hex(bytes(Case.person(funnel, arrived))), arrived + " " + seed);
    }
    Sittings sittings = Case.person(funnel, List.of(events.split(" "))).sittings();
    assertEquals(4, sittings.size());
    assertEquals(3_598_000, sittings.last(0));
    assertEquals(10_799_000, sittings.last(2));
  }

  private static PersonSteps decoded(Funnel funnel, byte[] bytes) {
    var in = new ByteReader(bytes, 0);
    PersonSteps person = PersonSteps.decode(funnel, in);
    assertTrue(in.isAtEnd());
    return person;
  }

  private static byte[] bytes(PersonSteps person) {
    var out = new ByteWriter(64);
    person.encodeTo(out);
    return out.toBytes();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
