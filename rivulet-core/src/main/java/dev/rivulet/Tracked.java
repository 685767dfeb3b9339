package dev.rivulet;

import dev.rivulet.admission.Rejection;
import dev.rivulet.log.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What became of tracked events.
 *
 * @param accepted events taken in
 * @param rejected events refused, with their place and reason
 * @param appended completes when the accepted ones are in the log, which is the promise that each
 *     is counted once; fails with {@link dev.rivulet.log.LogUnavailable} when they may not be
 */
public record Tracked(
    int accepted, List<Rejection> rejected, CompletableFuture<Receipt> appended) {}
