package dev.rivulet.views.funnels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Defined;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The funnels of a project, by name. */
public record FunnelDefinitions(String project) implements Query<FunnelDefinitions.Answer> {
  @Override
  public Answer answer(Asking asking) {
    List<Shown> funnels = new ArrayList<>();
    asking
        .definitions(Layout.ROOM)
        .forEach((name, defined) -> funnels.add(Shown.of(name, defined)));
    return new Answer(funnels);
  }

  /** All of them. */
  public record Answer(List<Shown> funnels) {}

  /** One funnel, as it was defined last. */
  public record Named(String project, String name) implements Query<Shown> {
    /**
     * @throws UnknownFunnel when there is none of that name
     */
    @Override
    public Shown answer(Asking asking) {
      Defined defined = asking.definition(Layout.ROOM, name);
      if (defined == null) {
        throw new UnknownFunnel(name);
      }
      return Shown.of(name, defined);
    }
  }

  /**
   * A funnel.
   *
   * @param definition its JSON, in the canonical form
   * @param revision grows with each change
   * @param state {@code ready}, or {@code building} while this revision is filled from the log;
   *     until it is, the one before goes on answering
   * @param progress how much of the log is folded, from 0 to 1
   * @param completeFrom since when it is complete, where the log no longer went back to the start
   */
  @JsonInclude(Include.NON_NULL)
  public record Shown(
      String name,
      @JsonRawValue String definition,
      int revision,
      String state,
      double progress,
      @Nullable String completeFrom) {
    /** A revision that was overtaken by another change before it was filled. */
    public static Shown overtaken(String name, String definition, int revision) {
      return new Shown(name, definition, revision, "building", 0, null);
    }

    static Shown of(String name, Defined defined) {
      Definition newest = defined.newest();
      long since = defined.completeFrom();
      return new Shown(
          name,
          newest.body(),
          newest.revision(),
          defined.building() == null ? "ready" : "building",
          defined.progress(),
          since == 0 ? null : Times.iso(since));
    }
  }
}
