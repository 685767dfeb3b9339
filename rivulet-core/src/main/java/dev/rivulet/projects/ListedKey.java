package dev.rivulet.projects;

/**
 * A key as it may be shown.
 *
 * @param id names it where it is taken back; tells nothing about the key
 * @param revocable false for a key of this node's settings
 */
public record ListedKey(String id, StoredKey key, boolean revocable) {}
