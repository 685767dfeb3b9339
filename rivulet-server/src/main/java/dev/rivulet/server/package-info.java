/**
 * The server: settings, start and stop. What it speaks is in {@code http}, the commands in {@code
 * cli}.
 */
@NullMarked
package dev.rivulet.server;

import org.jspecify.annotations.NullMarked;
