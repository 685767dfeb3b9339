package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.measure.KindStore;
import dev.rivulet.measure.MetricKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A hash per project, {@code rv:{0}:kinds:<project>}: metric to the word of its kind. */
final class RedisKindStore implements KindStore {
  private static final byte[] HSETNX = bytes("HSETNX");
  private static final byte[] HGET = bytes("HGET");
  private static final byte[] HLEN = bytes("HLEN");

  /** Metrics of a project whose kind is kept; later ones may change theirs. */
  private static final long MOST = 10_000;

  private final RedisNodes nodes;

  RedisKindStore(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public MetricKind settle(String project, String metric, MetricKind said) {
    byte[] key = Keys.of(0, "kinds", project);
    byte[] field = bytes(metric);
    return nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(HGET, key, field);
          redis.send(HLEN, key);
          List<@Nullable Object> found = redis.receive(2);
          Object known = found.get(0);
          if (known == null && found.get(1) instanceof Long kept && kept < MOST) {
            redis.send(HSETNX, key, field, bytes(said.word()));
            redis.send(HGET, key, field);
            known = redis.receive(2).get(1);
            redis.awaitReplica();
          }
          if (known instanceof RedisError refused) {
            throw refused;
          }
          MetricKind kind = known == null ? null : MetricKind.of(Replies.text(known));
          return kind == null ? said : kind;
        });
  }
}
