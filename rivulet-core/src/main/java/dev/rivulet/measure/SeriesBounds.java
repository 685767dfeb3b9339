package dev.rivulet.measure;

/**
 * How much is told apart in one partition; what is past it counts as {@code $other}.
 *
 * @param series of a metric, those of each node counted
 * @param nodes of a metric, those heard of within a day
 * @param values of a tag, those heard of within a day
 * @param tags of a metric, those heard of within a day
 * @param projectSeries of all metrics of a project
 * @param projectNodes of a project, of which the last moment they were heard of is kept
 */
public record SeriesBounds(
    int series, int nodes, int values, int tags, int projectSeries, int projectNodes) {
  /** The bounds there are; others are for tests. */
  public static final SeriesBounds USUAL =
      new SeriesBounds(
          SeriesBook.MOST_SERIES,
          SeriesBook.MOST_NODES,
          SeriesBook.MOST_VALUES,
          SeriesBook.MOST_TAGS,
          20_000,
          1_000);
}
