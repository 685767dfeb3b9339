package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a funnel says of a range.
 *
 * @param funnel what was asked
 * @param counted the attempt that counts of each person; of each session or each attempt where
 *     these are counted
 */
public record NaiveReport(NaiveDefinition funnel, List<Counted> counted) {

  /**
   * A person and an attempt that counts.
   *
   * @param user the person
   * @param attempt the attempt
   */
  public record Counted(String user, NaiveAttempt attempt) {}

  /** How many entered. */
  public int entered() {
    return counted.size();
  }

  /** How many did step {@code step}, from 1; in any order: how many did as many distinct steps. */
  public int users(int step) {
    return reached(step).size();
  }

  /** How many did each step. */
  public List<Integer> users() {
    List<Integer> users = new ArrayList<>();
    for (int step = 1; step <= funnel.last(); step++) {
      users.add(users(step));
    }
    return users;
  }

  /** How many did all steps. */
  public int converted() {
    return users(funnel.last());
  }

  /** The share of those that entered who did {@code step}; null when nobody entered. */
  public @Nullable Double fromStart(int step) {
    return counted.isEmpty() ? null : users(step) / (double) entered();
  }

  /**
   * The share of those that did the nearest step before that may not be skipped; 1 for the first
   * step; null when there are none.
   */
  public @Nullable Double fromPrevious(int step) {
    int previous = step == 1 ? 1 : funnel.required(step);
    return users(previous) == 0 ? null : users(step) / (double) users(previous);
  }

  /** Milliseconds from the step done before to {@code step}, from 2, of each that did it. */
  public List<Long> millisTo(int step) {
    return reached(step).stream().map(each -> each.attempt().sincePrevious(step)).toList();
  }

  /** Milliseconds from the entry to the last step, of each that did all. */
  public List<Long> millisToConvert() {
    return reached(funnel.last()).stream()
        .map(each -> each.attempt().end() - each.attempt().entry())
        .toList();
  }

  /** Median of {@link #millisTo}, in seconds; null when nobody did it. */
  public @Nullable Double medianSeconds(int step) {
    return seconds(NaivePercentile.of(millisTo(step), 0.5));
  }

  /** 90th percentile of {@link #millisTo}, in seconds; null when nobody did it. */
  public @Nullable Double p90Seconds(int step) {
    return seconds(NaivePercentile.of(millisTo(step), 0.9));
  }

  /** Those that did {@code step}. */
  public List<Counted> reached(int step) {
    return counted.stream().filter(each -> each.attempt().did(step)).toList();
  }

  /**
   * Those that did the nearest step before {@code step} that may not be skipped, and came neither
   * to {@code step} nor past it. Nobody drops at the first.
   */
  public List<Counted> dropped(int step) {
    return counted.stream()
        .filter(
            each ->
                step > 1
                    && each.attempt().furthest() >= funnel.required(step)
                    && each.attempt().furthest() < step)
        .toList();
  }

  private static @Nullable Double seconds(@Nullable Double millis) {
    return millis == null ? null : millis / 1_000;
  }
}
