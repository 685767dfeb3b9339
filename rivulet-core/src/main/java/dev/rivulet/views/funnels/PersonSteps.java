package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one person did of a funnel: the times of the events that matter, with the steps and
 * exclusions they are, from which {@link Attempts} are made. Not thread-safe.
 *
 * <p>Sorted by time. Of equal times, those of a {@code strict} funnel keep the order in which they
 * came, which is the log's; the others are sorted by their bits, so that the order of arrival
 * leaves no trace. Of equal occurrences only as many are kept as an attempt can use.
 */
public final class PersonSteps {
  /** Occurrences kept of one person: the oldest; {@link #truncated} tells that there are more. */
  public static final int MOST = 2_000;

  private static final long[] NO_TIMES = {};
  private static final int[] NO_BITS = {};

  private final boolean keepsAll;
  private final int mostUses;
  private final int mostEntries;
  private final @Nullable Sittings sittings;
  private long[] times = NO_TIMES;
  private int[] steps = NO_BITS;
  private int[] exclusions = NO_BITS;
  private int size;
  private boolean truncated;

  /** Nobody's steps yet. */
  public PersonSteps(Funnel funnel) {
    keepsAll = funnel.order() == Order.STRICT;
    mostUses = funnel.steps().size() + 1; // one for each step, and one that finds no slot
    mostEntries = funnel.count() == Count.ENTRIES ? MOST : mostUses;
    sittings = funnel.count() == Count.SESSIONS ? new Sittings() : null;
  }

  /**
   * Reads what {@link #encodeTo} wrote for the same funnel.
   *
   * @throws IllegalArgumentException or {@link IndexOutOfBoundsException} for other bytes
   */
  public static PersonSteps decode(Funnel funnel, ByteReader in) {
    var person = new PersonSteps(funnel);
    PersonStepsCodec.read(person, in);
    return person;
  }

  /** About 20 bytes for three steps: see {@link PersonStepsCodec}. */
  public void encodeTo(ByteWriter out) {
    PersonStepsCodec.write(this, out);
  }

  /**
   * Takes in an event, in whatever order they arrive. Where the funnel {@linkplain
   * Funnel#needsEveryEvent needs every event} it must be called for each, with no bits for those
   * that match nothing.
   *
   * @param time when it happened, in epoch milliseconds
   * @param stepBits the bits of {@link StepMatcher#steps}
   * @param exclusionBits the bits of {@link StepMatcher#exclusions}
   * @return whether anything changed
   */
  public boolean add(long time, int stepBits, int exclusionBits) {
    boolean changed = sittings != null && sittings.add(time);
    if (sittings != null && sittings.truncated() && !truncated) {
      truncated = true;
      changed = true;
    }
    if (!keepsAll && stepBits == 0 && exclusionBits == 0) {
      return changed;
    }
    int place = size;
    int equal = 0;
    while (place > 0 && goesBefore(time, stepBits, exclusionBits, place - 1)) {
      place--;
    }
    if (!keepsAll) {
      for (int i = place - 1; i >= 0 && isEqual(time, stepBits, exclusionBits, i); i--) {
        equal++;
      }
      if (equal >= mostEqual(stepBits)) {
        return changed;
      }
    }
    return insert(place, time, stepBits, exclusionBits) || changed;
  }

  /** Occurrences kept. */
  public int size() {
    return size;
  }

  /** When the occurrence {@code index} happened, in epoch milliseconds. */
  public long time(int index) {
    return times[index];
  }

  /** The steps it can serve: bit k − 1 is step k. */
  public int steps(int index) {
    return steps[index];
  }

  /** The exclusions it is. Then it serves no step. */
  public int exclusions(int index) {
    return exclusions[index];
  }

  /** Whether there was more than is kept. */
  public boolean truncated() {
    return truncated;
  }

  /** The person's sessions, where the funnel counts them. */
  @Nullable Sittings sittings() {
    return sittings;
  }

  /** Appends what was kept before; it must not go before what is there. */
  void restore(long time, int stepBits, int exclusionBits) {
    makeRoom();
    times[size] = time;
    steps[size] = stepBits;
    exclusions[size++] = exclusionBits;
  }

  void restoreTruncated(boolean value) {
    truncated = value;
  }

  private boolean insert(int place, long time, int stepBits, int exclusionBits) {
    if (size == MOST) {
      boolean first = !truncated;
      truncated = true;
      if (place == MOST) {
        return first;
      }
      size--;
    }
    makeRoom();
    System.arraycopy(times, place, times, place + 1, size - place);
    System.arraycopy(steps, place, steps, place + 1, size - place);
    System.arraycopy(exclusions, place, exclusions, place + 1, size - place);
    times[place] = time;
    steps[place] = stepBits;
    exclusions[place] = exclusionBits;
    size++;
    return true;
  }

  private void makeRoom() {
    if (size == times.length) {
      int capacity = Math.min(MOST, size < 4 ? 4 : size * 2);
      times = Arrays.copyOf(times, capacity);
      steps = Arrays.copyOf(steps, capacity);
      exclusions = Arrays.copyOf(exclusions, capacity);
    }
  }

  private int mostEqual(int stepBits) {
    if (stepBits == 0) {
      return 1;
    }
    return (stepBits & 1) != 0 ? mostEntries : mostUses;
  }

  private boolean isEqual(long time, int stepBits, int exclusionBits, int index) {
    return times[index] == time && steps[index] == stepBits && exclusions[index] == exclusionBits;
  }

  private boolean goesBefore(long time, int stepBits, int exclusionBits, int index) {
    if (time != times[index] || keepsAll) {
      return time < times[index];
    }
    return stepBits != steps[index] ? stepBits < steps[index] : exclusionBits < exclusions[index];
  }
}
