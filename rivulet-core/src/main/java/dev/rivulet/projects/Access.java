package dev.rivulet.projects;

/** What a key is good for: one role in one project. */
public record Access(String project, Role role) {}
