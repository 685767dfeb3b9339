/**
 * Proves views: a synchronous driver with crash points, naive recounts and the contract of a view.
 */
@NullMarked
package dev.rivulet.testkit;

import org.jspecify.annotations.NullMarked;
