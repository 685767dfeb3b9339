package dev.rivulet.views.people;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.views.people.LastSeen.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LastSeenTest {
  @Test
  void encode_anyOrderOfChanges_keepsTheNewestOfAPlainList() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int run = 0; run < 200; run++) {
      var share = new LastSeen();
      var plain = new Plain();
      int people = 1 + random.nextInt(150);
      for (int batch = 0; batch < 20; batch++) {
        int changes = random.nextInt(40);
        for (int i = 0; i < changes; i++) {
          String user = "ü-" + random.nextInt(people); // few times, so that many are of one moment
          long last = random.nextInt(60) - 10L + batch;
          switch (random.nextInt(6)) {
            case 0 -> {
              share.remove(user);
              plain.people.remove(user);
            }
            case 1 ->
                assertEquals(
                    plain.introduce(user, last), share.introduce(user, last), () -> "seed " + seed);
            default -> {
              var person = new Person(user, last, last - random.nextInt(9), 1 + i);
              share.put(person);
              plain.people.put(user, person);
            }
          }
        }
        byte[] stored = share.encode();
        plain.leave();
        LastSeen restored = LastSeen.decode(stored);
        assertEquals(plain.newestFirst(), sorted(share), () -> "seed " + seed);
        assertEquals(plain.newestFirst(), restored.people(), () -> "seed " + seed);
        assertEquals(plain.floor, restored.floor(), () -> "seed " + seed);
        if (random.nextInt(4) == 0) {
          share = restored;
        }
      }
    }
  }

  private static List<Person> sorted(LastSeen share) {
    List<Person> people = new ArrayList<>(share.people());
    people.sort(null);
    return people;
  }

  /** The same, sorted anew each time. */
  private static final class Plain {
    private final Map<String, Person> people = new HashMap<>();
    private long floor = LastSeen.NEVER;

    private boolean introduce(String user, long at) {
      Person known = people.get(user);
      boolean news = known == null || (known.total() == 0 && known.last() < at);
      if (news) {
        people.put(user, new Person(user, at, at, 0));
      }
      return news;
    }

    private void leave() {
      List<Person> all = newestFirst();
      for (Person leaving : all.subList(Math.min(all.size(), LastSeen.MOST), all.size())) {
        people.remove(leaving.user());
        floor = Math.max(floor, leaving.last());
      }
    }

    private List<Person> newestFirst() {
      List<Person> all = new ArrayList<>(people.values());
      all.sort(null);
      return all;
    }
  }
}
