package dev.rivulet.views.people;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.views.people.Timeline.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a person did, in numbers, and the actions that are not in their stored timeline yet.
 *
 * <pre>
 * varint  number of names; then per name, in order of first appearance
 *   varint  its number in the dictionary
 *   zigzag  how often
 * zigzag  actions of other names
 * zigzag  time of the first action, epoch milliseconds
 * zigzag  time of the last action, after the first
 * actions as {@link Timeline} stores them
 * </pre>
 *
 * About 15 bytes and 3 per name, besides the actions.
 */
final class Profile {
  /** Names counted each for itself; what came later counts together. */
  static final int MOST_NAMES = 50;

  /** Actions that were added since it was made or read, and the numbers of their names. */
  private final List<Action> added = new ArrayList<>(1);

  private int[] addedNames = new int[1];
  private boolean settled;

  private Timeline recent = new Timeline();
  private int[] names = new int[4];
  private long[] counts = new long[4];
  private int size;
  private long other;
  private long first;
  private long last;

  /** Counts an action whose name has the number {@code name}. */
  void add(int name, Action action) {
    if (added.size() == addedNames.length) {
      addedNames = Arrays.copyOf(addedNames, added.size() * 2);
    }
    addedNames[added.size()] = name;
    added.add(action);
    first = total() == 0 ? action.time() : Math.min(first, action.time());
    last = total() == 0 ? action.time() : Math.max(last, action.time());
    count(name);
    recent.add(action);
  }

  private void count(int name) {
    for (int i = 0; i < size; i++) {
      if (names[i] == name) {
        counts[i]++;
        return;
      }
    }
    if (size == MOST_NAMES || name < 0) {
      other++;
      return;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    names[size] = name;
    counts[size++] = 1;
  }

  /** All actions ever. */
  long total() {
    long total = other;
    for (int i = 0; i < size; i++) {
      total += counts[i];
    }
    return total;
  }

  /** Time of the first action, epoch milliseconds; without meaning when there is none. */
  long first() {
    return first;
  }

  /** Time of the last action, epoch milliseconds; without meaning when there is none. */
  long last() {
    return last;
  }

  /** The actions that are not in the stored timeline yet. */
  Timeline recent() {
    return recent;
  }

  /** Moves the actions that are not in the stored timeline yet to {@code timeline}. */
  void settle(Timeline timeline) {
    timeline.addAll(recent);
    recent.clear();
    settled = true;
  }

  /** How many names are counted each for itself. */
  int names() {
    return size;
  }

  /** The number of the name {@code index}. */
  int name(int index) {
    return names[index];
  }

  /** How often the name {@code index}. */
  long countOf(int index) {
    return counts[index];
  }

  /** Actions of names that are not counted for themselves. */
  long other() {
    return other;
  }

  void encodeTo(ByteWriter out) {
    out.varint(size);
    for (int i = 0; i < size; i++) {
      out.varint(names[i]);
      out.zigzag(counts[i]);
    }
    out.zigzag(other);
    out.zigzag(first);
    out.zigzag(last - first);
    recent.encodeTo(out);
  }

  /**
   * Writes the actions that were added; returns false after {@link #settle}, when they are not all
   * that changed.
   *
   * <pre>
   * per action, in the order in which they were added
   *   zigzag  the number of its name
   *   the action as in a timeline
   * </pre>
   */
  boolean encodeAdded(ByteWriter out) {
    Action before = null;
    for (int i = 0; i < added.size(); i++) {
      out.zigzag(addedNames[i]);
      added.get(i).encodeTo(out, before);
      before = added.get(i);
    }
    return !settled;
  }

  /** Adds what {@link #encodeAdded} wrote, up to where {@code in} ends. */
  void addAll(ByteReader in) {
    Action before = null;
    while (!in.isAtEnd()) {
      int name = (int) in.zigzag();
      before = Action.decode(in, before);
      add(name, before);
    }
  }

  static Profile decode(ByteReader in) {
    var profile = new Profile();
    profile.size = in.varint();
    profile.names = new int[Math.max(4, profile.size)];
    profile.counts = new long[profile.names.length];
    for (int i = 0; i < profile.size; i++) {
      profile.names[i] = in.varint();
      profile.counts[i] = in.zigzag();
    }
    profile.other = in.zigzag();
    profile.first = in.zigzag();
    profile.last = profile.first + in.zigzag();
    profile.recent = Timeline.decode(in);
    return profile;
  }
}
