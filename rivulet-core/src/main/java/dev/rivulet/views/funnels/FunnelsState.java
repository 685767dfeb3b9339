package dev.rivulet.views.funnels;

import dev.rivulet.event.Event;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The funnels of one partition. An event that no funnel asks for costs two look-ups, however many
 * funnels there are.
 */
final class FunnelsState implements State {
  private final Map<String, OfProject> projects = new HashMap<>();
  private final Set<FunnelFold> active = new LinkedHashSet<>();

  /**
   * @param mostBytes memory for what no batch is using, of all funnels together
   */
  FunnelsState(Scope scope, List<Definition> definitions, long mostBytes) {
    Map<String, List<FunnelFold>> byProject = new HashMap<>();
    for (Definition definition : definitions) {
      var fold = new FunnelFold(scope, definition, mostBytes / definitions.size());
      byProject.computeIfAbsent(definition.project(), project -> new ArrayList<>()).add(fold);
    }
    byProject.forEach((project, folds) -> projects.put(project, new OfProject(folds)));
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      for (FunnelFold fold : concerned(occurrence.event())) {
        if (active.add(fold)) {
          fold.begin();
        }
        fold.want(occurrence);
      }
    }
    active.forEach(fold -> fold.load(reads));
  }

  @Override
  public void fold(Occurrence occurrence) {
    for (FunnelFold fold : concerned(occurrence.event())) {
      fold.fold(occurrence);
    }
  }

  @Override
  public void write(Writes writes) {
    active.forEach(fold -> fold.write(writes));
    active.clear();
  }

  private List<FunnelFold> concerned(Event event) {
    OfProject funnels = projects.get(event.project());
    if (funnels == null) {
      return List.of();
    }
    return switch (event.kind()) {
      case EVENT -> funnels.byName.getOrDefault(event.name(), funnels.ofAnyEvent);
      case ERASURE -> funnels.all;
      default -> List.of();
    };
  }

  private static final class OfProject {
    private final List<FunnelFold> all;
    private final List<FunnelFold> ofAnyEvent;
    private final Map<String, List<FunnelFold>> byName = new HashMap<>();

    private OfProject(List<FunnelFold> all) {
      this.all = all;
      this.ofAnyEvent = all.stream().filter(fold -> fold.funnel().needsEveryEvent()).toList();
      var names = new TreeSet<String>();
      all.forEach(fold -> names.addAll(fold.matcher().names()));
      for (String name : names) {
        byName.put(
            name,
            all.stream()
                .filter(
                    fold ->
                        fold.funnel().needsEveryEvent() || fold.matcher().names().contains(name))
                .toList());
      }
    }
  }
}
