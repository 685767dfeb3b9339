package dev.rivulet.projects;

/**
 * What is kept of a key besides its hash.
 *
 * @param label the words of who made it; empty for none
 * @param createdAt in epoch milliseconds; 0 where a version made it that did not keep that
 */
public record StoredKey(Access access, String label, long createdAt) {
  /** Characters of a label. */
  public static final int LABEL_CHARS = 100;

  /**
   * @throws IllegalArgumentException naming what is wrong with the label
   */
  public StoredKey {
    if (label.length() > LABEL_CHARS) {
      throw new IllegalArgumentException(
          "label has " + label.length() + " characters; it may have at most " + LABEL_CHARS);
    }
    if (label.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "label holds a control character: use letters, digits, spaces and signs");
    }
  }
}
