package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.text;

import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.Erasing.Note;
import dev.rivulet.engine.Erasing.Place;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.event.EntryId;
import dev.rivulet.policies.ErasureAccount;
import dev.rivulet.policies.RewriteProgress;
import dev.rivulet.policies.RewriteStore;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rewrite of a log on Redis. Every change is a transaction that {@code WATCH}es the progress;
 * the swap watches the log and the copy too.
 */
final class RedisRewriteStore implements RewriteStore {
  private static final byte[] WATCH = bytes("WATCH");
  private static final byte[] UNWATCH = bytes("UNWATCH");
  private static final byte[] MULTI = bytes("MULTI");
  private static final byte[] EXEC = bytes("EXEC");
  private static final byte[] GET = bytes("GET");
  private static final byte[] SET = bytes("SET");
  private static final byte[] DEL = bytes("DEL");
  private static final byte[] UNLINK = bytes("UNLINK");
  private static final byte[] RENAME = bytes("RENAME");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HDEL = bytes("HDEL");
  private static final byte[] HMGET = bytes("HMGET");
  private static final byte[] XADD = bytes("XADD");
  private static final byte[] XLEN = bytes("XLEN");
  private static final byte[] XRANGE = bytes("XRANGE");
  private static final byte[] XTRIM = bytes("XTRIM");
  private static final byte[] XSETID = bytes("XSETID");
  private static final byte[] MINID = bytes("MINID");
  private static final byte[] COUNT = bytes("COUNT");
  private static final byte[] FIELD = bytes(LogEntry.FIELD);

  /** Below the part from which on the log is trimmed early: the copy must not bring that about. */
  private static final double MOST_MEMORY = 0.78;

  private static final long MEGABYTE = 1024 * 1024;

  private final RedisNodes nodes;
  private final FillStore fills;
  private final RedisConnection redis;
  private final int partition;
  private final byte[] log;
  private final byte[] copy;
  private final byte[] old;
  private final byte[] progress;

  RedisRewriteStore(RedisNodes nodes, FillStore fills, RedisConnection redis, int partition) {
    this.nodes = nodes;
    this.fills = fills;
    this.redis = redis;
    this.partition = partition;
    this.log = Keys.log(partition);
    this.copy = Keys.logCopy(partition);
    this.old = Keys.of(partition, "log", "old");
    this.progress = Keys.rewrite(partition);
  }

  @Override
  public @Nullable RewriteProgress guard() {
    redis.send(UNWATCH);
    redis.send(WATCH, progress);
    redis.send(GET, progress);
    redis.receive();
    redis.receive();
    Object stored = redis.receive();
    return RewriteProgress.decode(stored == null ? null : text(stored));
  }

  @Override
  public Map<String, Note> notes() {
    var erasing = new Erasing(partition);
    var reads = new Reads();
    erasing.load(reads);
    RedisReads.run(redis, reads);
    return Map.copyOf(erasing.notes());
  }

  @Override
  public @Nullable String obstacle(Place bound) {
    for (EntryId fill : fills.standing(partition)) {
      // One that has not begun leaves out who is being erased; one past the erasure forgot them.
      if (!fill.equals(EntryId.START) && fill.compareTo(bound.entry()) < 0) {
        return "a view that is being filled has to reach the erasure first";
      }
    }
    Memory memory = Memory.of(nodes, partition);
    if (memory.most() == 0) {
      return null;
    }
    long free = (long) (memory.most() * MOST_MEMORY) - memory.used();
    Object usage = redis.ask(bytes("MEMORY"), bytes("USAGE"), log, bytes("SAMPLES"), bytes(50));
    long needed = usage instanceof Long size ? size : 0;
    return needed <= free
        ? null
        : "a copy of the log takes "
            + (needed / MEGABYTE + 1)
            + " MB and only "
            + Math.max(0, free / MEGABYTE)
            + " MB are free of what maxmemory allows: give Redis more memory";
  }

  @Override
  public boolean isFull() {
    return Memory.of(nodes, partition).part() > MOST_MEMORY;
  }

  @Override
  public long length() {
    return redis.ask(XLEN, log) instanceof Long length ? length : 0;
  }

  @Override
  public List<LogEntry> entries(EntryId after, int most) {
    return LogEntry.list(
        redis.ask(XRANGE, log, bytes("(" + after), bytes("+"), COUNT, bytes(most)));
  }

  @Override
  public boolean restart(@Nullable RewriteProgress next) {
    try {
      var commands = new Commands();
      commands.add(UNLINK, copy);
      store(commands, next);
      return commands.run();
    } catch (NoRoom e) {
      // A full Redis takes no transaction. Whoever else is at it is fenced by the first of these.
      redis.ask(DEL, progress);
      redis.ask(UNLINK, copy);
      return false;
    }
  }

  @Override
  public boolean copy(List<LogEntry> entries, Collection<Place> gone, RewriteProgress next) {
    var commands = new Commands();
    append(commands, entries, gone);
    store(commands, next);
    return commands.run();
  }

