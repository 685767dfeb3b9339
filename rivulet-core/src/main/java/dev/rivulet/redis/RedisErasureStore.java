package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.text;

import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.PersonHash;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Hashing;
import dev.rivulet.policies.ErasureAccount;
import dev.rivulet.policies.ErasureStore;
import dev.rivulet.policies.RewriteProgress;
import dev.rivulet.policies.RewriteStore;
import dev.rivulet.view.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Erasures as small hashes per partition. */
final class RedisErasureStore implements ErasureStore {
  private static final byte[] GET = bytes("GET");
  private static final byte[] GETRANGE = bytes("GETRANGE");
  private static final byte[] HGET = bytes("HGET");
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HDEL = bytes("HDEL");
  private static final byte[] HLEN = bytes("HLEN");
  private static final byte[] XREVRANGE = bytes("XREVRANGE");

  /** Bytes of a person dictionary read at a time. */
  private static final int CHUNK = 1 << 20;

  private final RedisNodes nodes;
  private final FillStore fills;

  RedisErasureStore(RedisNodes nodes, FillStore fills) {
    this.nodes = nodes;
    this.fills = fills;
  }

  @Override
  public boolean knows(int partition, String project, String user) {
    byte[] key = PersonHash.key(partition, project);
    long hash = PersonHash.of(user, Hashing.seed(project));
    for (long from = 0; ; from += CHUNK) {
      byte[] last = bytes(from + CHUNK - 1);
      byte[] chunk = (byte[]) nodes.ask(partition, GETRANGE, key, bytes(from), last);
      if (chunk == null || chunk.length == 0) {
        return false;
      }
      if (PersonHash.isIn(chunk, hash)) {
        return true;
      }
    }
  }

  @Override
  public EntryId lastEntry(int partition) {
    Object reply =
        nodes.ask(
            partition,
            XREVRANGE,
            Keys.log(partition),
            bytes("+"),
            bytes("-"),
            bytes("COUNT"),
            bytes(1));
    List<LogEntry> entries = LogEntry.list(reply);
    return entries.isEmpty() ? EntryId.START : entries.get(0).id();
  }

  @Override
  public int waiting(int partition) {
    Object length = nodes.ask(partition, HLEN, Erasing.key(partition));
    return length instanceof Long count ? count.intValue() : 0;
  }

  @Override
  public @Nullable RewriteProgress progress(int partition) {
    Object stored = nodes.ask(partition, GET, Keys.rewrite(partition));
    return RewriteProgress.decode(stored == null ? null : text(stored));
  }

  @Override
  public Map<String, ErasureAccount> accounts(int partition) {
    var accounts = new TreeMap<String, ErasureAccount>();
    Replies.hash(nodes.ask(partition, HGETALL, Keys.erasures(partition)))
        .forEach(
            (erasure, stored) -> {
              ErasureAccount account = ErasureAccount.decode(erasure, text(stored));
              if (account != null) {
                accounts.put(erasure, account);
              }
            });
    return accounts;
  }

  @Override
  public @Nullable ErasureAccount account(int partition, String erasure) {
    Object stored = nodes.ask(partition, HGET, Keys.erasures(partition), bytes(erasure));
    return ErasureAccount.decode(erasure, stored == null ? null : text(stored));
  }

  @Override
  public void put(int partition, ErasureAccount account) {
    byte[] erasure = bytes(account.erasure());
    nodes.ask(partition, HSET, Keys.erasures(partition), erasure, bytes(account.encode()));
  }

  @Override
  public void remove(int partition, String erasure) {
    nodes.ask(partition, HDEL, Keys.erasures(partition), bytes(erasure));
  }

  @Override
  public RewriteStore rewrite(int partition) {
    return new RedisRewriteStore(nodes, fills, nodes.open(Integer.toString(partition)), partition);
  }
}
