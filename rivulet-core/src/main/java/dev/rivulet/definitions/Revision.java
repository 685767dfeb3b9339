package dev.rivulet.definitions;

/**
 * One revision of a definition. Immutable.
 *
 * @param number unique in its registry and never used again
 * @param version of the view that its state is kept by
 * @param body the view's own JSON
 * @param completeFrom epoch milliseconds from which its numbers are complete, 0 for ever; known
 *     once it is live, until then 0
 */
public record Revision(int number, int version, String body, long completeFrom) {
  Revision completeFrom(long epochMillis) {
    return new Revision(number, version, body, epochMillis);
  }
}
