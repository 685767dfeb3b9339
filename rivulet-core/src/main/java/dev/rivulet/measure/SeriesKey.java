package dev.rivulet.measure;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a series is of: a metric and its tags. Its text stands in the log where an event has its
 * person, and begins with a control character, which no person's id may hold, so that the two never
 * meet.
 *
 * @param tags by key, in the order of the keys
 */
public record SeriesKey(String metric, SortedMap<String, String> tags) {
  private static final char METRIC = '\u0001';
  private static final char TAG = '\u0002';
  private static final char VALUE = '\u0003';

  /** Equal series have equal texts. */
  public String text() {
    var text = new StringBuilder(32 + tags.size() * 24).append(METRIC).append(metric);
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      text.append(TAG).append(tag.getKey()).append(VALUE).append(tag.getValue());
    }
    return text.toString();
  }

  /**
   * The series of a text.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static SeriesKey parse(String text) {
    if (text.isEmpty() || text.charAt(0) != METRIC) {
      throw new IllegalArgumentException("'" + text + "' is not a series");
    }
    int tagStart = text.indexOf(TAG);
    String metric = text.substring(1, tagStart < 0 ? text.length() : tagStart);
    SortedMap<String, String> tags = new TreeMap<>();
    while (tagStart >= 0) {
      int next = text.indexOf(TAG, tagStart + 1);
      int value = text.indexOf(VALUE, tagStart + 1);
      int end = next < 0 ? text.length() : next;
      if (value < 0 || value > end) {
        throw new IllegalArgumentException("a tag of series '" + text + "' has no value");
      }
      tags.put(text.substring(tagStart + 1, value), text.substring(value + 1, end));
      tagStart = next;
    }
    return new SeriesKey(metric, tags);
  }
}
