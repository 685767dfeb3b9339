/** How many events per property value: bounded by Space-Saving, tail included. */
@NullMarked
package dev.rivulet.views.breakdowns;

import org.jspecify.annotations.NullMarked;
