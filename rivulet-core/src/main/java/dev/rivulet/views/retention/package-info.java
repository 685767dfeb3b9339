/** Who came back: exact sets of people per day, week and month, and what follows from them. */
@NullMarked
package dev.rivulet.views.retention;

import org.jspecify.annotations.NullMarked;
