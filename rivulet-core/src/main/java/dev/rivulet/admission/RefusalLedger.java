package dev.rivulet.admission;

import java.util.Map;

/** Keeps count of what was refused, and why. Thread-safe. */
public interface RefusalLedger extends AutoCloseable {
  /** Notes that {@code count} items were refused; the last details are kept to be shown. */
  void add(String project, Refusal reason, String detail, int count);

  /** Refused items by the reasons' words since the project began. */
  Map<String, Long> totals(String project);

  /** The newest refusal of each reason, by the reasons' words. */
  Map<String, Newest> newest(String project);

  /** Writes what is not yet stored. */
  @Override
  void close();

  /**
   * A refusal.
   *
   * @param detail what was wrong, shortened
   * @param at epoch milliseconds; 0 when it was not noted
   */
  record Newest(String detail, long at) {}
}
