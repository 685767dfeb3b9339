package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored side of {@link ViewFiller}. Thread-safe. */
public interface FillStore {
  /** The fills of a partition that are under way: view name to generation. */
  Map<String, Integer> pending(int partition);

  /**
   * Notes that a generation of {@code view} is being filled, so that a restart goes on.
   *
   * @param atLeast the first generation that may be free
   * @return the generation: one that was never used before, or that of the fill under way
   */
  int begin(int partition, String view, int atLeast);

  /**
   * Notes that a fill is over, and removes the stored state of {@code view}'s other generations.
   */
  void end(int partition, String view, int generation);

  /** The partition's main offset, null before the first commit. */
  @Nullable Offset offset(int partition);

  /**
   * Where every fill stands that is under way, those of definitions included; the start of the log
   * where one has not committed yet.
   */
  List<EntryId> standing(int partition);

  /** Opens the fold whose offset is the fill's own. */
  FoldStore fillFold(int partition, String view, int generation);

  /** Opens the fills of a partition's definitions. */
  DefinitionFillStore definitionFill(int partition);

  /** The revisions that a partition has of those asked for, by {@link Installed#id}. */
  Map<String, Installed> installed(int partition, List<String> ids);

  /** Opens the partition's main fold. */
  FoldStore mainFold(int partition);
}
