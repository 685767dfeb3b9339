package dev.rivulet.views.numbers;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import dev.rivulet.measure.HotBuckets;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers of one partition: all pairs, and their hot buckets. */
final class NumbersState implements State {
  /** Memory for buckets: a 64th of the heap, at most 64 MB. */
  private static final long MOST_BYTES = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 64);

  /** Projects in memory before all are let go. */
  private static final int MOST_PROJECTS = 100;

  private final Scope scope;
  private final Map<String, ProjectNumbers> projects = new HashMap<>();
  private HotBuckets buckets;

  /** Most events are of the same project as the one before. */
  private String lastProject = "";

  private @Nullable ProjectNumbers last;

  NumbersState(Scope scope) {
    this.scope = scope;
    this.buckets = new HotBuckets(scope, MOST_BYTES);
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      String project = occurrence.event().project();
      if (occurrence.event().kind() == Kind.EVENT && !projects.containsKey(project)) {
        var opened = new ProjectNumbers(scope, project, buckets);
        opened.load(reads);
        projects.put(project, opened);
      }
    }
  }

  @Override
  public void loadMore(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() == Kind.EVENT) {
        ProjectNumbers project = project(event);
        Properties properties = event.properties();
        int count = Math.min(properties.scalarCount(), Limits.EVENT_PROPERTIES);
        for (int i = 0; i < count; i++) {
          if (properties.value(i) instanceof Number) {
            PairNumbers pair = project.pair(occurrence.subject(), properties.key(i));
            if (pair != null) {
              pair.want(event.occurredAt());
            }
          }
        }
      }
    }
    buckets.load(reads);
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    ProjectNumbers project = project(event);
    Properties properties = event.properties();
    int count = Math.min(properties.scalarCount(), Limits.EVENT_PROPERTIES);
    for (int i = 0; i < count; i++) {
      if (properties.value(i) instanceof Number number) {
        PairNumbers pair = project.pair(occurrence.subject(), properties.key(i));
        project.add(pair, number.doubleValue(), event.occurredAt(), event.receivedAt());
      }
    }
  }

  @Override
  public void write(Writes writes) {
    projects.values().forEach(project -> project.write(writes));
    buckets.write(writes);
    if (projects.size() > MOST_PROJECTS) {
      projects.clear();
      last = null;
      buckets = new HotBuckets(scope, MOST_BYTES);
    }
  }

  private ProjectNumbers project(Event event) {
    ProjectNumbers project = last;
    if (project == null || !event.project().equals(lastProject)) {
      project = projects.get(event.project());
      if (project == null) {
        throw new IllegalStateException("the numbers of " + event.project() + " are not loaded");
      }
      last = project;
      lastProject = event.project();
    }
    return project;
  }
}
