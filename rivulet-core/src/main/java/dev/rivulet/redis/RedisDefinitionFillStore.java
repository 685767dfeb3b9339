package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.engine.DefinitionFillStore;
import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.FillBook;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Like {@link RedisFoldStore}, but fenced by the book of fills and by who is being erased, and by
 * the main offset where that is changed too.
 */
final class RedisDefinitionFillStore implements DefinitionFillStore {
  private static final byte[] WATCH = bytes("WATCH");
  private static final byte[] UNWATCH = bytes("UNWATCH");
  private static final byte[] GET = bytes("GET");
  private static final byte[] SET = bytes("SET");
  private static final byte[] DEL = bytes("DEL");
  private static final byte[] XREAD = bytes("XREAD");
  private static final byte[] COUNT = bytes("COUNT");
  private static final byte[] STREAMS = bytes("STREAMS");

  private final RedisConnection redis;
  private final byte[] log;
  private final byte[] trimmed;
  private final byte[] main;
  private final byte[] book;
  private final byte[] erasing;

  RedisDefinitionFillStore(RedisConnection redis, int partition) {
    this.redis = redis;
    this.log = Keys.log(partition);
    this.trimmed = Keys.trimmed(partition);
    this.main = Keys.offset(partition);
    this.book = Keys.filling(partition);
    this.erasing = Erasing.key(partition);
  }

  @Override
  public Slice read(boolean mainToo, EntryId after, int mostEntries) {
    redis.send(UNWATCH);
    if (mainToo) {
      redis.send(WATCH, book, erasing, main);
    } else {
      redis.send(WATCH, book, erasing);
    }
    redis.send(GET, main);
    redis.send(GET, book);
    if (mostEntries > 0) {
      redis.send(XREAD, COUNT, bytes(mostEntries), STREAMS, log, bytes(after.toString()));
    }
    redis.send(GET, trimmed);
    redis.receive();
    redis.receive();
    Offset offset = RedisFoldStore.decode((byte[]) redis.receive());
    FillBook filling = decode((byte[]) redis.receive());
    List<LogEntry> entries = mostEntries > 0 ? RedisFoldStore.entries(redis.receive()) : List.of();
    return new Slice(offset, filling, entry((byte[]) redis.receive()), entries);
  }

  @Override
  public void load(Reads reads) {
    RedisReads.run(redis, reads);
  }

  @Override
  public CommitOutcome commit(Writes writes, FillBook filling, @Nullable Offset offset) {
    var transaction = new RedisTransaction(redis);
    transaction.add(writes);
    if (filling.equals(FillBook.EMPTY)) {
      transaction.add(DEL, book);
    } else {
      transaction.add(SET, book, bytes(filling.encode()));
    }
    if (offset != null) {
      transaction.add(SET, main, bytes(offset.encode()));
    }
    return transaction.execute();
  }

  @Override
  public void close() {
    redis.close();
  }

  static FillBook decode(byte @Nullable [] stored) {
    return stored == null
        ? FillBook.EMPTY
        : FillBook.decode(new String(stored, StandardCharsets.UTF_8));
  }

  private static @Nullable EntryId entry(byte @Nullable [] stored) {
    return stored == null ? null : EntryId.parse(new String(stored, StandardCharsets.US_ASCII));
  }
}
