package dev.rivulet.testkit;

/** The process "died" here: what memory held is lost, what was stored is not. */
public final class SimulatedCrash extends RuntimeException {
  private static final long serialVersionUID = 1;

  SimulatedCrash(String point) {
    super("crashed " + point);
  }
}
