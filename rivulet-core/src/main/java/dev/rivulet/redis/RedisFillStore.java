package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.text;
import static java.util.Objects.requireNonNull;

import dev.rivulet.engine.DefinitionFillStore;
import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Installed;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is being filled, as a small hash per partition. */
final class RedisFillStore implements FillStore {
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] HSETNX = bytes("HSETNX");
  private static final byte[] HINCRBY = bytes("HINCRBY");
  private static final byte[] ONE = bytes(1);
  private static final byte[] HDEL = bytes("HDEL");
  private static final byte[] HMGET = bytes("HMGET");
  private static final byte[] GET = bytes("GET");
  private static final byte[] SCAN = bytes("SCAN");
  private static final byte[] MATCH = bytes("MATCH");
  private static final byte[] COUNT = bytes("COUNT");
  private static final byte[] UNLINK = bytes("UNLINK");
  private static final byte[] PAGE = bytes(500);

  private final RedisNodes nodes;

  RedisFillStore(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public Map<String, Integer> pending(int partition) {
    var pending = new TreeMap<String, Integer>();
    Replies.hash(nodes.ask(partition, HGETALL, key(partition)))
        .forEach((view, generation) -> pending.put(view, Integer.valueOf(text(generation))));
    return pending;
  }

  @Override
  public int begin(int partition, String view, int atLeast) {
    // Counted for ever: a view that was taken away and comes back must not find its old state.
    // The first belongs to views that are there from the first event on.
    long generation;
    do {
      Object used = nodes.ask(partition, HINCRBY, used(partition), bytes(view), ONE);
      generation = 1 + (Long) requireNonNull(used);
    } while (generation < atLeast);
    nodes.ask(partition, HSETNX, key(partition), bytes(view), bytes(generation));
    return pending(partition).getOrDefault(view, (int) generation);
  }

  /** Sweeps first: while the fill is still noted, a killed process does so again. */
  @Override
  public void end(int partition, String view, int generation) {
    if (generation > 1) {
      sweep(partition, view, generation);
    }
    if (Integer.valueOf(generation).equals(pending(partition).get(view))) {
      nodes.ask(partition, HDEL, key(partition), bytes(view));
    }
  }

  @Override
  public @Nullable Offset offset(int partition) {
    return RedisFoldStore.decode((byte[]) nodes.ask(partition, GET, Keys.offset(partition)));
  }

  @Override
  public List<EntryId> standing(int partition) {
    List<EntryId> entries = new ArrayList<>();
    pending(partition)
        .forEach(
            (view, generation) -> {
              byte[] key = Keys.fillOffset(partition, view, generation);
              Offset offset = RedisFoldStore.decode((byte[]) nodes.ask(partition, GET, key));
              entries.add(offset == null ? EntryId.START : offset.entry());
            });
    byte[] book = (byte[]) nodes.ask(partition, GET, Keys.filling(partition));
    RedisDefinitionFillStore.decode(book).groups().forEach(group -> entries.add(group.entry()));
    return entries;
  }

  /** An erasure that begins or ends makes it read again: what it has read may be of the erased. */
  @Override
  public FoldStore fillFold(int partition, String view, int generation) {
    byte[] offset = Keys.fillOffset(partition, view, generation);
    return new RedisFoldStore(
        nodes.open(Integer.toString(partition)), partition, offset, Erasing.key(partition));
  }

  @Override
  public DefinitionFillStore definitionFill(int partition) {
    return new RedisDefinitionFillStore(nodes.open(Integer.toString(partition)), partition);
  }

  @Override
  public Map<String, Installed> installed(int partition, List<String> ids) {
    List<byte[]> command = new ArrayList<>(List.of(HMGET, Keys.defined(partition)));
    ids.forEach(id -> command.add(bytes(id)));
    Map<String, Installed> found = new TreeMap<>();
    for (Object stored : Replies.list(nodes.ask(partition, command.toArray(new byte[0][])))) {
      if (stored != null) {
        Installed installed = Installed.decode((byte[]) stored);
        found.put(installed.id(), installed);
      }
    }
    return found;
  }

  @Override
  public FoldStore mainFold(int partition) {
    byte[] offset = Keys.offset(partition);
    return new RedisFoldStore(nodes.open(Integer.toString(partition)), partition, offset);
  }

  /** Removes every key of a view's generations before {@code kept}, a page at a time. */
  private void sweep(int partition, String view, int kept) {
    String room = "rv:{" + partition + "}:" + view;
    byte[] pattern = bytes(room + "[:~]*");
    byte[] cursor = bytes("0");
    do {
      List<?> page = Replies.list(nodes.ask(partition, SCAN, cursor, MATCH, pattern, COUNT, PAGE));
      cursor = (byte[]) page.get(0);
      List<byte[]> command = new ArrayList<>(List.of(UNLINK));
      for (Object key : Replies.list(page.get(1))) {
        if (generation(text(key).substring(room.length())) < kept) {
          command.add((byte[]) key);
        }
      }
      if (command.size() > 1) {
        nodes.ask(partition, command.toArray(new byte[0][]));
      }
    } while (!text(cursor).equals("0"));
  }

  /**
   * The generation that a key names behind its view: {@code :…} the first, {@code ~7:…} the 7th.
   */
  private static int generation(String rest) {
    int end = rest.indexOf(':');
    return rest.charAt(0) == ':' ? 1 : Integer.parseInt(rest.substring(1, end));
  }

  private static byte[] used(int partition) {
    return Keys.of(partition, "generations");
  }

  private static byte[] key(int partition) {
    return Keys.of(partition, "fills");
  }
}
