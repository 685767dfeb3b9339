package dev.rivulet.engine;

import dev.rivulet.event.Hashing;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives every person of a project a dense number inside the partition, so that sets of people are
 * sets of small integers. Stored as the persons' 64-bit hashes in order of number, 8 bytes each,
 * and their ids in {@link UserPage}s, of which memory holds the last one only. Two persons of one
 * project and partition share a number with probability n² / 2^65: at ten million people 3 in a
 * million.
 *
 * <p>An erased person's hash and id are overwritten. The number is never given again, and who comes
 * back under the same id is somebody new.
 */
final class Persons {
  /** The number of somebody who is not known. */
  static final int NOBODY = -1;

  private final int partition;
  private final Map<String, Dictionary> projects = new HashMap<>();
  private int slots;

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
    reads.range(dictionary.key, dictionary.count * PersonHash.BYTES, -1, dictionary::add);
  }

  /** Reads the pages that new persons of {@code project} and the erasure of {@code users} touch. */
  void loadPages(String project, Set<String> users, Reads reads) {
    dictionary(project).loadPages(users, reads);
  }

  /** {@link Hashing#hash} of a person's id. */
  long hash(String project, String user) {
    return Hashing.hash(user, dictionary(project).seed);
  }

  /** The number of a person; a new one gets the next. */
  int number(String project, String user, long hash) {
    return dictionary(project).number(user, PersonHash.of(hash));
  }

  /** The number of a person, or {@link #NOBODY}. */
  int known(String project, long hash) {
    return (int) dictionary(project).numbers.get(PersonHash.of(hash));
  }

  /** Lets go of a person; returns the number they had, or {@link #NOBODY}. */
  int forget(String project, long hash) {
    return dictionary(project).forget(PersonHash.of(hash));
  }

  /** The number of a person among those of the batch, whether known or not. */
  int slot(String project, long hash) {
    Long2LongHashMap known = dictionary(project).slots;
    long slot = known.get(hash);
    if (slot == NOBODY) {
      slot = slots++;
      known.put(hash, slot);
    }
    return (int) slot;
  }

  /** Forgets who was in the batch before. */
  void beginBatch() {
    slots = 0;
    projects.values().forEach(dictionary -> dictionary.slots = new Long2LongHashMap(NOBODY));
  }

  void write(Writes writes) {
    for (Dictionary dictionary : projects.values()) {
      dictionary.write(writes);
    }
  }

  private Dictionary dictionary(String project) {
    Dictionary dictionary = projects.get(project);
    if (dictionary == null) {
      throw new IllegalStateException("persons of project " + project + " are not loaded");
    }
    return dictionary;
  }

  private static final class Dictionary {
    private final byte[] key;
    private final byte[] pagesKey;
    private final long seed;
    private final Long2LongHashMap numbers = new Long2LongHashMap(NOBODY);
    private final List<Long> added = new ArrayList<>();
    private final Set<Integer> overwritten = new TreeSet<>();
    private final Map<Integer, UserPage> pages = new TreeMap<>();
    private final Set<Integer> changedPages = new TreeSet<>();
    private Long2LongHashMap slots = new Long2LongHashMap(NOBODY);
    private int count;

    private Dictionary(int partition, String project) {
      this.key = PersonHash.key(partition, project);
      this.pagesKey = UserPage.key(partition, project);
      this.seed = Hashing.seed(project);
    }

    private void add(byte[] hashes) {
      var buffer = ByteBuffer.wrap(hashes);
      while (buffer.remaining() >= PersonHash.BYTES) {
        long hash = buffer.getLong();
        if (hash != PersonHash.ERASED) {
          numbers.put(hash, count);
        }
        count++;
      }
    }

    private void loadPages(Set<String> users, Reads reads) {
      Set<Integer> missing = new TreeSet<>();
      if (count % UserPage.PERSONS != 0) {
        missing.add(UserPage.of(count));
      }
      for (String user : users) {
        int number = (int) numbers.get(PersonHash.of(user, seed));
        if (number != NOBODY) {
          missing.add(UserPage.of(number));
        }
      }
      missing.removeAll(pages.keySet());
      List<Integer> wanted = List.copyOf(missing);
      List<byte[]> fields = wanted.stream().map(page -> Command.bytes(page.longValue())).toList();
      reads.hash(
          pagesKey,
          fields,
          stored -> {
            for (int i = 0; i < wanted.size(); i++) {
              pages.put(wanted.get(i), UserPage.decode(stored.get(i)));
            }
          });
    }

    private int number(String user, long hash) {
      long known = numbers.get(hash);
      if (known != NOBODY) {
        return (int) known;
      }
      int next = count++;
      numbers.put(hash, next);
      added.add(hash);
      note(next, user);
      return next;
    }

    private int forget(long hash) {
      int number = (int) numbers.remove(hash);
      if (number == NOBODY) {
        return NOBODY;
      }
      int stored = count - added.size();
      if (number < stored) {
        overwritten.add(number);
      } else {
        added.set(number - stored, PersonHash.ERASED);
      }
      note(number, null);
      return number;
    }

    private void note(int number, @Nullable String user) {
      int page = UserPage.of(number);
      pages.computeIfAbsent(page, next -> UserPage.decode(null)).set(number, user);
      changedPages.add(page);
    }

    private void write(Writes writes) {
      for (int number : overwritten) {
        writes.setRange(key, number * PersonHash.BYTES, new byte[PersonHash.BYTES]);
      }
      overwritten.clear();
      if (!added.isEmpty()) {
        var buffer = ByteBuffer.allocate(added.size() * PersonHash.BYTES);
        added.forEach(buffer::putLong);
        writes.append(key, buffer.array());
        added.clear();
      }
      List<byte[]> pairs = new ArrayList<>();
      for (int page : changedPages) {
        pairs.add(Command.bytes((long) page));
        pairs.add(pages.getOrDefault(page, UserPage.decode(null)).encode());
      }
      writes.hash(pagesKey, pairs);
      changedPages.clear();
      int last = UserPage.of(count);
      pages.keySet().removeIf(page -> page != last);
    }
  }
}
