package dev.rivulet.views.performance;

import java.util.List;

/** By what the total is split. */
public enum Split {
  NODE("node"),
  STATUS("status");

  private final String word;

  Split(String word) {
    this.word = word;
  }

  /** The word of the API. */
  public String word() {
    return word;
  }

  /** The words that are known. */
  public static List<String> words() {
    return List.of(NODE.word, STATUS.word);
  }

  /**
   * What a word splits by.
   *
   * @throws IllegalArgumentException naming the words that are known
   */
  public static Split parse(String word) {
    for (Split split : values()) {
      if (split.word.equals(word)) {
        return split;
      }
    }
    throw new IllegalArgumentException(
        "by '" + word + "' is not one of " + String.join(", ", words()));
  }
}
