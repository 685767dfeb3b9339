package dev.rivulet.query;

import dev.rivulet.definitions.Definitions;
import dev.rivulet.definitions.Registered;
import dev.rivulet.definitions.Revision;
import dev.rivulet.engine.FillBook;
import dev.rivulet.engine.Installed;
import dev.rivulet.engine.Installed.Stage;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.view.Command;
import dev.rivulet.view.Defined;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Reads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one query learns of definitions, and what it then relies on. One use, one thread. */
final class DefinitionsAsked {
  private final String project;
  private final int partitions;
  private final PartitionReader reader;
  private final Definitions definitions;
  private final ViewSet views;
  private final Map<String, Set<String>> relied = new HashMap<>();

  DefinitionsAsked(
      String project,
      int partitions,
      PartitionReader reader,
      Definitions definitions,
      ViewSet views) {
    this.project = project;
    this.partitions = partitions;
    this.reader = reader;
    this.definitions = definitions;
    this.views = views;
  }

  /** A revision that the query relied on was taken away meanwhile. */
  static final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String room;

    private Superseded(String room) {
      super("a definition of " + room + " was replaced", null, false, false);
      this.room = room;
    }

    String room() {
      return room;
    }
  }

  @Nullable Defined find(String room, String name) {
    Registered registered = definitions.find(project, room, name);
    if (registered == null) {
      return null;
    }
    Defined found = describe(room, List.of(registered)).get(name);
    if (found != null && found.live() != null) {
      relied
          .computeIfAbsent(room, own -> new HashSet<>())
          .add(Installed.id(room, views.version(room), project, found.live().revision()));
    }
    return found;
  }

  SortedMap<String, Defined> all(String room) {
    return describe(room, definitions.list(project, room));
  }

  /** Asks after the revisions that are relied on, behind what was asked of their state. */
  List<Installed> check(String room, int partition, Reads reads) {
    List<Installed> found = new ArrayList<>();
    installed(partition, relied.getOrDefault(room, Set.of()), reads, found);
    return found;
  }

  /**
   * @param found what {@link #check} found in a partition
   * @throws Superseded when a revision is not live there
   */
  void require(String room, List<Installed> found) {
    long live = found.stream().filter(one -> one.stage() == Stage.LIVE).count();
    if (live < relied.getOrDefault(room, Set.of()).size()) {
      throw new Superseded(room);
    }
  }

  private SortedMap<String, Defined> describe(String room, Collection<Registered> all) {
    int version = views.version(room);
    List<String> ids = new ArrayList<>();
    for (Registered registered : all) {
      Revision building = registered.building();
      if (building != null) {
        ids.add(Installed.id(room, building.version(), project, building.number()));
      }
    }
    List<Partition> found = ids.isEmpty() ? List.of() : read(ids);
    SortedMap<String, Defined> described = new TreeMap<>();
    for (Registered registered : all) {
      Revision live = registered.live();
      Revision building = registered.building();
      if (live != null && live.version() != version) { // its state means nothing to this version
        building = building == null ? live : building;
        live = null;
      }
      long completeFrom = live == null ? 0 : live.completeFrom();
      double progress = 1;
      if (building != null) {
        String id = Installed.id(room, building.version(), project, building.number());
        progress = progress(id, found);
        if (live == null) {
          completeFrom = found.stream().mapToLong(part -> part.since(id)).max().orElse(0);
        }
      }
      String name = registered.name();
      described.put(
          name,
          new Defined(definition(name, live), definition(name, building), progress, completeFrom));
    }
    return described;
  }

  private @Nullable Definition definition(String name, @Nullable Revision revision) {
    return revision == null
        ? null
        : new Definition(project, name, revision.number(), revision.body());
  }

  /** Weighs each partition by its records. */
  private static double progress(String id, List<Partition> found) {
    double done = 0;
    double all = 0;
    for (Partition partition : found) {
      long records = Math.max(1, partition.offset == null ? 0 : partition.offset.folded());
      all += records;
      done += records * partition.done(id);
    }
    return all == 0 ? 0 : done / all;
  }

  private List<Partition> read(List<String> ids) {
    List<Reads> reads = new ArrayList<>();
    List<Partition> found = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      var own = new Reads();
      var state = new Partition();
      own.get(Keys.offset(partition), stored -> state.offset = offset(stored));
      own.get(Keys.filling(partition), stored -> state.book = book(stored));
      installed(partition, ids, own, state.installed);
      reads.add(own);
      found.add(state);
    }
    List<List<@Nullable Object>> replies = reader.read(reads);
    for (int partition = 0; partition < partitions; partition++) {
      reads.get(partition).deliver(replies.get(partition));
    }
    return found;
  }

  private static void installed(
      int partition, Collection<String> ids, Reads reads, List<Installed> found) {
    List<byte[]> fields = ids.stream().map(Command::bytes).toList();
    reads.hash(
        Keys.defined(partition),
        fields,
        values -> {
          for (byte[] value : values) {
            if (value != null) {
              found.add(Installed.decode(value));
            }
          }
        });
  }

  private static @Nullable Offset offset(byte @Nullable [] stored) {
    return stored == null ? null : Offset.decode(new String(stored, StandardCharsets.UTF_8));
  }

  private static FillBook book(byte @Nullable [] stored) {
    return stored == null
        ? FillBook.EMPTY
        : FillBook.decode(new String(stored, StandardCharsets.UTF_8));
  }

  /** What one partition says of fills. */
  private static final class Partition {
    private final List<Installed> installed = new ArrayList<>();
    private @Nullable Offset offset;
    private FillBook book = FillBook.EMPTY;

    private boolean isLive(String id) {
      return installed.stream().anyMatch(one -> one.id().equals(id) && one.stage() == Stage.LIVE);
    }

    private double done(String id) {
      if (isLive(id)) {
        return 1;
      }
      FillBook.Group group = book.of(id);
      if (group == null || offset == null || offset.folded() == 0) {
        return 0;
      }
      return Math.min(1, (double) group.folded() / offset.folded());
    }

    private long since(String id) {
      return installed.stream()
          .filter(one -> one.id().equals(id))
          .mapToLong(Installed::completeFrom)
          .max()
          .orElse(0);
    }
  }
}
