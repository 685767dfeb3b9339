package dev.rivulet.view;

import java.util.List;

/**
 * A view whose numbers people define while it runs. Each revision of a definition has state of its
 * own, under keys of its own, is filled from the log on its own and goes on its own; the laws of
 * {@link View} hold for each. A definition must not make {@link State#fold} throw: the record would
 * be put aside for every view.
 *
 * <p>Has no generations: when its {@link #version} changes, each definition is filled anew as
 * another revision.
 */
public interface DefinedView extends View {
  /**
   * Opens the state of {@code definitions}, of whatever projects, in one partition; does no I/O.
   * What cannot be opened alone is refused before it is stored, so this also checks.
   *
   * @throws IllegalArgumentException when a body is none of this view's, naming the value that is
   *     wrong and what would be right
   */
  State open(Scope scope, List<Definition> definitions);

  /** Every key of the state of {@code definition} in one partition, to be deleted with it. */
  List<byte[]> keys(Scope scope, Definition definition);

  @Override
  default State open(Scope scope) {
    return open(scope, List.of());
  }
}
