package dev.rivulet.measure;

/**
 * Where a series is stored inside a partition and room.
 *
 * @param subject what is measured: a metric, or an event whose property it is
 * @param series which series of it: a number, or the property
 */
public record SeriesPlace(String project, String subject, String series) {}
