package dev.rivulet.recorder;

import java.util.SortedMap;
import java.util.TreeMap;

/** Reads tags that are given as names and values in turn. */
final class Tags {
  private Tags() {}

  static SortedMap<String, String> of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "tag '"
              + namesAndValues[namesAndValues.length - 1]
              + "' has no value: give names and values in turn, such as \"shop\", \"berlin\"");
    }
    var tags = new TreeMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      String value = namesAndValues[i + 1];
      if (name == null || value == null) {
        throw new IllegalArgumentException(
            "tag " + name + " = " + value + " cannot be: both must be texts");
      }
      if (tags.put(name, value) != null) {
        throw new IllegalArgumentException("tag '" + name + "' is given twice");
      }
    }
    tags.values().removeIf(String::isEmpty);
    return tags;
  }
}
