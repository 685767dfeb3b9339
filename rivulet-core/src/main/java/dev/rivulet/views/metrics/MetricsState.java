package dev.rivulet.views.metrics;

import dev.rivulet.measure.HotBuckets;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SeriesBook;
import dev.rivulet.measure.SeriesBounds;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metrics of one partition: all names, the series in use and their hot buckets. */
final class MetricsState implements State {
  /** Memory for buckets: a 64th of the heap, at most 64 MB. */
  private static final long MOST_BYTES = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 64);

  /**
   * Series in memory, of all projects, before all are let go: about 30 MB, and 25 more where each
   * place was given away often.
   */
  private static final int MOST_SERIES = 30_000;

  private final Scope scope;
  private final SeriesBounds bounds;
  private final Map<String, ProjectMetrics> projects = new HashMap<>();
  private final Map<Occurrence, Taken> batch = new IdentityHashMap<>();
  private HotBuckets buckets;

  MetricsState(Scope scope, SeriesBounds bounds) {
    this.scope = scope;
    this.bounds = bounds;
    this.buckets = new HotBuckets(scope, MOST_BYTES);
  }

  /** A sample on its way, and the series it is counted in once that is known. */
  private static final class Taken {
    private final Sample sample;
    private SeriesBook.@Nullable Series series;

    private Taken(Sample sample) {
      this.sample = sample;
    }
  }

  @Override
  public void load(List<Occurrence> occurrences, Reads reads) {
    for (Occurrence occurrence : occurrences) {
      if (occurrence.event().kind().measured()) {
        batch.put(occurrence, new Taken(Sample.of(occurrence.event())));
        String project = occurrence.event().project();
        if (!projects.containsKey(project)) {
          var opened = new ProjectMetrics(scope, project, buckets, bounds);
          opened.load(reads);
          projects.put(project, opened);
        }
      }
    }
  }

  @Override
  public void loadMore(List<Occurrence> occurrences, Reads reads) {
    if (batch.isEmpty()) {
      return;
    }
    List<Taken> ready = new ArrayList<>(batch.size());
    boolean allReady = true;
    for (Occurrence occurrence : occurrences) {
      Taken taken = batch.get(occurrence);
      if (taken != null) {
        ready.add(taken);
        allReady &= project(occurrence).open(taken.sample, reads);
      }
    }
    if (!allReady) { // the names of series are read first
      return;
    }
    for (Taken taken : ready) {
      if (taken.series == null) {
        taken.series = project(taken.sample.project()).series(taken.sample);
        taken.series.want(taken.sample.occurredAt());
      }
    }
    buckets.load(reads);
  }

  @Override
  public void fold(Occurrence occurrence) {
    Taken taken = batch.get(occurrence);
    if (taken == null || taken.series == null) {
      throw new IllegalStateException("the series of " + occurrence + " is not loaded");
    }
    taken.series.add(taken.sample);
    project(occurrence).heard(taken.sample);
  }

  @Override
  public void write(Writes writes) {
    batch.clear();
    int series = 0;
    for (ProjectMetrics project : projects.values()) {
      project.write(writes);
      series += project.held();
    }
    buckets.write(writes);
    if (series > MOST_SERIES) {
      projects.clear();
      buckets = new HotBuckets(scope, MOST_BYTES);
    }
  }

  private ProjectMetrics project(Occurrence occurrence) {
    return project(occurrence.event().project());
  }

  private ProjectMetrics project(String name) {
    ProjectMetrics project = projects.get(name);
    if (project == null) {
      throw new IllegalStateException("the metrics of project " + name + " are not loaded");
    }
    return project;
  }
}
