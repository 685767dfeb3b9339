package dev.rivulet.query;

import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.Keys;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.view.Asking.Located;
import dev.rivulet.view.Asking.Posting;
import dev.rivulet.view.Reads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single events from the logs of their partitions, in one round trip per primary. */
final class PostedEvents {
  private final PartitionReader reader;
  private final List<Reads> reads = new ArrayList<>();
  private final List<Erasing> erasing = new ArrayList<>();
  private final Map<Place, List<Event>> batches = new HashMap<>();

  PostedEvents(int partitions, PartitionReader reader) {
    this.reader = reader;
    for (int partition = 0; partition < partitions; partition++) {
      reads.add(new Reads());
      erasing.add(new Erasing(partition));
    }
  }

  /** The events at {@code postings} that anybody may still see; one use. */
  List<Located> read(List<Posting> postings) {
    for (Posting posting : postings) {
      want(posting);
    }
    List<List<@Nullable Object>> replies = reader.read(reads);
    for (int partition = 0; partition < reads.size(); partition++) {
      reads.get(partition).deliver(replies.get(partition));
    }
    List<Located> found = new ArrayList<>();
    for (Posting posting : postings) {
      List<Event> batch = batches.getOrDefault(Place.of(posting), List.of());
      if (posting.index() < batch.size()) {
        Event event = batch.get(posting.index());
        Erasing hiding = erasing.get(posting.partition());
        if (event.kind().said() && !hiding.hides(event, posting.entry(), posting.index())) {
          found.add(new Located(posting, event));
        }
      }
    }
    return found;
  }

  private void want(Posting posting) {
    Place place = Place.of(posting);
    if (batches.putIfAbsent(place, List.of()) != null) {
      return;
    }
    Reads own = reads.get(posting.partition());
    if (own.isEmpty()) { // first of all: what is hidden when it is read is hidden in what follows
      erasing.get(posting.partition()).load(own);
    }
    own.entry(
        Keys.log(posting.partition()),
        posting.entry(),
        bytes -> batches.put(place, bytes == null ? List.of() : RecordBatch.decode(bytes)));
  }

  private record Place(int partition, EntryId entry) {
    private static Place of(Posting posting) {
      return new Place(posting.partition(), posting.entry());
    }
  }
}
