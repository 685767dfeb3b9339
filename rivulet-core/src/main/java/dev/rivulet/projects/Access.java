package dev.rivulet.projects;

import org.jspecify.annotations.Nullable;

/**
 * What a key is good for: one role in one project, or less.
 *
 * @param board the one board that a read key reads, with what its tiles ask; null when the key
 *     reads everything
 */
public record Access(String project, Role role, @Nullable String board) {
  /**
   * @throws IllegalArgumentException when a board is named for another role than {@link Role#READ}
   */
  public Access {
    if (board != null && role != Role.READ) {
      throw new IllegalArgumentException(
          "a " + role.word() + " key is of a whole project: only a read key can be of one board");
    }
  }

  public Access(String project, Role role) {
    this(project, role, null);
  }
}
