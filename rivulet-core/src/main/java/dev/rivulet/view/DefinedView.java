package dev.rivulet.view;

import java.util.List;

/**
 * A view whose numbers people define while it runs. Each revision of a definition has state of its
 * own, under keys of its own, is filled from the log on its own and goes on its own; the laws of
 * {@link View} hold for each.
 */
public interface DefinedView extends View {
  /** Opens the state of {@code definitions} in one partition; does no I/O. */
  State open(Scope scope, List<Definition> definitions);

  /** Every key of the state of {@code definition} in one partition, to be deleted with it. */
  List<byte[]> keys(Scope scope, Definition definition);

  @Override
  default State open(Scope scope) {
    return open(scope, List.of());
  }
}
