/**
 * The contract every room fulfils: a view is a fold of the log and an answer merged from its parts.
 */
@NullMarked
package dev.rivulet.view;

import org.jspecify.annotations.NullMarked;
