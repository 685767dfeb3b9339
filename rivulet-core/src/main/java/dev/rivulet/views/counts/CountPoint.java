package dev.rivulet.views.counts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * One bucket of a series.
 *
 * @param time its start, ISO-8601 in UTC
 * @param count events; null where there is no data yet
 * @param partial true while the bucket is not over
 */
public record CountPoint(
    String time, @Nullable Long count, @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}
