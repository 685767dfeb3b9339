package dev.rivulet.query;

import dev.rivulet.definitions.Definitions;
import dev.rivulet.engine.Installed;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.event.Event;
import dev.rivulet.log.Partitioner;
import dev.rivulet.query.DefinitionsAsked.Superseded;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Defined;
import dev.rivulet.view.Query;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries: asks every partition in one round trip and merges. Each partition's reads end
 * with its offset; if a view was switched to another generation in between, the question is asked
 * again. Thread-safe.
 */
public final class ScatterGather {
  private static final int MOST_TRIES = 5;

  private final int partitions;
  private final PartitionReader reader;
  private final InstantSource clock;
  private final Function<String, ZoneId> zones;
  private final LongSupplier lagMillis;
  private final Definitions definitions;
  private final ViewSet views;
  private final AtomicReferenceArray<@Nullable Offset> offsets;

  /**
   * @param lagMillis tells how far the views are behind the log
   */
  public ScatterGather(
      int partitions,
      PartitionReader reader,
      InstantSource clock,
      Function<String, ZoneId> zones,
      LongSupplier lagMillis,
      Definitions definitions,
      ViewSet views) {
    this.definitions = definitions;
    this.views = views;
    this.lagMillis = lagMillis;
    this.partitions = partitions;
    this.reader = reader;
    this.clock = clock;
    this.zones = zones;
    this.offsets = new AtomicReferenceArray<>(partitions);
  }

  /**
   * Answers {@code query}; blocks while it reads.
   *
   * @throws IllegalArgumentException naming the value that is wrong
   * @throws ViewNotReady when a view that it needs is being filled
   */
  public <A> A ask(Query<A> query) {
    for (int attempt = 1; ; attempt++) {
      try {
        return query.answer(new PartitionsAsked(query.project()));
      } catch (Superseded e) {
        if (attempt == MOST_TRIES) {
          throw new ViewNotReady(e.room());
        }
        definitions.refresh();
      }
    }
  }

  private final class PartitionsAsked implements Asking {
    private final long now = clock.millis();
    private final String project;
    private final ZoneId zone;
    private final DefinitionsAsked defined;

    private PartitionsAsked(String project) {
      this.project = project;
      this.zone = zones.apply(project);
      this.defined = new DefinitionsAsked(project, partitions, reader, definitions, views);
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public ZoneId zone() {
      return zone;
    }

    @Override
    public long lagMillis() {
      return lagMillis.getAsLong();
    }

    @Override
    public @Nullable Defined definition(String room, String name) {
      return defined.find(room, name);
    }

    @Override
    public SortedMap<String, Defined> definitions(String room) {
      return defined.all(room);
    }

    @Override
    public void scatter(String room, BiConsumer<Scope, Reads> question) {
      if (views.isDefined(room)) {
        scatterDefined(room, question);
        return;
      }
      for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
        List<Integer> assumed = new ArrayList<>();
        List<Reads> reads = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
          int generation = generation(offsets.get(partition), room);
          assumed.add(generation);
          var own = new Reads();
          question.accept(Keys.scope(partition, room, generation, zones), own);
          remember(partition, own);
          reads.add(own);
        }
        List<List<@Nullable Object>> replies = reader.read(reads);
        if (stillHolds(room, assumed, replies)) {
          for (int partition = 0; partition < partitions; partition++) {
            reads.get(partition).deliver(replies.get(partition));
          }
          return;
        }
      }
      throw new ViewNotReady(room);
    }

    /** What the reads relied on is checked behind them, and told before anybody sees them. */
    private void scatterDefined(String room, BiConsumer<Scope, Reads> question) {
      List<Reads> reads = new ArrayList<>();
      List<Reads> checks = new ArrayList<>();
      List<List<Installed>> found = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        var own = new Reads();
        question.accept(Keys.scope(partition, room, 1, zones), own);
        var check = new Reads();
        found.add(defined.check(room, partition, check));
        reads.add(own);
        checks.add(check);
      }
      List<Reads> both = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        both.add(reads.get(partition).followedBy(checks.get(partition)));
      }
      List<List<@Nullable Object>> replies = reader.read(both);
      for (int partition = 0; partition < partitions; partition++) {
        List<@Nullable Object> own = replies.get(partition);
        int asked = reads.get(partition).commands().size();
        checks.get(partition).deliver(own.subList(asked, own.size()));
        defined.require(room, found.get(partition));
      }
      for (int partition = 0; partition < partitions; partition++) {
        reads.get(partition).deliver(replies.get(partition));
      }
    }

    @Override
    public List<Located> events(List<Posting> postings) {
      return new PostedEvents(partitions, reader).read(postings);
    }

    @Override
    public int partition(String user) {
      return new Partitioner(partitions).partition(project, user);
    }

    @Override
    public List<@Nullable String> users(List<Person> persons) {
      return new KnownUsers(partitions, reader).read(project, persons);
    }

    @Override
    public long scan(long from, Consumer<Event> consumer) {
      return new LogScan(partitions, reader).run(from, consumer);
    }

    @Override
    public boolean newest(int most, Consumer<Event> consumer) {
      return new LogScan(partitions, reader).newest(most, consumer);
    }

    /** The offset is read last: what was read before it was of the generation it names. */
    private void remember(int partition, Reads reads) {
      reads.get(Keys.offset(partition), stored -> {});
    }

    private boolean stillHolds(
        String room, List<Integer> assumed, List<List<@Nullable Object>> replies) {
      boolean holds = true;
      for (int partition = 0; partition < partitions; partition++) {
        List<@Nullable Object> own = replies.get(partition);
        Object last = own.get(own.size() - 1);
        if (last instanceof RuntimeException refused) {
          throw refused;
        }
        Offset stored =
            last == null ? null : Offset.decode(new String((byte[]) last, StandardCharsets.UTF_8));
        offsets.set(partition, stored);
        holds &= generation(stored, room) == assumed.get(partition);
        if (stored != null && !knows(stored, room)) {
          throw new ViewNotReady(room);
        }
      }
      return holds;
    }
  }

  private static boolean knows(Offset offset, String room) {
    return offset.views().keySet().stream().anyMatch(id -> id.startsWith(room + "/"));
  }

  /** The generation that answers; before anything is folded there is only the first. */
  private static int generation(@Nullable Offset offset, String room) {
    if (offset != null) {
      for (Map.Entry<String, Integer> view : offset.views().entrySet()) {
        if (view.getKey().startsWith(room + "/")) {
          return view.getValue();
        }
      }
    }
    return 1;
  }
}
