package dev.rivulet.view;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts that recur, each known by a small number: its place in the order of first appearance.
 * Stored as one value that only grows. Bounded: a text past the bound has no number, for ever. Used
 * by one thread.
 */
public final class Dictionary {
  /** The number of a text that has none. */
  public static final int UNKNOWN = -1;

  private final byte[] key;
  private final int most;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private int written;

  /**
   * @param most texts that get a number
   */
  public Dictionary(byte[] key, int most) {
    this.key = key;
    this.most = most;
  }

  /** Reads all of it; to be called once, before anything is added. */
  public void load(Reads reads) {
    reads.get(
        key,
        stored -> {
          decode(stored).forEach(this::append);
          written = texts.size();
        });
  }

  /** The number of {@code text}; a new one gets the next, or {@link #UNKNOWN} past the bound. */
  public int add(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    return texts.size() >= most ? UNKNOWN : append(text);
  }

  /** The number of {@code text}, or {@link #UNKNOWN}. */
  public int number(String text) {
    return numbers.getOrDefault(text, UNKNOWN);
  }

  /**
   * The text of a number.
   *
   * @throws IndexOutOfBoundsException when no text has it
   */
  public String text(int number) {
    return texts.get(number);
  }

  /** How many texts have a number. */
  public int size() {
    return texts.size();
  }

  /** Hands over what was added. */
  public void write(Writes writes) {
    if (written < texts.size()) {
      var out = new ByteWriter(64);
      texts.subList(written, texts.size()).forEach(out::text);
      writes.append(key, out.toBytes());
      written = texts.size();
    }
  }

  /** The dictionary that a stored value is, to look up and not to add to. */
  public static Dictionary of(byte @Nullable [] stored) {
    var dictionary = new Dictionary(new byte[0], 0);
    decode(stored).forEach(dictionary::append);
    return dictionary;
  }

  /** The texts in order of their numbers, from the stored value. */
  public static List<String> decode(byte @Nullable [] stored) {
    List<String> texts = new ArrayList<>();
    if (stored != null) {
      var in = new ByteReader(stored, 0);
      while (!in.isAtEnd()) {
        texts.add(in.text());
      }
    }
    return texts;
  }

  private int append(String text) {
    int number = texts.size();
    numbers.put(text, number);
    texts.add(text);
    return number;
  }
}
