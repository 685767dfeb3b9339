package dev.rivulet.engine;

import java.nio.charset.StandardCharsets;

/**
 * What became of the records that were folded: {@code folded = counted + duplicates + poisonous}.
 *
 * @param counted counted by the views
 * @param duplicates dropped because their id was known
 * @param poisonous put aside because a view could not fold them
 */
public record Tally(long counted, long duplicates, long poisonous) {
  public static final Tally NOTHING = new Tally(0, 0, 0);

  /** All records folded, whatever became of them. */
  public long folded() {
    return counted + duplicates + poisonous;
  }

  public Tally plus(Tally other) {
    return new Tally(
        counted + other.counted, duplicates + other.duplicates, poisonous + other.poisonous);
  }

  byte[] encode() {
    String text = "1 " + counted + " " + duplicates + " " + poisonous;
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads what is stored at {@link Keys#folded}. */
  public static Tally decode(byte[] stored) {
    String[] words = new String(stored, StandardCharsets.US_ASCII).split(" ");
    return new Tally(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }
}