  @Override
  public Tail guardLog(EntryId after, int most) {
    Map<String, Object> before = streamInfo();
    if (before.get("recorded-first-entry-id") instanceof byte[] first) {
      redis.ask(XTRIM, copy, MINID, first);
    }
    redis.ask(WATCH, log, copy);
    Map<String, Object> info = streamInfo();
    List<LogEntry> entries = entries(after, most);
    long copied = redis.ask(XLEN, copy) instanceof Long length ? length : 0;
    EntryId last =
        info.get("last-generated-id") instanceof byte[] id
            ? EntryId.parse(text(id))
            : EntryId.START;
    long length = info.get("length") instanceof Long count ? count : 0;
    // The first entries went in between: what the copy has of them is not in the log.
    boolean trimmed =
        !text(before.getOrDefault("recorded-first-entry-id", new byte[0]))
            .equals(text(info.getOrDefault("recorded-first-entry-id", new byte[0])));
    return trimmed ? guardLog(after, most) : new Tail(entries, last, length, copied);
  }

  @Override
  public boolean swap(
      Tail tail, List<LogEntry> rest, Collection<Place> gone, List<ErasureAccount> accounts) {
    var commands = new Commands();
    append(commands, rest, gone);
    if (tail.length() > 0) {
      commands.add(XSETID, copy, bytes(tail.last().toString()));
      commands.add(RENAME, log, old);
      commands.add(RENAME, copy, log);
      commands.add(UNLINK, old);
    } else {
      commands.add(UNLINK, copy);
    }
    List<byte[]> notes = new ArrayList<>(List.of(HDEL, Erasing.key(partition)));
    List<byte[]> pairs = new ArrayList<>(List.of(HSET, Keys.erasures(partition)));
    for (ErasureAccount account : accounts) {
      notes.add(bytes(account.erasure()));
      pairs.add(bytes(account.erasure()));
      pairs.add(bytes(account.encode()));
    }
    if (!accounts.isEmpty()) {
      commands.add(notes.toArray(new byte[0][]));
      commands.add(pairs.toArray(new byte[0][]));
    }
    commands.add(DEL, progress);
    return commands.run();
  }

  @Override
  public Map<String, ErasureAccount> accounts(Collection<String> erasures) {
    Map<String, ErasureAccount> accounts = new TreeMap<>();
    if (erasures.isEmpty()) {
      return accounts;
    }
    List<byte[]> words = new ArrayList<>(List.of(HMGET, Keys.erasures(partition)));
    erasures.forEach(erasure -> words.add(bytes(erasure)));
    List<?> stored = Replies.list(redis.ask(words.toArray(new byte[0][])));
    int place = 0;
    for (String erasure : erasures) {
      Object own = stored.get(place++);
      ErasureAccount account = ErasureAccount.decode(erasure, own == null ? null : text(own));
      if (account != null) {
        accounts.put(erasure, account);
      }
    }
    return accounts;
  }

  @Override
  public void close() {
    redis.close();
  }

  private void append(Commands commands, List<LogEntry> entries, Collection<Place> gone) {
    for (LogEntry entry : entries) {
      commands.add(XADD, copy, bytes(entry.id().toString()), FIELD, entry.batch());
    }
    if (!gone.isEmpty()) { // a reason may quote the record
      List<byte[]> words = new ArrayList<>(List.of(HDEL, Keys.poison(partition)));
      gone.forEach(place -> words.add(bytes(place.toString())));
      commands.add(words.toArray(new byte[0][]));
    }
  }

  private void store(Commands commands, @Nullable RewriteProgress next) {
    if (next == null) {
      commands.add(DEL, progress);
    } else {
      commands.add(SET, progress, bytes(next.encode()));
    }
  }

  /** What is told of the log, nothing when there is none. */
  private Map<String, Object> streamInfo() {
    Map<String, Object> info = new TreeMap<>();
    try {
      List<?> flat = Replies.list(redis.ask(bytes("XINFO"), bytes("STREAM"), log));
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        Object value = flat.get(i + 1);
        if (value != null) {
          info.put(text(flat.get(i)), value);
        }
      }
    } catch (RedisError e) {
      if (!String.valueOf(e.getMessage()).contains("no such key")) {
        throw e;
      }
    }
    return info;
  }

  /** One transaction. */
  private final class Commands {
    private final List<byte[][]> commands = new ArrayList<>();

    private void add(byte[]... words) {
      commands.add(words);
    }

    /**
     * @return false when what was guarded has changed
     */
    private boolean run() {
      redis.send(MULTI);
      commands.forEach(redis::send);
      redis.send(EXEC);
      List<@Nullable Object> replies = redis.receive(commands.size() + 2);
      Object executed = replies.get(replies.size() - 1);
      if (executed == null) {
        return false;
      }
      for (Object reply : replies) { // a command refused while queueing says more than EXECABORT
        if (reply instanceof RedisError refused) {
          if (refused.outOfMemory()) {
            throw new NoRoom("Redis has no memory for a copy of the log", refused);
          }
          throw refused;
        }
      }
      for (Object result : (List<?>) executed) {
        if (result instanceof RedisError error) {
          throw error;
        }
      }
      return true;
    }
  }
}
