/** The rooms: one package per capability, none knowing another. */
@NullMarked
package dev.rivulet.views;

import org.jspecify.annotations.NullMarked;
