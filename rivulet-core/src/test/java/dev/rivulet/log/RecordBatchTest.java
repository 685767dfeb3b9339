package dev.rivulet.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RecordBatchTest {
  /** An entry as format 1 was first written; it must be readable for ever. */
  private static final String GOLDEN =
      "AQJv8GADB2RlZmF1bHQGc2lnbnVwCGlkZW50aWZ5gMCe28BoAAIAAAAFAtIPAnUxBcO8c2VyARI+RWfo"
          + "mxLTpFZCZhQXQAAFMTIzDhl7InBsYW4iOiJwcm8ifXsiZW1haWwiOiJ1QGV4YW1wbGUuY29tIn0=";

  /** An entry as format 2 was first written. */
  private static final String GOLDEN_TWO_BITS =
      "AgNE8AoEB2RlZmF1bHQGc2lnbnVwB2VyYXN1cmUGCADwGGVkgMCe28BoAAQAAAAKAAAADwAAAnUxAnUxAAAAAAICAnt9e317fQ==";

  @Test
  void decode_givesBackWhatWasEncoded() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Event> events = new ArrayList<>();
      int count = 1 + random.nextInt(60);
      for (int i = 0; i < count; i++) {
        events.add(event(random));
      }
      assertEquals(events, RecordBatch.decode(RecordBatch.encode(events)), "seed " + seed);
    }
  }

  @Test
  void decode_ofDamagedBytes_isACorruptEntryAndNothingElse() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] entry = RecordBatch.encode(List.of(event(random), event(random), event(random)));
    for (int round = 0; round < 5_000; round++) {
      byte[] damaged = entry.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        RecordBatch.decode(damaged);
      } catch (RecordBatch.CorruptEntry expected) {
        continue;
      }
    }
    assertThrows(RecordBatch.CorruptEntry.class, () -> RecordBatch.decode(new byte[0]));
    assertThrows(RecordBatch.CorruptEntry.class, () -> RecordBatch.decode(new byte[] {9, 1, 1}));
  }

  @Test
  void decode_ofAnEntryOfTheFirstRelease_stillWorks() {
    assertEquals(sample(), RecordBatch.decode(Base64.getDecoder().decode(GOLDEN)));
  }

  @Test
  void decode_ofTheFormatWithTwoBitsForAKind_stillWorks() {
    assertEquals(erasure(), RecordBatch.decode(Base64.getDecoder().decode(GOLDEN_TWO_BITS)));
  }

  private static List<Event> erasure() {
    long at = 1_795_392_000_000L;
    return List.of(
        new Event("default", Kind.EVENT, "signup", "u1", null, at, at, Properties.NONE),
        new Event("default", Kind.ERASURE, "erasure", "u1", null, at, at, Properties.NONE),
        new Event("default", Kind.ERASED, "erased", "", null, at, at, Properties.NONE));
  }

  private static List<Event> sample() {
    long at = 1_795_392_000_000L;
    return List.of(
        new Event(
            "default",
            Kind.EVENT,
            "signup",
            "u1",
            "123e4567-e89b-12d3-a456-426614174000",
            at,
            at,
            Properties.of(Map.of("plan", "pro"))),
        new Event(
            "default",
            Kind.TRAITS,
            "identify",
            "üser",
            "123",
            at - 1_000,
            at + 1,
            Properties.of(Map.of("email", "u@example.com"))));
  }

  private static Event event(Random random) {
    long received = 1_795_392_000_000L + random.nextInt(1_000);
    String id =
        switch (random.nextInt(3)) {
          case 0 -> null;
          case 1 -> new UUID(random.nextLong(), random.nextLong()).toString();
          default -> "id-\u00fc-" + random.nextInt();
        };
    Kind[] kinds = Kind.values();
    Kind kind = random.nextInt(10) == 0 ? kinds[random.nextInt(kinds.length)] : Kind.EVENT;
    return new Event(
        "project" + random.nextInt(3),
        kind,
        kind == Kind.EVENT ? "event " + random.nextInt(5) : "other",
        "u" + random.nextInt(100) + "\ud83d\ude00",
        id,
        received - random.nextInt(1_000_000_000) + 100_000,
        received,
        random.nextBoolean()
            ? Properties.NONE
            : Properties.of(Map.of("n", random.nextInt(), "text", "{}*\r\n" + random.nextInt())));
  }
}
