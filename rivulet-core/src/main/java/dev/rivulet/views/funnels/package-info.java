/**
 * How far people get on a path of steps: funnels that people define, kept up to date by recomputing
 * a person's attempts from the times of the steps they took, so that the order of arrival never
 * matters.
 */
@NullMarked
package dev.rivulet.views.funnels;

import org.jspecify.annotations.NullMarked;
