package dev.rivulet.views.online;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.nio.ByteBuffer;
import java.util.Collection;
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
      if (event.kind() == Kind.ERASURE) {
        for (long number = oldest(event); number <= newest(event); number++) {
          load(event.project(), number, reads);
        }
      } else if (event.kind() == Kind.EVENT && counts(event)) {
        load(event.project(), minuteOf(event), reads);
      }
    }
  }

  private void load(String project, long number, Reads reads) {
    Map<Long, Minute> minutes = projects.computeIfAbsent(project, p -> new HashMap<>());
    if (!minutes.containsKey(number)) {
      var minute = new Minute(OnlineView.key(scope, project, number));
      minutes.put(number, minute);
      reads.get(minute.key, minute::load);
    }
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    newestArrival = Math.max(newestArrival, event.receivedAt());
    if (event.kind() == Kind.ERASURE) {
      forget(event, occurrence.person());
      return;
    }
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

  private void forget(Event erasure, int person) {
    Map<Long, Minute> minutes = projects.getOrDefault(erasure.project(), Map.of());
    for (long number = oldest(erasure); number <= newest(erasure); number++) {
      Minute minute = minutes.get(number);
      if (minute == null) {
        throw new IllegalStateException("minute " + number + " is not loaded");
      }
      minute.forget(person);
    }
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

  /** The first minute that may still be stored when the event arrives. */
  private static long oldest(Event event) {
    long millis = event.receivedAt() - OnlineView.KEPT_MILLIS - OnlineView.MINUTE_MILLIS;
    return Math.floorDiv(millis, OnlineView.MINUTE_MILLIS);
  }

  /** The last minute in which anything may have happened by then: clocks run ahead. */
  private static long newest(Event event) {
    return Math.floorDiv(event.receivedAt() + OnlineView.AHEAD_MILLIS, OnlineView.MINUTE_MILLIS);
  }

  /** The people of one minute. */
  private static final class Minute {
    private final byte[] key;
    private final IntHashSet words = new IntHashSet();
    private final IntArrayList added = new IntArrayList();
    private boolean shrunk;

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

    private void forget(int person) {
      for (int slot = 0; slot <= OnlineView.SLOT_MASK; slot++) {
        shrunk |= words.remove(person << OnlineView.SLOT_BITS | slot);
      }
    }

    /** The expiry goes with every write: the key may have expired since the last one. */
    private void write(long number, Writes writes) {
      if (added.isEmpty() && !shrunk) {
        return;
      }
      if (shrunk) {
        writes.set(key, bytes(words));
      } else {
        writes.append(key, bytes(added));
      }
      writes.expireAt(key, (number + 1) * OnlineView.MINUTE_MILLIS + OnlineView.KEPT_MILLIS);
      added.clear();
      shrunk = false;
    }

    private static byte[] bytes(Collection<Integer> words) {
      var buffer = ByteBuffer.allocate(words.size() * Integer.BYTES);
      words.forEach(buffer::putInt);
      return buffer.array();
    }
  }
}
