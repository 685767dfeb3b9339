/** How many events: per minute and quarter-hour, in every time zone. */
@NullMarked
package dev.rivulet.views.counts;

import org.jspecify.annotations.NullMarked;
