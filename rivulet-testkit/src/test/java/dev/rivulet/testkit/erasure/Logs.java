package dev.rivulet.testkit.erasure;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.policies.ErasureAccount.State;
import dev.rivulet.policies.ErasureStore;
import dev.rivulet.policies.Rewrite;
import dev.rivulet.policies.Rewrite.Step;
import dev.rivulet.policies.RewriteStore;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.view.LogEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of partition 0, past Rivulet: its entries, and its rewrite step by step. */
final class Logs implements AutoCloseable {
  static final String PROJECT = "default";

  private final RedisNodes nodes;
  private final ErasureStore erasures;
  private long clock = System.currentTimeMillis() - 60_000;

  Logs(RedisAddress address) {
    this.nodes = RedisNodes.connect(address);
    this.erasures = RedisStores.erasures(nodes);
  }

  RedisNodes nodes() {
    return nodes;
  }

  ErasureStore erasures() {
    return erasures;
  }

  long clock() {
    return clock;
  }

  Event visit(String user) {
    return event(Kind.EVENT, "visit", user, Properties.NONE);
  }

  Event erasure(String user) {
    return event(Kind.ERASURE, "erasure", user, Properties.NONE);
  }

  Event event(Kind kind, String name, String user, Properties properties) {
    clock++;
    String id = UUID.randomUUID().toString();
    return new Event(PROJECT, kind, name, user, id, clock, clock, properties);
  }

  /** Entries of one to four events of 20 people, one of them the person. */
  void populate(RivuletDriver driver, String gone, Random random, int entries) {
    for (int i = 0; i < entries; i++) {
      List<Event> batch = new ArrayList<>();
      for (int j = 0; j <= random.nextInt(4); j++) {
        int person = random.nextInt(20);
        String user = person == 0 ? gone : "person-" + person;
        Properties properties = Properties.of(Map.of("mail", user, "n", random.nextInt(9)));
        batch.add(event(Kind.EVENT, "visit", user, properties));
      }
      driver.append(batch);
    }
    driver.append(List.of(visit(gone)));
    driver.foldAll();
  }

  /** Appends one entry of any bytes. */
  void add(byte[] entry) {
    ask("XADD", Keys.log(0), bytes("*"), bytes(LogEntry.FIELD), entry);
  }

  List<LogEntry> entries() {
    return LogEntry.list(ask("XRANGE", Keys.log(0), bytes("-"), bytes("+")));
  }

  /** Every record that can be read, with its place. */
  List<String> records() {
    List<String> records = new ArrayList<>();
    for (LogEntry entry : entries()) {
      try {
        List<Event> events = RecordBatch.decode(entry.batch());
        for (int i = 0; i < events.size(); i++) {
          Event event = events.get(i);
          records.add(entry.id() + "/" + i + " " + event.kind() + " " + event.user());
        }
      } catch (RecordBatch.CorruptEntry e) {
        records.add(entry.id() + " unreadable");
      }
    }
    return records;
  }

  @Nullable Object ask(String command, byte[]... words) {
    return nodes.<@Nullable Object>call(
        "0",
        redis -> {
          byte[][] all = new byte[words.length + 1][];
          all[0] = bytes(command);
          System.arraycopy(words, 0, all, 1, words.length);
          redis.send(all);
          return redis.receive();
        });
  }

  RewriteStore open() {
    return erasures.rewrite(0);
  }

  Rewrite rewrite(RewriteStore store) {
    return new Rewrite(0, store, State.DONE, InstantSource.system());
  }

  /** Rewrites the log until there is nothing to do; returns the last thing that was done. */
  Step rewriteAll() {
    try (RewriteStore store = open()) {
      Rewrite rewrite = rewrite(store);
      Step last = Step.NOTHING;
      while (true) {
        Step step = rewrite.step();
        if (step == Step.NOTHING || step == Step.WAITING) {
          return step == Step.WAITING ? step : last;
        }
        last = step;
      }
    }
  }

  /** Where anything is left of a person. */
  List<String> search(String user) {
    return nodes.call("0", redis -> ByteSearch.of(redis, PROJECT, user));
  }

  @Override
  public void close() {
    nodes.close();
  }
}
