/** What people define: names with revisions, by project and room. */
@NullMarked
package dev.rivulet.definitions;

import org.jspecify.annotations.NullMarked;
