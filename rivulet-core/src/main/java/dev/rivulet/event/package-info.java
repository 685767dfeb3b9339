/** What happened: events, their properties and the limits they keep to. Records without I/O. */
@NullMarked
package dev.rivulet.event;

import org.jspecify.annotations.NullMarked;
