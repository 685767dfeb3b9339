package dev.rivulet.projects;

/** A key cannot be made or taken back as things stand; the message says why and what to do. */
public final class KeyRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KeyRefused(String message) {
    super(message);
  }
}
