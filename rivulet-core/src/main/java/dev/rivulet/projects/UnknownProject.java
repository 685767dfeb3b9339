package dev.rivulet.projects;

/** A question or an event names a project that does not exist. */
public final class UnknownProject extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownProject(String id) {
    super("there is no project '" + id + "': create it with PUT /api/v1/projects/" + id);
  }
}
