package dev.rivulet.views.online;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many people did something in the last five minutes. Times are kept in slots of ten seconds:
 * the five minutes are widened outwards to whole slots.
 */
public record OnlineNow(String project) implements Query<OnlineNow.Answer> {
  private static final long WINDOW_MILLIS = 5 * OnlineView.MINUTE_MILLIS;

  @Override
  public Answer answer(Asking asking) {
    long now = asking.now();
    long first = Math.floorDiv(now - WINDOW_MILLIS + 1, OnlineView.SLOT_MILLIS);
    long last = Math.floorDiv(now, OnlineView.SLOT_MILLIS);
    Map<Integer, BitSet> people = new TreeMap<>();
    asking.scatter(
        OnlineView.ROOM,
        (scope, reads) -> {
          var own = people.computeIfAbsent(scope.partition(), partition -> new BitSet());
          long slots = OnlineView.MINUTE_MILLIS / OnlineView.SLOT_MILLIS;
          for (long minute = Math.floorDiv(first, slots); minute * slots <= last; minute++) {
            long zeroth = minute * slots;
            reads.get(
                OnlineView.key(scope, project, minute),
                words -> collect(words, first - zeroth, last - zeroth, own));
          }
        });
    return new Answer(people.values().stream().mapToLong(BitSet::cardinality).sum(), true);
  }

  private static void collect(byte @Nullable [] words, long first, long last, BitSet people) {
    if (words == null) {
      return;
    }
    var buffer = ByteBuffer.wrap(words);
    while (buffer.remaining() >= Integer.BYTES) {
      int word = buffer.getInt();
      int slot = word & OnlineView.SLOT_MASK;
      if (first <= slot && slot <= last) {
        people.set(word >>> OnlineView.SLOT_BITS);
      }
    }
  }

  /**
   * @param online people with an event in the last five minutes
   * @param exact true: nobody is counted twice
   */
  public record Answer(long online, boolean exact) {}
}
