/** The log of record: partitioned, append-only record batches with group commit. */
@NullMarked
package dev.rivulet.log;

import org.jspecify.annotations.NullMarked;
