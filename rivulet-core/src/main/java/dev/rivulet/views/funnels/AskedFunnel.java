package dev.rivulet.views.funnels;

import dev.rivulet.time.Range;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Defined;
import dev.rivulet.view.Definition;
import org.jspecify.annotations.Nullable;

/**
 * The revision of a funnel that answers: the live one, or while the first is filled that.
 *
 * @param filling whether it has not seen the whole log yet
 */
record AskedFunnel(
    Definition definition, Funnel funnel, boolean filling, double progress, long completeFrom) {
  private static final int USUAL_DAYS = 30;

  /**
   * @throws UnknownFunnel when there is none
   */
  static AskedFunnel find(Asking asking, String name) {
    Defined defined = asking.definition(Layout.ROOM, name);
    if (defined == null) {
      throw new UnknownFunnel(name);
    }
    Definition live = defined.live();
    Definition answers = live == null ? defined.newest() : live;
    return new AskedFunnel(
        answers,
        Funnel.parse(answers.body()),
        live == null,
        defined.progress(),
        defined.completeFrom());
  }

  /** The range that is asked for; by default the last thirty days, today included. */
  static TimeRange range(@Nullable Range asked, Asking asking) {
    if (asked != null) {
      return asked.at(asking.now());
    }
    var days = new Days(asking.zone());
    int today = days.of(asking.now());
    return new TimeRange(days.start(today + 1 - USUAL_DAYS), days.start(today + 1));
  }
}
