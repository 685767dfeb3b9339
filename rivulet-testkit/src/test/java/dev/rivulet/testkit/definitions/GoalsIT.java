package dev.rivulet.testkit.definitions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import java.util.List;

/** The laws of views hold for what is defined in them. */
class GoalsIT extends ViewContract {
  @Override
  protected View view() {
    return new GoalsView();
  }

  @Override
  protected void opened(RivuletDriver driver) {
    driver.define(PROJECT, GoalsView.ROOM, "Paid", GoalsView.body("pay"));
    driver.define(PROJECT, GoalsView.ROOM, "Größe {0}:*", GoalsView.body("größe"));
  }

  @Override
  protected List<Query<?>> queries() {
    return List.of(
        new GoalsView.Reached(PROJECT, "Paid"), new GoalsView.Reached(PROJECT, "Größe {0}:*"));
  }

  /** A rebuild gives another revision. */
  @Override
  protected Object comparable(Object answer) {
    var reached = (GoalsView.Reached.Answer) answer;
    return List.of(reached.times(), reached.people());
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    var paid = driver.ask(new GoalsView.Reached(PROJECT, "Paid"));
    assertNotNull(paid);
    assertEquals(recount.count("pay", from(), to()), paid.times());
    assertEquals(recount.uniques("pay", from(), to()), paid.people());
    assertEquals(0, paid.defined().completeFrom());
  }
}
