package dev.rivulet.views.recent;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The newest events of one partition; memory holds the projects that were used last. */
final class RecentState implements State {
  private static final int MOST_PROJECTS = 500;

  private final Scope scope;
  private final Map<String, Newest> projects = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<String> changed = new LinkedHashSet<>();

  RecentState(Scope scope) {
    this.scope = scope;
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      String project = occurrence.event().project();
      if (occurrence.event().kind() == Kind.EVENT && !projects.containsKey(project)) {
        projects.put(project, new Newest());
        reads.get(
            RecentView.key(scope, project),
            stored -> {
              if (stored != null) {
                projects.put(project, Newest.decode(stored));
              }
            });
      }
    }
  }

  @Override
  public void fold(Occurrence occurrence) {
    String project = occurrence.event().project();
    Newest newest = projects.get(project);
    if (newest == null) {
      throw new IllegalStateException("recent events of " + project + " are not loaded");
    }
    newest.add(occurrence.entry(), occurrence.index());
    changed.add(project);
  }

  @Override
  public void write(Writes writes) {
    for (String project : changed) {
      Newest newest = projects.get(project);
      if (newest != null) {
        writes.set(RecentView.key(scope, project), newest.encode());
      }
    }
    changed.clear();
    var oldest = projects.keySet().iterator();
    while (projects.size() > MOST_PROJECTS) {
      oldest.next();
      oldest.remove();
    }
  }
}
