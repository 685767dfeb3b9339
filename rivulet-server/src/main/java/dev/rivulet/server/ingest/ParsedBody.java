package dev.rivulet.server.ingest;

import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.Rejection;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a readable body held. Every item of it is either a draft or a rejection: {@code
 * events.size() + rejected.size()} is their number.
 *
 * @param events the drafts, in the body's order; their properties are slices of the body
 * @param indexes the place in the body of each draft, counted from 0
 * @param rejected the items that could not be read, with their places in the body
 * @param single whether the body was one event, not a list of events
 */
public record ParsedBody(
    List<EventDraft> events, int[] indexes, List<Rejection> rejected, boolean single) {

  /** A rejection of the draft {@code rejection.index()}, with the draft's place in the body. */
  public Rejection inBody(Rejection rejection) {
    int index = indexes[rejection.index()];
    return index == rejection.index()
        ? rejection
        : new Rejection(index, rejection.reason(), rejection.detail());
  }

  /** Collects the items of one body; bounded by {@link Limits#REQUEST_EVENTS}. */
  static final class Collector {
    private final List<EventDraft> events;
    private final List<Rejection> rejected = new ArrayList<>(0);
    private int[] indexes;
    private int items;

    Collector(int expected) {
      events = new ArrayList<>(expected);
      indexes = new int[expected];
    }

    /** Number of items so far: the index of the next one. */
    int items() {
      return items;
    }

    /** Whether another item may come. */
    boolean isFull() {
      return items == Limits.REQUEST_EVENTS;
    }

    void accept(EventDraft draft) {
      if (events.size() == indexes.length) {
        indexes = Arrays.copyOf(indexes, Math.max(8, indexes.length * 2));
      }
      indexes[events.size()] = items++;
      events.add(draft);
    }

    void reject(Refusal reason, String detail) {
      rejected.add(new Rejection(items++, reason, detail));
    }

    /** Takes over what {@code other} collected, after the items so far. */
    void append(Collector other) {
      other.events.forEach(this::accept);
      other.rejected.forEach(rejection -> reject(rejection.reason(), rejection.detail()));
    }

    ParsedBody body(boolean single) {
      int[] exact =
          indexes.length == events.size() ? indexes : Arrays.copyOf(indexes, events.size());
      return new ParsedBody(events, exact, rejected, single);
    }
  }
}
