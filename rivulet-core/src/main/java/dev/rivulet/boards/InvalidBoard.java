package dev.rivulet.boards;

/** Something that is no board: what is wrong with it and what would be right. */
public final class InvalidBoard extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;

  public InvalidBoard(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Where it is wrong, such as {@code tiles[2].place.width}; empty when the whole is. */
  public String field() {
    return field;
  }
}
