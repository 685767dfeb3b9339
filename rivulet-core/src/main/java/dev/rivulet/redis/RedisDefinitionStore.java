package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.text;

import dev.rivulet.definitions.Contents;
import dev.rivulet.definitions.DefinitionStore;
import dev.rivulet.definitions.Registered;
import dev.rivulet.definitions.Registry;
import dev.rivulet.definitions.Revision;
import dev.rivulet.engine.CommitOutcome.Applied;
import dev.rivulet.engine.CommitOutcome.Damaged;
import dev.rivulet.engine.Keys;
import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A hash for each registry, {@code rv:{0}:definitions:<room>:<project>}: name to what is defined,
 * and under the empty name the last revision; and the hash {@code rv:{0}:definitions} with the
 * number of changes of each.
 */
final class RedisDefinitionStore implements DefinitionStore {
  private static final byte[] WATCH = bytes("WATCH");
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HDEL = bytes("HDEL");
  private static final byte[] HINCRBY = bytes("HINCRBY");
  private static final byte[] CHANGES = Keys.of(0, "definitions");
  private static final byte[] LAST = new byte[0];
  private static final byte FORMAT = 1;
  private static final int MOST_TRIES = 100;

  private final RedisNodes nodes;

  RedisDefinitionStore(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public Map<Registry, Long> changes() {
    Map<Registry, Long> changes = new HashMap<>();
    Replies.hash(nodes.ask(0, HGETALL, CHANGES))
        .forEach(
            (field, count) -> {
              int slash = field.indexOf('/'); // no room has one in its name
              var registry = new Registry(field.substring(slash + 1), field.substring(0, slash));
              changes.put(registry, Long.valueOf(text(count)));
            });
    return changes;
  }

  @Override
  public Contents load(Registry registry) {
    return contents(nodes.ask(0, HGETALL, key(registry)));
  }

  @Override
  public Contents edit(Registry registry, UnaryOperator<Contents> edit) {
    try {
      return tryEdit(registry, edit);
    } catch (RedisError e) {
      if (!e.asksForRefresh()) {
        throw e;
      }
      nodes.refresh(); // the slot has moved, and nothing was changed
      return tryEdit(registry, edit);
    }
  }

  private Contents tryEdit(Registry registry, UnaryOperator<Contents> edit) {
    try (RedisConnection redis = nodes.open("0")) {
      for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
        redis.ask(WATCH, key(registry));
        Contents before = contents(redis.ask(HGETALL, key(registry)));
        Contents after = edit.apply(before);
        if (after.equals(before)) {
          return after;
        }
        if (store(redis, registry, before, after)) {
          redis.awaitReplica();
          return after;
        }
      }
    }
    throw new RedisUnavailable(
        "Many are changing the definitions of %s in project %s; try again."
            .formatted(registry.room(), registry.project()));
  }

  /** Returns false when somebody else was quicker. */
  private static boolean store(
      RedisConnection redis, Registry registry, Contents before, Contents after) {
    var transaction = new RedisTransaction(redis);
    byte[] key = key(registry);
    transaction.add(HSET, key, LAST, bytes(after.lastRevision()));
    after
        .names()
        .forEach(
            (name, registered) -> {
              if (!registered.equals(before.names().get(name))) {
                transaction.add(HSET, key, bytes(name), encode(registered));
              }
            });
    for (String name : before.names().keySet()) {
      if (!after.names().containsKey(name)) {
        transaction.add(HDEL, key, bytes(name));
      }
    }
    byte[] field = bytes(registry.room() + "/" + registry.project());
    transaction.add(HINCRBY, CHANGES, field, bytes(1));
    var outcome = transaction.execute();
    if (outcome instanceof Damaged damaged) {
      throw new IllegalStateException("definitions were stored in part: " + damaged.errors());
    }
    return outcome instanceof Applied;
  }

  private static Contents contents(@Nullable Object reply) {
    var names = new TreeMap<String, Registered>();
    int last = 0;
    for (var field : Replies.hash(reply).entrySet()) {
      if (field.getKey().isEmpty()) {
        last = Integer.parseInt(text(field.getValue()));
      } else {
        names.put(field.getKey(), decode(field.getKey(), field.getValue()));
      }
    }
    return new Contents(last, names);
  }

  private static byte[] encode(Registered registered) {
    var out = new ByteWriter(256);
    out.oneByte(FORMAT);
    out.oneByte((registered.live() != null ? 1 : 0) + (registered.building() != null ? 2 : 0));
    for (Revision revision : registered.revisions()) {
      out.varint(revision.number());
      out.varint(revision.version());
      out.zigzag(revision.completeFrom());
      out.text(revision.body());
    }
    return out.toBytes();
  }

  private static Registered decode(String name, byte[] stored) {
    if (stored[0] != FORMAT) {
      throw new IllegalStateException(
          "definitions are stored in format " + stored[0] + ", this version reads " + FORMAT);
    }
    var in = new ByteReader(stored, 1);
    int which = in.oneByte();
    List<Revision> revisions = new ArrayList<>();
    while (!in.isAtEnd()) {
      int number = in.varint();
      int version = in.varint();
      long completeFrom = in.zigzag();
      revisions.add(new Revision(number, version, in.text(), completeFrom));
    }
    Revision live = (which & 1) == 0 ? null : revisions.get(0);
    Revision building = (which & 2) == 0 ? null : revisions.get(revisions.size() - 1);
    return new Registered(name, live, building);
  }

  private static byte[] key(Registry registry) {
    return Keys.of(0, "definitions", registry.room(), registry.project());
  }
}
