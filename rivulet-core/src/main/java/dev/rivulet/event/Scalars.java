package dev.rivulet.event;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The top-level scalars of an object in their order. Keys are unique: of two equal ones the last
 * wins, as everywhere in JSON.
 */
final class Scalars {
  private static final int SCANNED = 32;

  String[] keys = new String[8];
  Object[] values = new Object[8];
  int count;
  private @Nullable Map<String, Integer> index;

  int indexOf(String key) {
    if (index != null) {
      return index.getOrDefault(key, -1);
    }
    for (int i = 0; i < count; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  void add(String key, Object value) {
    int known = indexOf(key);
    if (known >= 0) {
      values[known] = value;
      return;
    }
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    if (count == SCANNED) {
      index = new HashMap<>();
      for (int i = 0; i < count; i++) {
        index.put(keys[i], i);
      }
    }
    if (index != null) {
      index.put(key, count);
    }
    keys[count] = key;
    values[count++] = value;
  }
}
