package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.projects.Access;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.ProjectStore;
import dev.rivulet.projects.Role;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two hashes: {@code rv:{0}:projects}, id to zone and sites, and {@code rv:{0}:keys}. */
final class RedisProjectStore implements ProjectStore {
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] PROJECTS = Keys.of(0, "projects");
  private static final byte[] KEYS = Keys.of(0, "keys");

  private final RedisNodes nodes;

  RedisProjectStore(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public Snapshot load() {
    return nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(HGETALL, PROJECTS);
          redis.send(HGETALL, KEYS);
          List<@Nullable Object> replies = redis.receive(2);
          var projects = new TreeMap<String, Project>();
          texts(replies.get(0)).forEach((id, text) -> projects.put(id, project(id, text)));
          var keys = new TreeMap<String, Access>();
          texts(replies.get(1)).forEach((hash, text) -> keys.put(hash, access(text)));
          return new Snapshot(projects, keys);
        });
  }

  @Override
  public void put(Project project) {
    String text = "1 " + project.timezone() + " " + String.join(" ", project.sites());
    set(PROJECTS, project.id(), text);
  }

  @Override
  public void putKey(String hash, Access access) {
    set(KEYS, hash, "1 " + access.project() + " " + access.role().word());
  }

  private void set(byte[] key, String field, String value) {
    nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(HSET, key, bytes(field), bytes(value));
          return redis.receive();
        });
  }

  private static Project project(String id, String text) {
    String[] words = text.trim().split(" ");
    List<String> sites = List.of(words).subList(2, words.length);
    return new Project(id, ZoneId.of(words[1]), sites);
  }

  private static Access access(String text) {
    String[] words = text.split(" ");
    return new Access(words[1], Role.valueOf(words[2].toUpperCase(Locale.ROOT)));
  }

  private static Map<String, String> texts(@Nullable Object reply) {
    if (reply instanceof RedisError error) {
      throw error;
    }
    var map = new TreeMap<String, String>();
    if (reply instanceof List<?> flat) {
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        map.put(text(flat.get(i)), text(flat.get(i + 1)));
      }
    }
    return map;
  }

  private static String text(@Nullable Object bytes) {
    return new String((byte[]) java.util.Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
  }
}
