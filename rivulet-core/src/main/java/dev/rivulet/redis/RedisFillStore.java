package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

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
  private static final byte[] HSET = bytes("HSET");
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
  public void begin(int partition, String view, int generation) {
    ask(partition, HSET, key(partition), bytes(view), bytes(generation));
  }

  @Override
  public void end(int partition, String view, int generation) {
    ask(partition, HDEL, key(partition), bytes(view));
    for (int old = 1; old < generation; old++) {
      sweep(partition, old == 1 ? view : view + "~" + old);
    }
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

  /** Removes every key of a room that is no longer read, a page at a time. */
  private void sweep(int partition, String room) {
    byte[] pattern = bytes("rv:{" + partition + "}:" + room + ":*");
    byte[] cursor = bytes("0");
    do {
      List<?> page =
          (List<?>)
              java.util.Objects.requireNonNull(
                  ask(partition, SCAN, cursor, MATCH, pattern, COUNT, PAGE));
      cursor = (byte[]) page.get(0);
      for (Object key : (List<?>) page.get(1)) {
        ask(partition, UNLINK, (byte[]) key);
      }
    } while (!text(cursor).equals("0"));
  }

  private static byte[] key(int partition) {
    return Keys.of(partition, "fills");
  }

  private static String text(@Nullable Object bytes) {
    return new String((byte[]) java.util.Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
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
