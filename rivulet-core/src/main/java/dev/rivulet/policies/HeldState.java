package dev.rivulet.policies;

import java.util.Map;

/** Tells what the views hold of a person, so that an erasure can account for it. */
public interface HeldState {
  /**
   * Counts of what is held, by what it is: {@code events}, {@code traits}, {@code sessions} and so
   * on; empty where nothing is. Names are words of lower and upper case letters.
   */
  Map<String, Long> of(String project, String user);
}
