package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.view.Command;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MULTI, commands, EXEC, on a connection that watches what they depend on. One use. */
final class RedisTransaction {
  private static final byte[] MULTI = bytes("MULTI");
  private static final byte[] EXEC = bytes("EXEC");

  private final RedisConnection redis;
  private int commands;

  RedisTransaction(RedisConnection redis) {
    this.redis = redis;
    redis.send(MULTI);
  }

  void add(byte[]... words) {
    redis.send(words);
    commands++;
  }

  void add(Writes writes) {
    for (Command command : writes.commands()) {
      add(command.words());
    }
  }

  /**
   * @throws RedisError when the store takes none of it
   */
  CommitOutcome execute() {
    redis.send(EXEC);
    List<@Nullable Object> replies = redis.receive(commands + 2);
    Object executed = replies.get(replies.size() - 1);
    if (executed == null) {
      return new CommitOutcome.Fenced();
    }
    for (Object reply : replies) { // a command refused while queueing says more than EXECABORT
      if (reply instanceof RedisError refused) {
        throw refused;
      }
    }
    var errors = new ArrayList<String>();
    for (Object result : (List<?>) executed) {
      if (result instanceof RedisError error) {
        errors.add(String.valueOf(error.getMessage()));
      }
    }
    return errors.isEmpty() ? new CommitOutcome.Applied() : new CommitOutcome.Damaged(errors);
  }
}
