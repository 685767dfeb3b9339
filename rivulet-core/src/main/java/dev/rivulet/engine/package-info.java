/** The heart: reads the log, folds every view, commits effects and offset in one transaction. */
@NullMarked
package dev.rivulet.engine;

import org.jspecify.annotations.NullMarked;
