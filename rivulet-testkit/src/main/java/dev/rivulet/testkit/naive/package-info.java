/**
 * The naive twins of the numbers about people: funnels, sessions, retention, stickiness, lifecycle,
 * timelines. They recount a plain list of events as the definitions say it, by brute force, and
 * share nothing with the views; a fast answer must equal theirs. Meant for small cases: some of
 * them try every way in which a person's events can be taken.
 */
@NullMarked
package dev.rivulet.testkit.naive;

import org.jspecify.annotations.NullMarked;
