package dev.rivulet.view;

import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a query is given to answer: the partitions' state, the clock and the project. */
public interface Asking {
  /** Now, in epoch milliseconds. */
  long now();

  /** The project's time zone. */
  ZoneId zone();

  /** Age of the oldest record that no view has folded yet, in milliseconds; 0 when all are. */
  long lagMillis();

  /**
   * Reads from every partition the state of the view named {@code room}, in one round trip per
   * primary. The consumers of the reads run afterwards on the calling thread, one at a time.
   */
  void scatter(String room, BiConsumer<Scope, Reads> question);

  /**
   * What is defined in {@code room} under {@code name}, or null. When {@code live} is there, {@link
   * #scatter} over the same room reads its state and no other's: should it be replaced meanwhile,
   * the whole query is asked again.
   */
  @Nullable Defined definition(String room, String name);

  /** All that is defined in {@code room}, by name. */
  SortedMap<String, Defined> definitions(String room);

  /** The number of the partition in which a person of the project lives. */
  int partition(String user);

  /**
   * The events at {@code postings}, those left out that were trimmed or whose person was erased.
   * Each posting is read from the log of its partition.
   */
  List<Located> events(List<Posting> postings);

  /**
   * The ids of persons, in the order asked, in one round trip per primary; null where the person
   * was erased, or was first seen by a version that did not keep ids.
   */
  List<@Nullable String> users(List<Person> persons);

  /**
   * Reads the counted events themselves: those in the log that were folded and not dropped, and may
   * have happened at or after {@code from}. For questions no view answers; costs a microsecond an
   * event.
   *
   * @return since when the log is complete, in epoch milliseconds of arrival; 0 when it was never
   *     trimmed
   * @throws IllegalArgumentException when there are too many to be read for one question
   */
  long scan(long from, Consumer<Event> consumer);

  /**
   * Reads the events that arrived last, folded and not dropped, of each partition in order of
   * arrival: about {@code most} in all, as many of each partition.
   *
   * @return whether the log holds older ones, or ever did
   */
  boolean newest(int most, Consumer<Event> consumer);

  /**
   * A person of the project that is asked about.
   *
   * @param partition the partition's number
   * @param number the person's number inside it
   */
  record Person(int partition, int number) {}

  /**
   * A place in the log.
   *
   * @param partition the partition's number
   * @param entry the entry
   * @param index the event's place in the entry
   */
  record Posting(int partition, EntryId entry, int index) {}

  /** An event and where it stands. */
  record Located(Posting posting, Event event) {}
}
