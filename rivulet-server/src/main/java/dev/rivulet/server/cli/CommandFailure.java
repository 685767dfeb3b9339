package dev.rivulet.server.cli;

/**
 * A command that could not do all it was asked. The message is for a person: what went wrong, and
 * what to do about it. It becomes exit status 1.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
