/** Real Redis servers and clusters for tests: started, killed, paused, moved, always stopped. */
@NullMarked
package dev.rivulet.testkit.redis;

import org.jspecify.annotations.NullMarked;
