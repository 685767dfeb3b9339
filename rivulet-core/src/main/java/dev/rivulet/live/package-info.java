/** What changed, pushed to whoever watches. */
@NullMarked
package dev.rivulet.live;

import org.jspecify.annotations.NullMarked;
