package dev.rivulet.views.sessions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Dictionary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryCodecTest {
  private static final long HOUR = 3_600_000;

  private final Dictionary pages = new Dictionary(new byte[0], 100);
  private final HistoryCodec codec = new HistoryCodec(project -> pages);

  @Test
  void decode_beforeAnyEvent_changesNothing() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      var kept = new History();
      var stored = new History();
      var ofKept = new Told();
      var ofStored = new Told();
      long now = random.nextInt(1_000) * HOUR;
      int events = random.nextInt(300);
      for (int i = 0; i < events; i++) {
        now += random.nextInt(3) * HOUR / 4;
        long late = random.nextInt(6) == 0 ? random.nextInt(100) * HOUR / 2 : 0;
        Session event = alone(now - late, random.nextInt(6));
        stored = codec.decode("shop", new ByteReader(encode(stored), 0));
        assertEquals(kept.touched(event.first()), stored.touched(event.first()), "seed " + seed);
        kept.add(event, ofKept);
        stored.add(event, ofStored);
        assertArrayEquals(encode(kept), encode(stored), "seed " + seed);
        assertEquals(ofKept.told, ofStored.told, "seed " + seed);
      }
      assertEquals(kept.sessions(), stored.sessions(), "seed " + seed);
    }
  }

  @Test
  void apply_changesOfSomeEvents_makesWhatTheyMade() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      byte[] stored = encode(new History());
      long now = random.nextInt(1_000) * HOUR;
      for (int batch = 0; batch < 40; batch++) {
        History changed = codec.decode("shop", new ByteReader(stored, 0));
        for (int i = random.nextInt(5); i >= 0; i--) {
          now += random.nextInt(3) * HOUR / 4;
          long late = random.nextInt(6) == 0 ? random.nextInt(100) * HOUR / 2 : 0;
          changed.add(alone(now - late, random.nextInt(6)), new Told());
        }
        var changes = new ByteWriter(64);
        assertTrue(codec.encodeChanges("shop", changed, changes));
        History same = codec.decode("shop", new ByteReader(stored, 0));
        codec.apply("shop", same, new ByteReader(changes.toBytes(), 0));
        assertArrayEquals(encode(changed), encode(same), "seed " + seed);
        stored = encode(changed);
      }
    }
  }

  private Session alone(long time, int page) {
    if (page == 0) {
      return new Session(time, time, 1, 0, null, null);
    }
    String path = "/page-" + page;
    // One page has no number, as those past the bound.
    int number = page == 1 ? Dictionary.UNKNOWN : pages.add(path);
    var landing = new Landing(time, path, number);
    return new Session(time, time, 1, 1, landing, landing);
  }

  private byte[] encode(History history) {
    var out = new ByteWriter(64);
    codec.encode("shop", history, out);
    return out.toBytes();
  }

  /** What a ledger is told. */
  private static final class Told implements History.Ledger {
    private final List<String> told = new ArrayList<>();

    @Override
    public void gone(Session session) {
      told.add("gone " + session);
    }

    @Override
    public void come(Session session) {
      told.add("come " + session);
    }
  }
}
