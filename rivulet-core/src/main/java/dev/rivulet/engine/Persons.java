package dev.rivulet.engine;

import dev.rivulet.event.Hashing;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/**
 * Gives every person of a project a dense number inside the partition, so that sets of people are
 * sets of small integers. Stored as the persons' 64-bit hashes in order of number: 8 bytes each.
 * Two persons of one project and partition share a number with probability n² / 2^65: at ten
 * million people 3 in a million.
 */
final class Persons {
  private static final int HASH_BYTES = Long.BYTES;
  private static final int NOBODY = -1;

  private final int partition;
  private final Map<String, Dictionary> projects = new HashMap<>();

  Persons(int partition) {
    this.partition = partition;
  }

  /**
   * Reads what memory does not hold of {@code project}'s dictionary; {@code afresh} rereads its
   * end.
   */
  void load(String project, boolean afresh, Reads reads) {
    Dictionary known = projects.get(project);
    if (known != null && !afresh) {
      return;
    }
    Dictionary dictionary = known == null ? new Dictionary(partition, project) : known;
    projects.put(project, dictionary);
    int first = dictionary.numbers.size() * HASH_BYTES;
    reads.range(dictionary.key, first, -1, dictionary::add);
  }

  /** The number of a person; a new one gets the next. */
  int number(String project, String user) {
    Dictionary dictionary = projects.get(project);
    if (dictionary == null) {
      throw new IllegalStateException("persons of project " + project + " are not loaded");
    }
    return dictionary.number(user);
  }

  void write(Writes writes) {
    for (Dictionary dictionary : projects.values()) {
      dictionary.write(writes);
    }
  }

  private static final class Dictionary {
    private final byte[] key;
    private final long seed;
    private final Long2LongHashMap numbers = new Long2LongHashMap(NOBODY);
    private final List<Long> added = new ArrayList<>();

    private Dictionary(int partition, String project) {
      this.key = Keys.of(partition, "persons", project);
      this.seed = Hashing.seed(project);
    }

    private void add(byte[] hashes) {
      var buffer = ByteBuffer.wrap(hashes);
      while (buffer.remaining() >= HASH_BYTES) {
        numbers.put(buffer.getLong(), numbers.size());
      }
    }

    private int number(String user) {
      long hash = Hashing.hash(user, seed);
      long known = numbers.get(hash);
      if (known != NOBODY) {
        return (int) known;
      }
      int next = numbers.size();
      numbers.put(hash, next);
      added.add(hash);
      return next;
    }

    private void write(Writes writes) {
      if (!added.isEmpty()) {
        var buffer = ByteBuffer.allocate(added.size() * HASH_BYTES);
        added.forEach(buffer::putLong);
        writes.append(key, buffer.array());
        added.clear();
      }
    }
  }
}
