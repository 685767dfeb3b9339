package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fold's transaction on Redis: {@code WATCH offset, GET offset, XREAD} in one round trip, {@code
 * MULTI … SET offset, EXEC} in the second. The watch makes EXEC fail when anybody moved the offset
 * in between.
 */
final class RedisFoldStore implements FoldStore {
  private static final byte[] WATCH = bytes("WATCH");
  private static final byte[] UNWATCH = bytes("UNWATCH");
  private static final byte[] GET = bytes("GET");
  private static final byte[] XREAD = bytes("XREAD");
  private static final byte[] COUNT = bytes("COUNT");
  private static final byte[] BLOCK = bytes("BLOCK");
  private static final byte[] STREAMS = bytes("STREAMS");
  private static final byte[] SET = bytes("SET");
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final RedisConnection redis;
  private final byte[] log;
  private final byte[] offsetKey;
  private final byte[][] watch;

  /**
   * @param alsoGuarded keys whose change makes a commit fail, besides the offset
   */
  RedisFoldStore(RedisConnection redis, int partition, byte[] offsetKey, byte[]... alsoGuarded) {
    this.redis = redis;
    this.log = Keys.log(partition);
    this.offsetKey = offsetKey;
    this.watch = new byte[alsoGuarded.length + 2][];
    watch[0] = WATCH;
    watch[1] = offsetKey;
    System.arraycopy(alsoGuarded, 0, watch, 2, alsoGuarded.length);
  }

  @Override
  public Slice read(EntryId after, int mostEntries, Duration patience) {
    redis.send(UNWATCH);
    redis.send(watch);
    redis.send(GET, offsetKey);
    if (mostEntries > 0) {
      sendRead(after, mostEntries, patience);
    }
    redis.receive();
    redis.receive();
    byte[] stored = (byte[]) redis.receive();
    List<LogEntry> entries = mostEntries > 0 ? entries(redis.receive()) : List.of();
    return new Slice(decode(stored), entries);
  }

  static @Nullable Offset decode(byte @Nullable [] stored) {
    return stored == null ? null : Offset.decode(new String(stored, StandardCharsets.UTF_8));
  }

  @Override
  public void load(Reads reads) {
    RedisReads.run(redis, reads);
  }

  @Override
  public CommitOutcome commit(Writes writes, Offset next) {
    var transaction = new RedisTransaction(redis);
    transaction.add(writes);
    transaction.add(SET, offsetKey, bytes(next.encode()));
    return transaction.execute();
  }

  @Override
  public void close() {
    redis.close();
  }

  private void sendRead(EntryId after, int mostEntries, Duration patience) {
    byte[] count = bytes(mostEntries);
    byte[] from = bytes(after.toString());
    if (patience.toMillis() == 0) { // which BLOCK takes for ever
      redis.send(XREAD, COUNT, count, STREAMS, log, from);
    } else {
      redis.timeout(patience.plus(GRACE));
      byte[] block = bytes(patience.toMillis());
      redis.send(XREAD, COUNT, count, BLOCK, block, STREAMS, log, from);
    }
  }

  /** The reply is null, or a list with one stream: its name and its entries. */
  static List<LogEntry> entries(@Nullable Object reply) {
    if (!(reply instanceof List<?> streams) || streams.isEmpty()) {
      return List.of();
    }
    return LogEntry.list(((List<?>) streams.get(0)).get(1));
  }
}
