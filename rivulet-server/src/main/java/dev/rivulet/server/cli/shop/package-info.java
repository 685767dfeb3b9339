/**
 * A simulated shop for the demonstration: a week of history and live visitors, sent through the
 * public HTTP interface like any client's events. All of it follows from a seed and the clock.
 */
@NullMarked
package dev.rivulet.server.cli.shop;

import org.jspecify.annotations.NullMarked;
