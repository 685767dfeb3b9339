package dev.rivulet;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;

/**
 * That numbers of a project moved, and no number: what a page watches that asks its own questions.
 */
public record Freshness(String project) implements Query<Freshness.Answer> {
  /**
   * The clock the numbers go by.
   *
   * @param at when this was so, ISO-8601
   * @param timezone zone in which days begin
   * @param lagMillis age of the oldest event that is in no number yet; 0 when all are
   */
  public record Answer(String at, String timezone, long lagMillis) {}

  @Override
  public Answer answer(Asking asking) {
    return new Answer(Times.iso(asking.now()), asking.zone().getId(), asking.lagMillis());
  }
}
