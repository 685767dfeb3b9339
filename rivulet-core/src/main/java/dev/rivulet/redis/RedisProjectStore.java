package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.text;

import dev.rivulet.engine.Keys;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.ProjectStore;
import dev.rivulet.projects.StoredKey;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Two hashes: {@code rv:{0}:projects}, id to zone and sites, and {@code rv:{0}:keys}. */
final class RedisProjectStore implements ProjectStore {
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] HDEL = bytes("HDEL");
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
          Replies.hash(replies.get(0))
              .forEach((id, stored) -> projects.put(id, project(id, text(stored))));
          var keys = new TreeMap<String, StoredKey>();
          Replies.hash(replies.get(1))
              .forEach((hash, stored) -> keys.put(hash, StoredKeyText.read(text(stored))));
          return new Snapshot(projects, keys);
        });
  }

  @Override
  public void put(Project project) {
    String text = "1 " + project.timezone() + " " + String.join(" ", project.sites());
    set(PROJECTS, project.id(), text);
  }

  @Override
  public void putKey(String hash, StoredKey key) {
    set(KEYS, hash, StoredKeyText.write(key));
  }

  @Override
  public void removeKey(String hash) {
    nodes.<@Nullable Object>callIdempotent(
        "0",
        redis -> {
          Object removed = redis.ask(HDEL, KEYS, bytes(hash));
          redis.awaitReplica();
          return removed;
        });
  }

  private void set(byte[] key, String field, String value) {
    nodes.<@Nullable Object>callIdempotent(
        "0",
        redis -> {
          Object fields = redis.ask(HSET, key, bytes(field), bytes(value));
          redis.awaitReplica();
          return fields;
        });
  }

  private static Project project(String id, String text) {
    String[] words = text.trim().split(" ");
    List<String> sites = List.of(words).subList(2, words.length);
    return new Project(id, ZoneId.of(words[1]), sites);
  }
}
