package dev.rivulet.server.ingest;

import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.Rejection;
import dev.rivulet.event.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a readable body held. Every item of it is either a draft or a rejection: {@code
 * drafts.size() + rejected.size()} is their number.
 *
 * @param <D> what an item is before admission
 * @param drafts in the body's order; the properties of events are slices of the body
 * @param indexes the place in the body of each draft, counted from 0
 * @param rejected the items that could not be read, with their places in the body
 * @param single whether the body was one item, not a list of them
 */
public record ParsedBody<D>(
    List<D> drafts, int[] indexes, List<Rejection> rejected, boolean single) {

  /** A rejection of the draft {@code rejection.index()}, with the draft's place in the body. */
  public Rejection inBody(Rejection rejection) {
    int index = indexes[rejection.index()];
    return index == rejection.index()
        ? rejection
        : new Rejection(index, rejection.reason(), rejection.detail());
  }

  /** Collects the items of one body; bounded by {@link Limits#REQUEST_EVENTS}. */
  static final class Collector<D> {
    private final List<D> drafts;
    private final List<Rejection> rejected = new ArrayList<>(0);
    private int[] indexes;
    private int items;

    Collector(int expected) {
      drafts = new ArrayList<>(expected);
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

    void accept(D draft) {
      if (drafts.size() == indexes.length) {
        indexes = Arrays.copyOf(indexes, Math.max(8, indexes.length * 2));
      }
      indexes[drafts.size()] = items++;
      drafts.add(draft);
    }

    void reject(Refusal reason, String detail) {
      rejected.add(new Rejection(items++, reason, detail));
    }

    /** Takes over what {@code other} collected, after the items so far. */
    void append(Collector<D> other) {
      other.drafts.forEach(this::accept);
      other.rejected.forEach(rejection -> reject(rejection.reason(), rejection.detail()));
    }

    ParsedBody<D> body(boolean single) {
      int[] exact =
          indexes.length == drafts.size() ? indexes : Arrays.copyOf(indexes, drafts.size());
      return new ParsedBody<>(drafts, exact, rejected, single);
    }
  }
}
