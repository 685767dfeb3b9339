package dev.rivulet.redis;

import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs gathered reads as one pipeline. */
final class RedisReads {
  private RedisReads() {}

  /**
   * @throws RedisError the first refused read
   */
  static void run(RedisConnection redis, Reads reads) {
    send(redis, reads);
    reads.deliver(receive(redis, reads));
  }

  static void send(RedisConnection redis, Reads reads) {
    for (Command command : reads.commands()) {
      redis.send(command.words());
    }
  }

  static List<@Nullable Object> receive(RedisConnection redis, Reads reads) {
    return redis.receive(reads.commands().size());
  }
}
