package dev.rivulet.boards;

/**
 * A board as it is stored.
 *
 * @param revision changes with every change of the board; never used again under this name
 * @param updatedAt when it was last changed, in epoch milliseconds
 */
public record StoredBoard(String name, int revision, long updatedAt, Board board) {}
