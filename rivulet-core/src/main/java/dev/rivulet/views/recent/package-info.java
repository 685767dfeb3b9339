/** The newest events, as postings into the log. */
@NullMarked
package dev.rivulet.views.recent;

import org.jspecify.annotations.NullMarked;
