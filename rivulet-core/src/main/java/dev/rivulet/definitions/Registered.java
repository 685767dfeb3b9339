package dev.rivulet.definitions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is defined under one name. One of the two revisions is there at least.
 *
 * @param live the revision that answers; null until the first is filled
 * @param building the revision that is being filled and then takes its place; null when none is
 */
public record Registered(String name, @Nullable Revision live, @Nullable Revision building) {
  public Registered {
    if (live == null && building == null) {
      throw new IllegalArgumentException("'" + name + "' has no revision");
    }
  }

  /** The revision that was asked for last. */
  public Revision newest() {
    if (building != null) {
      return building;
    }
    if (live != null) {
      return live;
    }
    throw new IllegalStateException("'" + name + "' has no revision");
  }

  /** Both revisions, those that there are. */
  public List<Revision> revisions() {
    var revisions = new ArrayList<Revision>(2);
    if (live != null) {
      revisions.add(live);
    }
    if (building != null) {
      revisions.add(building);
    }
    return revisions;
  }
}
