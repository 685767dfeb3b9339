package dev.rivulet.view;

/**
 * A question with its answer's shape. Immutable, equal when it asks the same, so that it can be
 * watched and shared.
 *
 * @param <A> the answer: an immutable record whose components are the fields of the API
 */
public interface Query<A> {
  /** The project it asks about. */
  String project();

  /**
   * Answers from the stored state.
   *
   * @throws IllegalArgumentException naming the value that is wrong and what would be right
   */
  A answer(Asking asking);
}
