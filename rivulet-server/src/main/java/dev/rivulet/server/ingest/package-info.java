/**
 * One adapter per protocol: from the bytes of a request's body to drafts of events. Nothing here
 * knows of HTTP routes; whether a name, person or id is acceptable is for admission to say.
 */
@NullMarked
package dev.rivulet.server.ingest;

import org.jspecify.annotations.NullMarked;
