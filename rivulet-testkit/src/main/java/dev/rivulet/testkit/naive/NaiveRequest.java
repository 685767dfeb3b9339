package dev.rivulet.testkit.naive;

import org.jspecify.annotations.Nullable;

/**
 * A request that was answered.
 *
 * @param time when, in epoch milliseconds
 * @param endpoint the route template, null when none was said
 * @param method null when none was said
 * @param status null when none was said
 * @param node the process that answered, null when none was said
 * @param millis how long it took
 */
public record NaiveRequest(
    long time,
    @Nullable String endpoint,
    @Nullable String method,
    @Nullable String status,
    @Nullable String node,
    double millis) {}
