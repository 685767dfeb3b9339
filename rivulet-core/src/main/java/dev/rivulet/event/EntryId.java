package dev.rivulet.event;

/**
 * The place of a record batch in its partition's log: a Redis Stream entry id.
 *
 * @param millis Redis's clock when it was appended, in epoch milliseconds
 * @param sequence number among the entries of that millisecond
 */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {
  /** Before every entry. */
  public static final EntryId START = new EntryId(0, 0);

  /**
   * @throws IllegalArgumentException when {@code text} is not {@code millis-sequence}
   */
  public static EntryId parse(String text) {
    int dash = text.indexOf('-');
    if (dash <= 0) {
      throw new IllegalArgumentException("entry id '" + text + "' is not of the form 123-0");
    }
    return new EntryId(
        Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
  }

  /** The smallest id after this one. */
  public EntryId next() {
    return new EntryId(millis, sequence + 1);
  }

  /** The greatest id before this one that an entry can have. */
  public EntryId previous() {
    return sequence > 0
        ? new EntryId(millis, sequence - 1)
        : new EntryId(millis - 1, Long.MAX_VALUE);
  }

  @Override
  public int compareTo(EntryId other) {
    int byMillis = Long.compare(millis, other.millis);
    return byMillis != 0 ? byMillis : Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return millis + "-" + sequence;
  }
}
