package dev.rivulet.boards;

/** There is no board of that name in the project. */
public final class UnknownBoard extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownBoard(String name) {
    super("there is no board '" + name + "'");
  }
}
