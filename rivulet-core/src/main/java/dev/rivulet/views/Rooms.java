package dev.rivulet.views;

import dev.rivulet.view.View;
import dev.rivulet.views.breakdowns.BreakdownsView;
import dev.rivulet.views.counts.CountsView;
import dev.rivulet.views.funnels.FunnelsView;
import dev.rivulet.views.metrics.MetricsView;
import dev.rivulet.views.numbers.NumbersView;
import dev.rivulet.views.online.OnlineView;
import dev.rivulet.views.people.PeopleView;
import dev.rivulet.views.people.ProfilesView;
import dev.rivulet.views.recent.RecentView;
import dev.rivulet.views.retention.RetentionView;
import dev.rivulet.views.sessions.SessionsView;
import dev.rivulet.views.uniques.UniquesView;
import java.util.List;

/** The views that come with Rivulet. */
public final class Rooms {
  private Rooms() {}

  /** One of each, in the order in which they fold. */
  public static List<View> all() {
    return List.of(
        new CountsView(),
        new UniquesView(),
        new BreakdownsView(),
        new NumbersView(),
        new RecentView(),
        new OnlineView(),
        new PeopleView(),
        new ProfilesView(),
        new SessionsView(),
        new RetentionView(),
        new FunnelsView(),
        new MetricsView());
  }
}
