package dev.rivulet.server.http;

import dev.rivulet.projects.Access;

/**
 * A key that was found good, with its budget of events.
 *
 * @param checkedAtNanos when it was last looked up
 */
record Credential(Access access, TokenBucket events, long checkedAtNanos) {}
