package dev.rivulet.views.breakdowns;

import dev.rivulet.views.breakdowns.Breakdown.Counter;
import java.util.List;

/**
 * A heap of counters with the rarest on top, of equals the one that stands first: the order depends
 * on what is stored alone, so a replay takes over the same counters.
 */
final class RarestFirst {
  private final Counter[] heap;

  RarestFirst(List<Counter> counters) {
    heap = counters.toArray(new Counter[0]);
    for (int i = 0; i < heap.length; i++) {
      heap[i].place = i;
    }
    for (int i = heap.length / 2 - 1; i >= 0; i--) {
      sink(i);
    }
  }

  Counter first() {
    return heap[0];
  }

  /** Restores the order after {@code counter} has grown. */
  void grown(Counter counter) {
    sink(counter.place);
  }

  private void sink(int from) {
    Counter moving = heap[from];
    int place = from;
    while (true) {
      int child = 2 * place + 1;
      if (child >= heap.length) {
        break;
      }
      if (child + 1 < heap.length && isRarer(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isRarer(heap[child], moving)) {
        break;
      }
      put(heap[child], place);
      place = child;
    }
    put(moving, place);
  }

  private void put(Counter counter, int place) {
    heap[place] = counter;
    counter.place = place;
  }

  private static boolean isRarer(Counter a, Counter b) {
    return a.total != b.total ? a.total < b.total : a.index < b.index;
  }
}
