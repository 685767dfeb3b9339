package dev.rivulet.views.metrics;

/** No sample of that metric was ever folded in the project. */
public final class UnknownMetric extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownMetric(String name) {
    super("there is no metric '" + name + "': no sample of it has arrived yet");
  }
}
