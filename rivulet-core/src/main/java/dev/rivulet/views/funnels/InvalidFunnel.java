package dev.rivulet.views.funnels;

/** A definition that is no funnel: what is wrong with it and what would be right. */
public final class InvalidFunnel extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;

  InvalidFunnel(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Where it is wrong, such as {@code steps[1].event}; empty when the whole is. */
  public String field() {
    return field;
  }
}
