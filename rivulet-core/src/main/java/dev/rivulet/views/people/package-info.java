/** What is known of a person: the traits that identify calls stored. */
@NullMarked
package dev.rivulet.views.people;

import org.jspecify.annotations.NullMarked;
