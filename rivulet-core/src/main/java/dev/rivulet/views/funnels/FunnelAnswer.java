package dev.rivulet.views.funnels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far people got. Counts are of what the funnel counts: people, sessions or entries.
 *
 * @param name the funnel, absent in a preview
 * @param from start of the range in which an attempt must have been entered
 * @param to end of it; what was done after it counts too, inside the window
 * @param order {@code ordered}, {@code strict} or {@code any}; under {@code any} step k stands for
 *     the k-th different step
 * @param count what is counted: {@code people}, {@code sessions} or {@code entries}
 * @param entered how many entered in the range
 * @param steps one per step
 * @param convert from the entry to the last step
 * @param step step of the series, absent without one
 * @param series by the time of entry; who enters in several buckets is in each
 * @param groups by the asked property of the first event of the attempt that counts, the largest
 *     first, and {@code $other} for those past the bound; read from the log
 * @param compare the range of the same length before this one
 * @param truncatedPeople people of whom more happened than is kept, so that what they did last may
 *     be missing
 * @param exact whether all counts are exact: nothing is still being filled, cut or gone
 * @param error largest relative error of times; absent when they are exact to the millisecond
 * @param progress how much of the log has been folded while it is being filled for the first time
 * @param completeFrom since when it is complete, where the log no longer went back to the start
 * @param preview what a preview was made from
 */
@JsonInclude(Include.NON_NULL)
public record FunnelAnswer(
    @Nullable String name,
    String from,
    String to,
    String timezone,
    String order,
    String count,
    long entered,
    List<StepResult> steps,
    Convert convert,
    @Nullable String step,
    @Nullable List<Point> series,
    @Nullable List<Group> groups,
    @Nullable Compared compare,
    long truncatedPeople,
    boolean exact,
    @Nullable Double error,
    @Nullable Double progress,
    @Nullable String completeFrom,
    @Nullable Preview preview) {

  /**
   * One step.
   *
   * @param step its number, from 1
   * @param event its event, or a list of several
   * @param users who did it
   * @param fromStart their part of those who entered; null when nobody did
   * @param fromPrevious their part of those who did the step before, optional ones passed over;
   *     null when nobody did, 1 for the first
   * @param medianSeconds half of them took no longer from the step they did before; null for none
   * @param p90Seconds nine in ten of them took no longer
   * @param optional true where an attempt may go on without it, else absent
   */
  public record StepResult(
      int step,
      Object event,
      long users,
      @Nullable Double fromStart,
      @Nullable Double fromPrevious,
      @Nullable Double medianSeconds,
      @Nullable Double p90Seconds,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean optional) {}

  /** How long those who did the last step took from the first. */
  public record Convert(
      @Nullable Double medianSeconds, @Nullable Double p90Seconds, List<Bar> histogram) {}

  /** How many took at least {@code fromSeconds} and less than {@code toSeconds}. */
  public record Bar(long fromSeconds, long toSeconds, long count) {}

  /**
   * One bucket.
   *
   * @param converted those of {@code entered} who did the last step, whenever they did it
   * @param partial true when it is not over yet, else absent
   */
  public record Point(
      String time,
      @Nullable Long entered,
      @Nullable Long converted,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}

  /**
   * One value of the property.
   *
   * @param group the value, null where it was absent
   */
  public record Group(@Nullable Object group, long entered, List<StepResult> steps) {}

  /** The range before. */
  public record Compared(String from, String to, long entered, List<StepResult> steps) {}

  /** The events that a preview was made from, and the times of the first and the last of them. */
  public record Preview(long events, @Nullable String from, @Nullable String to) {}
}
