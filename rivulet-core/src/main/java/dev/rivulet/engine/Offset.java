package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a partition is folded, committed together with what the fold changed. While it is what it
 * was at the read, the batch has not been folded by anyone else.
 *
 * @param entry the last folded entry
 * @param folded records folded, duplicates and poisonous ones included
 * @param duplicates records dropped because their id was known
 * @param poisonous records put aside because a view could not fold them
 * @param views the generation of every view that is up to date at this offset, by name
 * @param definitions how often the definitions that are live in this partition have changed
 */
public record Offset(
    EntryId entry,
    long folded,
    long duplicates,
    long poisonous,
    Map<String, Integer> views,
    int definitions) {
  private static final String FORMAT = "2";

  /** Without {@code definitions}, which were not known then. */
  private static final String FIRST_FORMAT = "1";

  /** Before the first entry of a new log. */
  public static Offset start(Map<String, Integer> views) {
    return new Offset(EntryId.START, 0, 0, 0, views, 0);
  }

  public Offset {
    views = new TreeMap<>(views);
  }

  /** The same place with other generations. */
  public Offset with(Map<String, Integer> generations) {
    return new Offset(entry, folded, duplicates, poisonous, generations, definitions);
  }

  /** The same place after another change of what is live. */
  public Offset withDefinitions(int changes) {
    return new Offset(entry, folded, duplicates, poisonous, views, changes);
  }

  /** One line of text, readable in {@code redis-cli}. */
  public String encode() {
    var text = new StringBuilder();
    text.append(FORMAT).append(' ').append(entry);
    text.append(' ').append(folded).append(' ').append(duplicates).append(' ').append(poisonous);
    text.append(' ').append(definitions);
    views.forEach(
        (name, generation) -> text.append(' ').append(name).append('=').append(generation));
    return text.toString();
  }

  /**
   * @throws IllegalStateException when the text is of another format
   */
  public static Offset decode(String text) {
    String[] words = text.split(" ");
    boolean first = words[0].equals(FIRST_FORMAT);
    int known = first ? 5 : 6;
    if (words.length < known || !first && !words[0].equals(FORMAT)) {
      throw new IllegalStateException(
          "the offset '"
              + text
              + "' is of another format than "
              + FORMAT
              + ": this data was written by another version of Rivulet");
    }
    var views = new TreeMap<String, Integer>();
    for (int i = known; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      views.put(words[i].substring(0, equals), Integer.parseInt(words[i].substring(equals + 1)));
    }
    return new Offset(
        EntryId.parse(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        views,
        first ? 0 : Integer.parseInt(words[5]));
  }
}
