package dev.rivulet.views.online;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/**
 * The recent minutes of one partition. Memory lets a minute go once arrivals are past the time in
 * which it can still change, so it holds about a quarter of an hour of every project.
 */
final class OnlineState implements State {
  private final Scope scope;
  private final Map<String, Map<Long, Minute>> projects = new HashMap<>();
  private long newestArrival = Long.MIN_VALUE;

  OnlineState(Scope scope) {
    this.scope = scope;
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() == Kind.EVENT && counts(event)) {
        long number = minuteOf(event);
        Map<Long, Minute> minutes =
            projects.computeIfAbsent(event.project(), project -> new HashMap<>());
        if (!minutes.containsKey(number)) {
          var minute = new Minute(OnlineView.key(scope, event.project(), number));
          minutes.put(number, minute);
          reads.get(minute.key, minute::load);
        }
      }
    }
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    newestArrival = Math.max(newestArrival, event.receivedAt());
    if (!counts(event)) {
      return;
    }
    int person = occurrence.person();
    if (person >= OnlineView.MOST_PERSONS) {
      throw new IllegalStateException(
          "person number "
              + person
              + " is past the "
              + OnlineView.MOST_PERSONS
              + " people that a partition tells apart: more partitions are needed");
    }
    long number = minuteOf(event);
    Map<Long, Minute> minutes = projects.get(event.project());
    Minute minute = minutes == null ? null : minutes.get(number);
    if (minute == null) {
      throw new IllegalStateException("minute " + number + " is not loaded");
    }
    long within = event.occurredAt() - number * OnlineView.MINUTE_MILLIS;
    minute.add(person << OnlineView.SLOT_BITS | (int) (within / OnlineView.SLOT_MILLIS));
  }

  @Override
  public void write(Writes writes) {
    long oldest = newestArrival - OnlineView.LATEST_MILLIS - OnlineView.MINUTE_MILLIS;
    for (Map<Long, Minute> minutes : projects.values()) {
      minutes.forEach((number, minute) -> minute.write(number, writes));
      minutes.keySet().removeIf(number -> number * OnlineView.MINUTE_MILLIS < oldest);
    }
    projects.values().removeIf(Map::isEmpty);
  }

  private static boolean counts(Event event) {
    return event.occurredAt() >= event.receivedAt() - OnlineView.LATEST_MILLIS;
  }

  private static long minuteOf(Event event) {
    return Math.floorDiv(event.occurredAt(), OnlineView.MINUTE_MILLIS);
  }

  /** The people of one minute. */
  private static final class Minute {
    private final byte[] key;
    private final IntHashSet words = new IntHashSet();
    private final IntArrayList added = new IntArrayList();

    private Minute(byte[] key) {
      this.key = key;
    }

    private void load(byte @Nullable [] stored) {
      if (stored != null) {
        var buffer = ByteBuffer.wrap(stored);
        while (buffer.remaining() >= Integer.BYTES) {
          words.add(buffer.getInt());
        }
      }
    }

    private void add(int word) {
      if (words.add(word)) {
        added.addInt(word);
      }
    }

    /** The expiry goes with every write: the key may have expired since the last one. */
    private void write(long number, Writes writes) {
      if (added.isEmpty()) {
        return;
      }
      var buffer = ByteBuffer.allocate(added.size() * Integer.BYTES);
      for (int i = 0; i < added.size(); i++) {
        buffer.putInt(added.getInt(i));
      }
      writes.append(key, buffer.array());
      writes.expireAt(key, (number + 1) * OnlineView.MINUTE_MILLIS + OnlineView.KEPT_MILLIS);
      added.clear();
    }
  }
}
