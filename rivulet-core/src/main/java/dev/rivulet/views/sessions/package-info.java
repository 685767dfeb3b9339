/** Sessions: what people did without a pause of half an hour. */
@NullMarked
package dev.rivulet.views.sessions;

import org.jspecify.annotations.NullMarked;
