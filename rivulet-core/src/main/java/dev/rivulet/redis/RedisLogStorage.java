package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import dev.rivulet.policies.LogStorage;
import dev.rivulet.view.LogEntry;
import java.util.ArrayList;
import java.util.List;

/** Trims streams with XTRIM MINID, never past what the slowest fold has folded. */
final class RedisLogStorage implements LogStorage {
  private static final byte[] SET = bytes("SET");
  private static final byte[] XLEN = bytes("XLEN");
  private static final byte[] XRANGE = bytes("XRANGE");
  private static final byte[] XTRIM = bytes("XTRIM");
  private static final byte[] MINID = bytes("MINID");
  private static final byte[] HDEL = bytes("HDEL");
  private static final byte[] COUNT = bytes("COUNT");
  private static final int MOST_ENTRIES = 20_000;

  private final RedisNodes nodes;
  private final FillStore fills;

  RedisLogStorage(RedisNodes nodes, FillStore fills) {
    this.nodes = nodes;
    this.fills = fills;
  }

  @Override
  public double memoryUsed(int partition) {
    return Memory.of(nodes, partition).part();
  }

  @Override
  public long trimOldest(int partition, double part) {
    EntryId folded = slowestFold(partition);
    long entries =
        nodes.ask(partition, XLEN, Keys.log(partition)) instanceof Long length ? length : 0;
    int wanted = (int) Math.min(MOST_ENTRIES, Math.max(1, Math.round(entries * part)));
    // Ids come with their batches, so a page of a few tells where a longer stretch begins.
    List<byte[]> gone = new ArrayList<>();
    EntryId first = EntryId.START;
    while (gone.size() < wanted) {
      List<EntryId> page = ids(partition, first, Math.min(100, wanted - gone.size()));
      if (page.isEmpty() || page.get(0).compareTo(folded) > 0) {
        break;
      }
      for (EntryId id : page) {
        if (id.compareTo(folded) <= 0) {
          gone.add(bytes(id.toString()));
          first = id.next();
        }
      }
    }
    if (gone.isEmpty()) {
      return 0;
    }
    boolean noted = noteTrimmed(partition, first);
    byte[] from = bytes(first.toString());
    Object removed = nodes.ask(partition, XTRIM, Keys.log(partition), MINID, from);
    if (!noted) {
      noteTrimmed(partition, first);
    }
    forgetDropped(partition, gone);
    return removed instanceof Long count ? count : 0;
  }

  /** Returns false when the store is full: it then takes nothing before something is removed. */
  private boolean noteTrimmed(int partition, EntryId first) {
    try {
      nodes.ask(partition, SET, Keys.trimmed(partition), bytes(first.toString()));
      return true;
    } catch (RedisError e) {
      if (e.outOfMemory()) {
        return false;
      }
      throw e;
    }
  }

  /** Everything up to here has been folded by the worker and by every fill under way. */
  private EntryId slowestFold(int partition) {
    Offset main = fills.offset(partition);
    EntryId slowest = main == null ? EntryId.START : main.entry();
    for (EntryId reached : fills.standing(partition)) {
      slowest = reached.compareTo(slowest) < 0 ? reached : slowest;
    }
    return slowest;
  }

  private List<EntryId> ids(int partition, EntryId from, int count) {
    Object reply =
        nodes.ask(
            partition,
            XRANGE,
            Keys.log(partition),
            bytes(from.toString()),
            bytes("+"),
            COUNT,
            bytes(count));
    List<EntryId> ids = new ArrayList<>();
    LogEntry.list(reply).forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  private void forgetDropped(int partition, List<byte[]> entries) {
    for (int from = 0; from < entries.size(); from += 500) {
      List<byte[]> page = entries.subList(from, Math.min(from + 500, entries.size()));
      byte[][] words = new byte[page.size() + 2][];
      words[0] = HDEL;
      words[1] = Keys.of(partition, "dropped");
      for (int i = 0; i < page.size(); i++) {
        words[i + 2] = page.get(i);
      }
      nodes.ask(partition, words);
    }
  }
}
