package dev.rivulet.server.http;

import dev.rivulet.projects.Access;

/**
 * A key that was found good, with its budget of events.
 *
 * @param hash of the key, by which it is known
 * @param checkedAtNanos when it was last looked up
 */
record Credential(String hash, Access access, TokenBucket events, long checkedAtNanos) {}
