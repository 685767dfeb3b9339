package dev.rivulet.views.funnels;

/** There is no funnel of that name in the project. */
public final class UnknownFunnel extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownFunnel(String name) {
    super("there is no funnel '" + name + "'");
  }
}
