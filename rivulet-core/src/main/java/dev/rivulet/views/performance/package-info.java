/** How long requests take: by endpoint, method and status, from samples of response times. */
@NullMarked
package dev.rivulet.views.performance;

import org.jspecify.annotations.NullMarked;
