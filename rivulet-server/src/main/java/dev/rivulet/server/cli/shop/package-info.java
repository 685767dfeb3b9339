/**
 * A simulated shop for the demonstration: weeks of history, live visitors and the three nodes it
 * runs on, sent through the public HTTP interface as any client would. All of it follows from a
 * seed and the clock.
 */
@NullMarked
package dev.rivulet.server.cli.shop;

import org.jspecify.annotations.NullMarked;
