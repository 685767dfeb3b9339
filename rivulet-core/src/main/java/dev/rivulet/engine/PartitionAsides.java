package dev.rivulet.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is beside a partition's books.
 *
 * @param newestPoison reasons of the records put aside last, by place; at most 100
 * @param logBytes memory that its log takes, estimated; null when the store does not tell
 */
public record PartitionAsides(
    int partition, Map<String, String> newestPoison, @Nullable Long logBytes) {}
