package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.policies.Disk;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The append-only files of the embedded Redis; it keeps no others. */
final class RedisDisk implements Disk {
  private static final long LOOK_MILLIS = 100;
  private static final Pattern BUSY = Pattern.compile("(?m)^aof_rewrite_(in_progress|scheduled):1");
  private static final Pattern FINE = Pattern.compile("(?m)^aof_last_bgrewrite_status:ok");

  private final RedisNodes nodes;

  RedisDisk(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void compact() {
    awaitIdle(); // a rewrite under way began before, and holds what was there then
    nodes.call("0", redis -> redis.ask(bytes("BGREWRITEAOF")));
    String told = awaitIdle();
    if (!FINE.matcher(told).find()) {
      throw new IllegalStateException("Redis could not rewrite its append-only file: " + told);
    }
  }

  private String awaitIdle() {
    while (true) {
      byte[] info = (byte[]) nodes.ask(0, bytes("INFO"), bytes("persistence"));
      String told = info == null ? "" : new String(info, StandardCharsets.UTF_8);
      if (!BUSY.matcher(told).find()) {
        return told;
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while Redis rewrote its files", e);
      }
    }
  }
}
