package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.boards.Board;
import dev.rivulet.boards.BoardStore;
import dev.rivulet.boards.Shelf;
import dev.rivulet.boards.StoredBoard;
import dev.rivulet.engine.CommitOutcome.Applied;
import dev.rivulet.engine.CommitOutcome.Damaged;
import dev.rivulet.engine.Keys;
import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A hash for each project, {@code rv:{0}:boards:<project>}: name to board, and under the empty name
 * the shelf, so that listing does not read what is on the boards.
 */
final class RedisBoardStore implements BoardStore {
  private static final byte[] WATCH = bytes("WATCH");
  private static final byte[] HGET = bytes("HGET");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HDEL = bytes("HDEL");
  private static final byte[] SHELF = new byte[0];
  private static final byte FORMAT = 1;

  private final RedisNodes nodes;

  RedisBoardStore(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public Shelf shelf(String project) {
    return decodeShelf(nodes.ask(0, HGET, key(project), SHELF));
  }

  @Override
  public @Nullable StoredBoard find(String project, String name) {
    Object stored = name.isEmpty() ? null : nodes.ask(0, HGET, key(project), bytes(name));
    return stored == null ? null : decode(name, (byte[]) stored);
  }

  @Override
  public boolean store(
      String project, Shelf seen, Shelf next, String name, @Nullable StoredBoard board) {
    try {
      return tryStore(project, seen, next, name, board);
    } catch (RedisError e) {
      if (!e.asksForRefresh()) {
        throw e;
      }
      nodes.refresh(); // the slot has moved, and nothing was changed
      return tryStore(project, seen, next, name, board);
    }
  }

  private boolean tryStore(
      String project, Shelf seen, Shelf next, String name, @Nullable StoredBoard board) {
    byte[] key = key(project);
    try (RedisConnection redis = nodes.open("0")) {
      redis.ask(WATCH, key);
      if (!decodeShelf(redis.ask(HGET, key, SHELF)).equals(seen)) {
        return false;
      }
      var transaction = new RedisTransaction(redis);
      if (board == null) {
        transaction.add(HDEL, key, bytes(name));
        transaction.add(HSET, key, SHELF, encode(next));
      } else {
        transaction.add(HSET, key, SHELF, encode(next), bytes(name), encode(board));
      }
      var outcome = transaction.execute();
      if (outcome instanceof Damaged damaged) {
        throw new IllegalStateException("a board was stored in part: " + damaged.errors());
      }
      redis.awaitReplica();
      return outcome instanceof Applied;
    }
  }

  private static byte[] encode(StoredBoard stored) {
    var out = new ByteWriter(1_024);
    out.oneByte(FORMAT);
    out.varint(stored.revision());
    out.zigzag(stored.updatedAt());
    out.text(stored.board().toJson());
    return out.toBytes();
  }

  private static StoredBoard decode(String name, byte[] stored) {
    var in = reader(stored);
    int revision = in.varint();
    long updatedAt = in.zigzag();
    return new StoredBoard(name, revision, updatedAt, Board.parse(in.text()));
  }

  private static byte[] encode(Shelf shelf) {
    var out = new ByteWriter(256);
    out.oneByte(FORMAT);
    out.varint(shelf.lastRevision());
    shelf
        .boards()
        .forEach(
            (name, entry) -> {
              out.text(name);
              out.text(entry.title());
              out.varint(entry.revision());
              out.varint(entry.tiles());
              out.zigzag(entry.updatedAt());
            });
    return out.toBytes();
  }

  private static Shelf decodeShelf(@Nullable Object stored) {
    if (stored == null) {
      return Shelf.EMPTY;
    }
    var in = reader((byte[]) stored);
    int last = in.varint();
    var boards = new TreeMap<String, Shelf.Entry>();
    while (!in.isAtEnd()) {
      String name = in.text();
      String title = in.text();
      int revision = in.varint();
      int tiles = in.varint();
      boards.put(name, new Shelf.Entry(title, revision, tiles, in.zigzag()));
    }
    return new Shelf(last, boards);
  }

  private static ByteReader reader(byte[] stored) {
    if (stored[0] != FORMAT) {
      throw new IllegalStateException(
          "boards are stored in format " + stored[0] + ", this version reads " + FORMAT);
    }
    return new ByteReader(stored, 1);
  }

  private static byte[] key(String project) {
    return Keys.of(0, "boards", project);
  }
}
