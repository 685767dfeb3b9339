package dev.rivulet.projects;

/** A key that is to be taken back is not there, or not any more. */
public final class UnknownKey extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownKey(String project, String id) {
    super(
        "project '"
            + project
            + "' has no key of the id '"
            + (id.length() > 40 ? id.substring(0, 40) + "…" : id)
            + "': GET /api/v1/projects/"
            + project
            + "/keys lists them");
  }
}
