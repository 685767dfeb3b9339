package dev.rivulet.redis;

import dev.rivulet.query.PartitionReader;
import dev.rivulet.view.Reads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pipeline per primary, on pooled connections. */
final class RedisPartitionReader implements PartitionReader {
  private final RedisNodes nodes;

  RedisPartitionReader(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public List<List<@Nullable Object>> read(List<Reads> reads) {
    Map<String, List<Integer>> byPrimary = new LinkedHashMap<>();
    for (int partition = 0; partition < reads.size(); partition++) {
      if (!reads.get(partition).isEmpty()) {
        String primary = nodes.primaryOf(Integer.toString(partition));
        byPrimary.computeIfAbsent(primary, node -> new ArrayList<>()).add(partition);
      }
    }
    List<List<@Nullable Object>> replies = new ArrayList<>();
    reads.forEach(own -> replies.add(List.of()));
    for (List<Integer> partitions : byPrimary.values()) {
      String tag = Integer.toString(partitions.get(0));
      nodes.callIdempotent(
          tag,
          redis -> {
            partitions.forEach(partition -> RedisReads.send(redis, reads.get(partition)));
            for (int partition : partitions) {
              replies.set(partition, RedisReads.receive(redis, reads.get(partition)));
            }
            return Boolean.TRUE;
          });
    }
    return moved(replies) ? readEach(reads) : replies;
  }

  /** A slot that moved meanwhile answers MOVED: refresh, and ask each partition for itself. */
  private List<List<@Nullable Object>> readEach(List<Reads> reads) {
    nodes.refresh();
    List<List<@Nullable Object>> replies = new ArrayList<>();
    for (int partition = 0; partition < reads.size(); partition++) {
      Reads own = reads.get(partition);
      replies.add(
          nodes.callIdempotent(
              Integer.toString(partition),
              redis -> {
                RedisReads.send(redis, own);
                return RedisReads.receive(redis, own);
              }));
    }
    return replies;
  }

  private static boolean moved(List<List<@Nullable Object>> replies) {
    for (List<@Nullable Object> own : replies) {
      for (Object reply : own) {
        if (reply instanceof RedisError error && error.moved()) {
          return true;
        }
      }
    }
    return false;
  }
}
