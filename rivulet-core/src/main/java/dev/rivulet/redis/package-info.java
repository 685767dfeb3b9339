/**
 * Where Redis is, how to talk to it, and how to run one of our own.
 *
 * <p>The sole importer of the Redis client: no client type leaves this package.
 */
@NullMarked
package dev.rivulet.redis;

import org.jspecify.annotations.NullMarked;
