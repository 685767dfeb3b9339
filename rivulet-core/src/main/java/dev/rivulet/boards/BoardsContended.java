package dev.rivulet.boards;

/** So many change the boards of a project at once that this change found no gap; try again. */
public final class BoardsContended extends RuntimeException {
  private static final long serialVersionUID = 1;

  BoardsContended(String project) {
    super("many are changing the boards of project " + project + "; try again");
  }
}
