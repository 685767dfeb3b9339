package dev.rivulet.server.http;

import dev.rivulet.projects.Role;

/** Which keys open a route. The admin key opens every door. */
enum Door {
  /** Needs no key. */
  OPEN("no key"),
  INGEST("the write key or the admin key"),
  READ("the read key or the admin key"),
  ADMIN("the admin key");

  private final String opener;

  Door(String opener) {
    this.opener = opener;
  }

  /** What opens it, in words. */
  String opener() {
    return opener;
  }

  boolean opensFor(Role role) {
    return switch (this) {
      case OPEN -> true;
      case INGEST -> role == Role.WRITE || role == Role.ADMIN;
      case READ -> role == Role.READ || role == Role.ADMIN;
      case ADMIN -> role == Role.ADMIN;
    };
  }
}
