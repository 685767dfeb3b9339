package dev.rivulet.server;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant by a misspelt name. */
public final class Spelling {
  private Spelling() {}

  /**
   * The name of {@code known} nearest to {@code word}, or null when none is within {@code most}
   * insertions, deletions and changes.
   */
  public static @Nullable String nearest(String word, Collection<String> known, int most) {
    String nearest = null;
    int least = most + 1;
    for (String name : known) {
      int distance = distance(word, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
      }
      last = row;
    }
    return last[b.length()];
  }
}
