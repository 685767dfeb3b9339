/** How many people are here now: those with an event in the last five minutes. */
@NullMarked
package dev.rivulet.views.online;

import org.jspecify.annotations.NullMarked;
