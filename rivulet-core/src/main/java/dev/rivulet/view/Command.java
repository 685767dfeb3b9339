package dev.rivulet.view;

import java.nio.charset.StandardCharsets;

/**
 * One command to the store as plain words, the name first. Rooms build them; only the store's
 * package knows how they travel.
 */
public record Command(byte[][] words) {
  static Command of(byte[]... words) {
    return new Command(words);
  }

  /** Bytes of all words: what the command costs on the wire, roughly. */
  public int size() {
    int size = 0;
    for (byte[] word : words) {
      size += word.length + 6;
    }
    return size;
  }

  @Override
  public String toString() {
    return words.length == 0
        ? "(nothing)"
        : new String(words[0], StandardCharsets.UTF_8) + " and " + (words.length - 1) + " words";
  }

  /** ASCII or UTF-8 bytes of {@code text}. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Decimal digits of {@code number}. */
  public static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
