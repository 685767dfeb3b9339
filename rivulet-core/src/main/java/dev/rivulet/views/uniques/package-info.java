/** How many people: exact sets per hour and day of the project's time zone. */
@NullMarked
package dev.rivulet.views.uniques;

import org.jspecify.annotations.NullMarked;
