package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static java.util.Objects.requireNonNull;

import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import java.nio.charset.StandardCharsets;
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
    Object reply = ask(partition, HGETALL, key(partition));
    if (reply instanceof List<?> flat) {
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        pending.put(text(flat.get(i)), Integer.parseInt(text(flat.get(i + 1))));
      }
    }
    return pending;
  }

  @Override
  public int begin(int partition, String view, int atLeast) {
    // Counted for ever: a view that was taken away and comes back must not find its old state.
    // The first belongs to views that are there from the first event on.
    long generation;
    do {
      generation =
          1 + (Long) requireNonNull(ask(partition, HINCRBY, used(partition), bytes(view), ONE));
    } while (generation < atLeast);
    ask(partition, HSETNX, key(partition), bytes(view), bytes(generation));
    return pending(partition).getOrDefault(view, (int) generation);
  }

  @Override
  public void end(int partition, String view, int generation) {
    if (Integer.valueOf(generation).equals(pending(partition).get(view))) {
      ask(partition, HDEL, key(partition), bytes(view));
    }
    sweep(partition, view, generation);
  }

  @Override
  public @Nullable Offset offset(int partition) {
    return RedisFoldStore.decode((byte[]) ask(partition, GET, Keys.offset(partition)));
  }

  @Override
  public FoldStore fillFold(int partition, String view, int generation) {
    byte[] offset = Keys.fillOffset(partition, view, generation);
    return new RedisFoldStore(nodes.open(Integer.toString(partition)), partition, offset);
  }

  @Override
  public FoldStore mainFold(int partition) {
    byte[] offset = Keys.offset(partition);
    return new RedisFoldStore(nodes.open(Integer.toString(partition)), partition, offset);
  }

  /** Removes every key of older generations, which are no longer read, a page at a time. */
  private void sweep(int partition, String view, int generation) {
    String room = "rv:{" + partition + "}:" + view;
    byte[] pattern = bytes(room + "*");
    byte[] cursor = bytes("0");
    do {
      List<?> page =
          (List<?>) requireNonNull(ask(partition, SCAN, cursor, MATCH, pattern, COUNT, PAGE));
      cursor = (byte[]) page.get(0);
      for (Object key : (List<?>) page.get(1)) {
        if (isOlder(text(key).substring(room.length()), generation)) {
          ask(partition, UNLINK, (byte[]) key);
        }
      }
    } while (!text(cursor).equals("0"));
  }

  /**
   * @param rest what follows the view's name in a key: {@code :…} of the first generation, {@code
   *     ~7:…} of another, or letters of another view's name
   */
  private static boolean isOlder(String rest, int generation) {
    if (rest.startsWith(":")) {
      return generation > 1;
    }
    int colon = rest.indexOf(':');
    return rest.startsWith("~")
        && colon > 1
        && Integer.parseInt(rest.substring(1, colon)) < generation;
  }

  private static byte[] used(int partition) {
    return Keys.of(partition, "generations");
  }

  private static byte[] key(int partition) {
    return Keys.of(partition, "fills");
  }

  private static String text(@Nullable Object bytes) {
    return new String((byte[]) requireNonNull(bytes), StandardCharsets.UTF_8);
  }

  private @Nullable Object ask(int partition, byte[]... words) {
    return nodes.<@Nullable Object>callIdempotent(
        Integer.toString(partition),
        redis -> {
          redis.send(words);
          return redis.receive();
        });
  }
}
