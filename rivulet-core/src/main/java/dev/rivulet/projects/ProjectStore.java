package dev.rivulet.projects;

import java.util.Map;

/** Where projects and hashed keys are kept. Thread-safe. */
public interface ProjectStore {
  /** Everything stored: projects by id, and the access of each key by the hash of the key. */
  Snapshot load();

  /** Creates or replaces a project. */
  void put(Project project);

  /** Stores the hash of a key. */
  void putKey(String hash, Access access);

  /** Projects by id and accesses by the key's hash. */
  record Snapshot(Map<String, Project> projects, Map<String, Access> keys) {}
}
