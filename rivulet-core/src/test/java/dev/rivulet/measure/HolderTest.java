package dev.rivulet.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HolderTest {
  private static final long DAY = 86_400_000;

  private static Holder holder(String node, long from, long to) {
    var key = new SeriesKey("cpu", new TreeMap<>(Map.of("zone", "größe")));
    return new Holder(key, node, new Tenure(from, to));
  }

  @Test
  void followed_endsTheLastAndForgetsTheFirst() {
    List<Holder> holders = List.of(holder("pod-0", Long.MIN_VALUE, Long.MAX_VALUE));
    for (int i = 1; i <= 20; i++) {
      long from = i * 10 * DAY;
      holders = Holder.followed(holders, from - 2 * DAY, holder("pod-" + i, from, Long.MAX_VALUE));
    }
    assertEquals(Holder.MOST_EARLIER + 1, holders.size());
    assertEquals(holder("pod-4", 40 * DAY, 48 * DAY), holders.get(0));
    assertEquals(holder("pod-20", 200 * DAY, Long.MAX_VALUE), holders.get(16));
    assertEquals(holders, Holder.decode("cpu", Holder.encode("cpu", holders)));
  }

  @Test
  void stored_ofFormatOne_staysReadable() {
    String stored = "01ffffffffffffffffff0180c0f9ef0c0d027a6f6e65036772c3b6c39f6505706f642d31";
    byte[] bytes = Holder.encode("cpu", List.of(holder("pod-1", Long.MIN_VALUE, 20 * DAY)));
    assertEquals(stored, HexFormat.of().formatHex(bytes));
  }

  @Test
  void stored_ofAnotherFormat_isRefused() {
    byte[] bytes = Holder.encode("cpu", List.of(holder("pod-1", 0, DAY)));
    bytes[0] = 2;
    assertThrows(IllegalArgumentException.class, () -> Holder.decode("cpu", bytes));
  }
}
