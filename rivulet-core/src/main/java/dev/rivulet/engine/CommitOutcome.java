package dev.rivulet.engine;

import java.util.List;

/** What became of a commit. That a reply was lost is told by an exception: re-read the offset. */
public sealed interface CommitOutcome {
  /** Effects and offset are stored. */
  record Applied() implements CommitOutcome {}

  /** Another owner committed in between; nothing of ours is stored. */
  record Fenced() implements CommitOutcome {}

  /**
   * The transaction ran, but the store refused some of its commands: what is stored no longer
   * equals the fold and has to be rebuilt.
   */
  record Damaged(List<String> errors) implements CommitOutcome {}
}
