package dev.rivulet.engine;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids of {@value #PERSONS} persons with neighbouring numbers, one field of a hash. Not
 * thread-safe.
 *
 * <pre>
 * byte  format (1)
 * then per person, up to the last one known
 *   varint  0: the id is not known, because the person was erased or is older than these pages;
 *           else the length of the id + 1, and the id in UTF-8
 * </pre>
 */
public final class UserPage {
  /** Persons of one page. */
  public static final int PERSONS = 64;

  private static final byte FORMAT = 1;

  private final List<@Nullable String> users = new ArrayList<>(PERSONS);

  /** The hash of a project's pages; its fields are the numbers of the pages. */
  public static byte[] key(int partition, String project) {
    return Keys.of(partition, "users", project);
  }

  /** The page that holds a person. */
  public static int of(int person) {
    return person / PERSONS;
  }

  /**
   * @throws IllegalStateException when the bytes are of another format
   */
  public static UserPage decode(byte @Nullable [] stored) {
    var page = new UserPage();
    if (stored == null) {
      return page;
    }
    if (stored[0] != FORMAT) {
      throw new IllegalStateException(
          "ids of persons are stored in format " + stored[0] + ", this version reads " + FORMAT);
    }
    var in = new ByteReader(stored, 1);
    while (!in.isAtEnd()) {
      int tag = in.varint();
      page.users.add(tag == 0 ? null : in.text(tag - 1));
    }
    return page;
  }

  /** The id of a person of this page, null when it is not known. */
  public @Nullable String user(int person) {
    int place = person % PERSONS;
    return place < users.size() ? users.get(place) : null;
  }

  void set(int person, @Nullable String user) {
    int place = person % PERSONS;
    while (users.size() <= place) {
      users.add(null);
    }
    users.set(place, user);
  }

  byte[] encode() {
    var out = new ByteWriter(1 + users.size() * 24);
    out.oneByte(FORMAT);
    for (String user : users) {
      if (user == null) {
        out.varint(0);
      } else {
        out.text(user, 1);
      }
    }
    return out.toBytes();
  }
}
