package dev.rivulet.views.people;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.EntryId;
import dev.rivulet.views.people.Timeline.Action;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProfileTest {
  @Test
  void addAll_addedActions_makesWhatTheyMade() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      byte[] stored = encode(new Profile());
      for (int batch = 1; batch < 40; batch++) {
        Profile changed = Profile.decode(new ByteReader(stored, 0));
        for (int i = random.nextInt(5); i >= 0; i--) {
          int name = random.nextInt(Profile.MOST_NAMES + 10) - 1;
          var entry = new EntryId(batch * 1_000L, i);
          changed.add(name, new Action(random.nextInt(batch) * 1_000L, entry, random.nextInt(500)));
        }
        var added = new ByteWriter(64);
        assertTrue(changed.encodeAdded(added));
        Profile same = Profile.decode(new ByteReader(stored, 0));
        same.addAll(new ByteReader(added.toBytes(), 0));
        assertArrayEquals(encode(changed), encode(same), "seed " + seed);
        if (random.nextInt(8) == 0) {
          changed.settle(new Timeline());
          assertFalse(changed.encodeAdded(new ByteWriter(64)), "actions have gone");
        }
        stored = encode(changed);
      }
    }
  }

  private static byte[] encode(Profile profile) {
    var out = new ByteWriter(64);
    profile.encodeTo(out);
    return out.toBytes();
  }
}
