package dev.rivulet.projects;

/**
 * A new key. Only its hash is stored, so this is the one time it can be shown.
 *
 * @param key the secret
 */
public record IssuedKey(String project, Role role, String key) {
  @Override
  public String toString() {
    return "IssuedKey[" + project + ", " + role + "]";
  }
}
