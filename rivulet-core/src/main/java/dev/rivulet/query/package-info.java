/** Scatters a question over the partitions and merges the answers. */
@NullMarked
package dev.rivulet.query;

import org.jspecify.annotations.NullMarked;
