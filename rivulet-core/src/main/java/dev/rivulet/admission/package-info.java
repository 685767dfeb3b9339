/** The gate: named steps that admit an event or refuse it with a reason from a closed set. */
@NullMarked
package dev.rivulet.admission;

import org.jspecify.annotations.NullMarked;
