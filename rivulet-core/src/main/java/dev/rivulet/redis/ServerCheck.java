package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a server can be trusted with data that exists nowhere else. */
final class ServerCheck {
  private static final Logger log = LoggerFactory.getLogger(ServerCheck.class);
  private static final int LEAST_REDIS = 7;
  private static final int LEAST_VALKEY = 8;

  private ServerCheck() {}

  /**
   * Checks version, role, mode and eviction.
   *
   * @throws UnsuitableRedis saying what to change
   * @throws RedisUnavailable when it asks for a login that the address does not have, or is no
   *     primary any more though its cluster named it one
   */
  static void check(RedisConnection connection, boolean cluster) {
    var info = info(connection, "server", "memory", "replication");
    var node = connection.node();
    boolean valkey = info.containsKey("valkey_version");
    var version = info.getOrDefault(valkey ? "valkey_version" : "redis_version", "");
    if (!recentEnough(valkey, version)) {
      throw new UnsuitableRedis(
          "The server at %s is %s %s; Redis %d or newer, or Valkey %d or newer, is needed."
              .formatted(
                  node,
                  valkey ? "Valkey" : "Redis",
                  version.isEmpty() ? "of unknown version" : version,
                  LEAST_REDIS,
                  LEAST_VALKEY));
    }
    if (!cluster && info.getOrDefault("redis_mode", "").equals("cluster")) {
      throw new UnsuitableRedis(
          "The server at %s belongs to a cluster; write redis-cluster://%s.".formatted(node, node));
    }
    boolean replica = info.getOrDefault("role", "master").equals("slave");
    if (replica && cluster) {
      throw new RedisUnavailable(
          "The server at %s has just become a replica of %s:%s."
              .formatted(node, info.get("master_host"), info.get("master_port")));
    }
    if (replica) {
      throw new UnsuitableRedis(
          "The server at %s is a replica of %s:%s; name the primary, or use redis-sentinel://."
              .formatted(node, info.get("master_host"), info.get("master_port")));
    }
    // From INFO, not CONFIG, which hosted Redis often renames or refuses.
    var policy = info.get("maxmemory_policy");
    if (policy == null) {
      log.warn("Redis at {} does not tell its maxmemory-policy; it must be noeviction.", node);
    } else if (!policy.equals("noeviction")) {
      throw new UnsuitableRedis(
          "The server at %s has maxmemory-policy %s, which would delete data silently; set it to noeviction."
              .formatted(node, policy));
    }
  }

  static boolean recentEnough(boolean valkey, String version) {
    int dot = version.indexOf('.');
    try {
      int major = Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
      return major >= (valkey ? LEAST_VALKEY : LEAST_REDIS);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The fields of some sections of INFO. One command each: a list is refused before Redis 7. */
  static Map<String, String> info(RedisConnection connection, String... sections) {
    for (var section : sections) {
      connection.send(bytes("INFO"), bytes(section));
    }
    var fields = new HashMap<String, String>();
    for (var reply : connection.receive(sections.length)) {
      if (reply instanceof RedisError error && error.code().equals("NOAUTH")) {
        throw new RedisUnavailable(
            "Redis at %s asks for a login (%s); put user:password@ before the host in the address."
                .formatted(connection.node(), error.getMessage()));
      }
      if (reply instanceof RedisError error) {
        throw new UnsuitableRedis(
            "The server at %s refuses INFO (%s); allow it to this user."
                .formatted(connection.node(), error.getMessage()));
      }
      if (reply instanceof byte[] text) {
        for (var line : new String(text, StandardCharsets.UTF_8).split("\r?\n")) {
          int colon = line.indexOf(':');
          if (colon > 0) {
            fields.put(line.substring(0, colon), line.substring(colon + 1));
          }
        }
      }
    }
    return fields;
  }
}
