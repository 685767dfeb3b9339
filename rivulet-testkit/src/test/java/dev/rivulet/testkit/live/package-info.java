/** What one node sees of what another one took in. */
@NullMarked
package dev.rivulet.testkit.live;

import org.jspecify.annotations.NullMarked;
