/** What is kept, and for how long. */
@NullMarked
package dev.rivulet.policies;

import org.jspecify.annotations.NullMarked;
