package dev.rivulet.projects;

/**
 * A new key. Only its hash is stored, so this is the one time it can be shown.
 *
 * @param id names it in lists and where it is taken back
 * @param key the secret
 */
public record IssuedKey(String id, Access access, String key) {
  @Override
  public String toString() {
    return "IssuedKey[" + id + ", " + access + "]";
  }
}
