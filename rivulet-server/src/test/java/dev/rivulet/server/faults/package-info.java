/** Whole server processes, killed and paused under load from clients that retry, then a recount. */
@NullMarked
package dev.rivulet.server.faults;

import org.jspecify.annotations.NullMarked;
