package dev.rivulet.projects;

import java.util.Map;

/** Where projects and hashed keys are kept. Thread-safe. */
public interface ProjectStore {
  /** Everything stored: projects by id, and what is kept of each key by the hash of the key. */
  Snapshot load();

  /** Creates or replaces a project. */
  void put(Project project);

  /** Stores the hash of a key. */
  void putKey(String hash, StoredKey key);

  /** Forgets keys by their hashes. */
  void removeKey(String hash);

  /** Projects by id and keys by their hash. */
  record Snapshot(Map<String, Project> projects, Map<String, StoredKey> keys) {}
}
