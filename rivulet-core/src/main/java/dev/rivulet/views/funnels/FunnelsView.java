package dev.rivulet.views.funnels;

import dev.rivulet.event.Kind;
import dev.rivulet.view.DefinedView;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import java.util.List;

/**
 * How far people get on the paths that were defined. Costs 20 to 40 bytes per person and funnel of
 * three steps, and nothing for events that no funnel names.
 */
public final class FunnelsView implements DefinedView {
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  /** Of the heap, for one partition. */
  private static final int PART = 64;

  private final long mostBytes;

  public FunnelsView() {
    this(Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / PART));
  }

  /**
   * @param mostBytes memory per partition for what no batch is using
   */
  public FunnelsView(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public String name() {
    return Layout.ROOM;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean folds(Kind kind) {
    return kind == Kind.EVENT || kind == Kind.ERASURE;
  }

  @Override
  public State open(Scope scope, List<Definition> definitions) {
    return new FunnelsState(scope, definitions, mostBytes);
  }

  @Override
  public List<byte[]> keys(Scope scope, Definition definition) {
    return List.of(Layout.people(scope, definition), Layout.days(scope, definition));
  }
}
