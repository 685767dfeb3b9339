package dev.rivulet.view;

import dev.rivulet.event.Kind;

/**
 * A number kept up to date: a fold of the log. Register your own through {@link
 * java.util.ServiceLoader}; it is filled from the log as far back as that goes and then counts each
 * event exactly once, like the views that come with Rivulet.
 *
 * <p>Laws, tested by the testkit's {@code ViewContract}: folding is deterministic; any split of a
 * batch gives the same answers; partitions merged equal the whole; replay equals live; state
 * survives its codec.
 */
public interface View {
  /** The room: package, URL and key segment. {@code [a-z]{2,20}}, unique. */
  String name();

  /** Version of the stored form. A stored version that differs is rebuilt from the log. */
  int version();

  /** Whether records of this kind are folded. */
  default boolean folds(Kind kind) {
    return kind == Kind.EVENT;
  }

  /** Opens the state of one partition; does no I/O. */
  State open(Scope scope);
}
