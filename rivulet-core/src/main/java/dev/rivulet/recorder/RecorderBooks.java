package dev.rivulet.recorder;

import java.util.Map;

/**
 * What became of the values that were handed to a recorder, its own notes of losses included. At
 * every moment {@code recorded = shipped + waiting + all that was dropped}.
 *
 * @param recorded values handed to it
 * @param shipped values that are in the log
 * @param waiting values on their way
 * @param dropped values that are not in the log, by reason
 * @param overflowed values among the recorded ones that count under {@code $other}, since there
 *     were too many series or a tag's value cannot be stored
 */
public record RecorderBooks(
    long recorded, long shipped, long waiting, Map<Loss, Long> dropped, long overflowed) {
  /** All that was dropped. */
  public long droppedValues() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
