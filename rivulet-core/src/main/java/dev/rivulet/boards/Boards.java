package dev.rivulet.boards;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The boards of an installation. Blocks for a round trip to the store or two. Thread-safe. */
public final class Boards {
  /** Boards in one project. */
  public static final int MOST_BOARDS = 100;

  /** Characters of a name. */
  public static final int NAME_CHARS = 100;

  private static final int MOST_TRIES = 100;

  private final BoardStore store;
  private final InstantSource clock;
  private final Consumer<String> projects;

  /**
   * @param projects throws when there is no project of that id
   */
  public Boards(BoardStore store, InstantSource clock, Consumer<String> projects) {
    this.store = store;
    this.clock = clock;
    this.projects = projects;
  }

  /**
   * What a put came to.
   *
   * @param created whether there was no board of that name before
   */
  public record Put(StoredBoard stored, boolean created) {}

  /** The boards of a project, without what is on them. */
  public Shelf list(String project) {
    projects.accept(project);
    return store.shelf(project);
  }

  /**
   * @throws UnknownBoard when there is none of that name
   */
  public StoredBoard require(String project, String name) {
    projects.accept(project);
    StoredBoard found = store.find(project, name);
    if (found == null) {
      throw new UnknownBoard(name);
    }
    return found;
  }

  /**
   * Saves a board. The same board once more changes nothing.
   *
   * @param expected the revision that is there as far as the caller knows, 0 for none at all, null
   *     for whatever is
   * @throws InvalidBoard naming the value that is wrong and what would be right
   * @throws BoardConflict when another revision than {@code expected} is there
   */
  public Put put(String project, String name, Board board, @Nullable Integer expected) {
    projects.accept(project);
    checkName(name);
    String json = board.toJson();
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Board.MOST_BYTES) {
      throw new InvalidBoard(
          "", "the board has " + bytes + " bytes; it may have at most " + Board.MOST_BYTES);
    }
    Board checked = Board.parse(json); // the library's caller may have put it together by hand
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      Shelf seen = store.shelf(project);
      Shelf.Entry known = seen.boards().get(name);
      expect(name, expected, known);
      if (known == null && seen.boards().size() >= MOST_BOARDS) {
        throw new InvalidBoard(
            "", "the project already has " + MOST_BOARDS + " boards, the most: delete one first");
      }
      if (known != null) {
        StoredBoard there = store.find(project, name);
        if (there == null || there.revision() != known.revision()) {
          continue; // somebody is changing it just now
        }
        if (there.board().equals(checked)) {
          return new Put(there, false);
        }
      }
      int revision = Math.addExact(seen.lastRevision(), 1);
      var fresh = new StoredBoard(name, revision, clock.millis(), checked);
      var entry =
          new Shelf.Entry(checked.title(), revision, checked.tiles().size(), fresh.updatedAt());
      if (store.store(project, seen, seen.with(name, entry), name, fresh)) {
        return new Put(fresh, known == null);
      }
    }
    throw contended(project);
  }

  /**
   * Takes a board away.
   *
   * @param expected the revision that is there as far as the caller knows, null for whatever is
   * @throws UnknownBoard when there is none of that name
   * @throws BoardConflict when another revision than {@code expected} is there
   */
  public void delete(String project, String name, @Nullable Integer expected) {
    projects.accept(project);
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      Shelf seen = store.shelf(project);
      Shelf.Entry known = seen.boards().get(name);
      if (known == null) {
        throw new UnknownBoard(name);
      }
      expect(name, expected, known);
      if (store.store(project, seen, seen.without(name), name, null)) {
        return;
      }
    }
    throw contended(project);
  }

  private static BoardsContended contended(String project) {
    return new BoardsContended(project);
  }

  private static void expect(String name, @Nullable Integer expected, Shelf.@Nullable Entry known) {
    Integer current = known == null ? null : known.revision();
    if (expected != null && !expected.equals(current == null ? 0 : current)) {
      throw new BoardConflict(name, expected, current);
    }
  }

  private static void checkName(String name) {
    if (name.isBlank() || name.length() > NAME_CHARS) {
      String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
      throw new InvalidBoard(
          "name",
          "name '"
              + shown
              + "' has "
              + name.length()
              + " characters; it must have 1 to "
              + NAME_CHARS
              + ", not all of them blank");
    }
    if (name.equals(".") || name.equals("..")) {
      throw new InvalidBoard(
          "name", "name '" + name + "' cannot stand in an address: use letters or digits");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidBoard(
          "name", "the name holds a control character: use letters, digits, spaces and signs");
    }
  }
}
