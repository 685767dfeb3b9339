package dev.rivulet.definitions;

/** Where a set of definitions belongs: names are unique in one. */
public record Registry(String project, String room) {}
