package dev.rivulet.examples;

import dev.rivulet.Rivulet;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.views.funnels.FunnelPeople;
import dev.rivulet.views.funnels.FunnelPeople.Outcome;
import dev.rivulet.views.funnels.FunnelReport;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.retention.Period;
import dev.rivulet.views.retention.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ask how far people get, who is lost on the way and who comes back. */
public final class CheckoutFunnel {
  private static final String PROJECT = "default";

  private CheckoutFunnel() {}

  public static void main(String[] args) throws InterruptedException {
    try (Rivulet rivulet = Rivulet.embedded(Path.of(args.length > 0 ? args[0] : "data"))) {
      Instant now = Instant.now();
      Instant yesterday = now.minus(Duration.ofDays(1));
      List<EventDraft> visits = new ArrayList<>();
      for (int person = 1; person <= 10; person++) {
        visit(visits, "u" + person, yesterday, person <= 8, person <= 4);
      }
      visits.add(Event.named("view").by("u1").at(now));
      rivulet.await(rivulet.track(PROJECT, visits));

      // Defined today, it answers for yesterday: it is filled from the log.
      rivulet
          .definitions()
          .put(
              PROJECT,
              "funnels",
              "checkout",
              """
              {"steps":[{"event":"view"},{"event":"cart"},{"event":"pay"}],"window":"1h"}""",
              null);
      var report = rivulet.ask(FunnelReport.of(PROJECT, "checkout"));
      while (report.progress() != null) {
        Thread.sleep(20);
        report = rivulet.ask(FunnelReport.of(PROJECT, "checkout"));
      }
      report
          .steps()
          .forEach(
              step ->
                  System.out.println(
                      "%s %d, median %s s"
                          .formatted(step.event(), step.users(), step.medianSeconds())));

      var lost =
          rivulet.ask(new FunnelPeople(PROJECT, "checkout", 2, Outcome.DROPPED, null, 100, null));
      System.out.println("left before the cart: " + lost.people().size());

      var profile = rivulet.ask(new PersonProfile(PROJECT, "u1"));
      System.out.println("u1 did " + profile.total() + " things: " + profile.actions());

      var days = rivulet.ask(Retention.of(PROJECT, "view", "view", Period.DAY));
      var cohort = days.cohorts().stream().filter(c -> c.size() > 0).findFirst().orElseThrow();
      System.out.println(cohort.returned().get(0) + " of " + cohort.size() + " came back");
    }
  }

  private static void visit(
      List<EventDraft> visits, String user, Instant at, boolean fillsCart, boolean pays) {
    visits.add(Event.named("view").by(user).at(at));
    if (fillsCart) {
      visits.add(Event.named("cart").by(user).at(at.plusSeconds(30)));
    }
    if (pays) {
      visits.add(Event.named("pay").by(user).at(at.plusSeconds(90)));
    }
  }
}
