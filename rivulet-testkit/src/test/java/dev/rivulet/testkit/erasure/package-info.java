/** What is left of a person who was erased: nothing. And of everybody else: everything. */
@NullMarked
package dev.rivulet.testkit.erasure;

import org.jspecify.annotations.NullMarked;
