package dev.rivulet.view;

import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;

/**
 * One event on its way through the fold.
 *
 * @param event what happened
 * @param subject the name it is counted under: the event's, or {@code $other} past the bound
 * @param person dense number of the person inside this partition and project, from 0; -1 for a
 *     sample, which has none
 * @param hash 64-bit hash of the person's id, seeded by the project: see {@link
 *     dev.rivulet.event.Hashing}
 * @param slot number of the person among those of the batch, from 0 in order of first appearance,
 *     so that what is held of them for the batch can stand in a list; -1 for a sample
 * @param entry the log entry that holds it
 * @param index its place in the entry
 */
public record Occurrence(
    Event event, String subject, int person, long hash, int slot, EntryId entry, int index) {}
