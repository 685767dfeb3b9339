package dev.rivulet.view;

/**
 * What somebody asked a view to keep up to date from now on, for example a funnel. Immutable; a
 * change makes another revision, which is filled from the log beside the one that answers.
 *
 * @param project the project it belongs to
 * @param name its name, unique in the project and the view
 * @param revision its number, unique in the project and the view and never used again; part of the
 *     keys of its state
 * @param body the view's own JSON
 */
public record Definition(String project, String name, int revision, String body) {}
