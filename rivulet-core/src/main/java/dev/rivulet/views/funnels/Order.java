package dev.rivulet.views.funnels;

import java.util.Locale;

/** How the steps of a funnel follow each other. */
public enum Order {
  /** In the order of the steps, with anything in between. */
  ORDERED,
  /** Each next event of the person must be the next step. */
  STRICT,
  /** In whatever order: how many different steps were done within the window. */
  ANY;

  /** As the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
