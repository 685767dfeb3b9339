package dev.rivulet.query;

/** A view is still being filled from the log; ask again when it is done. */
public final class ViewNotReady extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ViewNotReady(String view) {
    super("the view '" + view + "' is being filled from the log; the status shows how far it is");
  }
}
