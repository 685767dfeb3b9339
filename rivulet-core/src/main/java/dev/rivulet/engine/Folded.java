package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import dev.rivulet.view.Writes;
import java.util.Set;

/**
 * What folding a batch came to.
 *
 * @param writes the changes to store
 * @param last the last entry of the batch
 * @param records records read, whatever became of them
 * @param duplicates of these, dropped because their id was known
 * @param poisonous of these, put aside because a view could not fold them
 * @param projects the projects whose numbers changed
 */
record Folded(
    Writes writes, EntryId last, int records, int duplicates, int poisonous, Set<String> projects) {
  /** The offset after this batch. */
  Offset after(Offset before) {
    return new Offset(
        last,
        before.folded() + records,
        before.duplicates() + duplicates,
        before.poisonous() + poisonous,
        before.views(),
        before.definitions());
  }
}
