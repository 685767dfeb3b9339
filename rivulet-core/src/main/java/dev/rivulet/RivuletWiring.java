package dev.rivulet;

import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.boards.Boards;
import dev.rivulet.definitions.Definitions;
import dev.rivulet.engine.DefinitionFiller;
import dev.rivulet.engine.DefinitionSwitch;
import dev.rivulet.engine.Engine;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.FoldListener;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.ViewFiller;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.engine.Visibility;
import dev.rivulet.engine.WantedDefinitions;
import dev.rivulet.live.Changes;
import dev.rivulet.live.Watches;
import dev.rivulet.log.LogAppender;
import dev.rivulet.log.Partitioner;
import dev.rivulet.measure.MetricKinds;
import dev.rivulet.policies.Disk;
import dev.rivulet.policies.Erasure;
import dev.rivulet.policies.LogKeeper;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.Projects;
import dev.rivulet.query.ScatterGather;
import dev.rivulet.redis.EmbeddedRedis;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisError;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.time.StoreClock;
import dev.rivulet.view.View;
import dev.rivulet.views.Rooms;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of Rivulet together, and takes them apart in the right order. */
final class RivuletWiring {
  private static final Logger LOG = LoggerFactory.getLogger(RivuletWiring.class);
  private static final long POLL_MILLIS = 50;

  /** How long a start goes on against slots that move and primaries that load or change. */
  private static final long START_SECONDS = 15;

  private static final long START_PAUSE_MILLIS = 200;

  private static final int BYTES_PER_ID = 30;
  private static final int MOST_IDS = 4_000_000;

  private RivuletWiring() {}

  static Wiring open(RivuletOptions options) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      Deque<AutoCloseable> opened = new ArrayDeque<>();
      try {
        return open(options, opened);
      } catch (RuntimeException | Error e) { // a broken View provider throws an Error
        opened.forEach(RivuletWiring::closeQuietly);
        boolean passes = e instanceof RedisError error && error.ofTheMoment();
        boolean late = System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted();
        if (!passes || late) {
          throw e;
        }
        LOG.info("starting again, since Redis changes: {}", e.getMessage());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(START_PAUSE_MILLIS));
      }
    }
  }

  private static Wiring open(RivuletOptions options, Deque<AutoCloseable> opened) {
    RedisNodes nodes = connect(options, opened);
    StoreClock clock =
        options.followsStore()
            ? StoreClock.correcting(options.clock())
            : StoreClock.measuring(options.clock());
    RedisStores.measure(nodes, clock);
    var self = new ThisNode(options.node(), clock);
    int partitions = RedisStores.partitions(nodes, options.partitions());
    String installation = RedisStores.installation(nodes);
    FillStore fills = RedisStores.fills(nodes);
    var projects =
        new Projects(
            RedisStores.projects(nodes),
            clock,
            project -> RedisStores.hasEvents(nodes, partitions, project));
    createDefault(projects, options.timezone());
    Function<String, ZoneId> zones = projects::zone;
    var views = new ViewSet(allViews(), zones);
    RefusalLedger refusals = RedisStores.refusals(nodes, clock);
    opened.push(refusals);
    var visibility = new Visibility();
    var filler = new ViewFiller(fills, views);
    var definitions = new Definitions(RedisStores.definitions(nodes), clock, views);
    var defining = defining(partitions, fills, definitions, views);
    var books = new Books(partitions, RedisStores.status(nodes), refusals, self);
    var queries =
        new ScatterGather(
            partitions,
            RedisStores.reader(nodes),
            clock,
            zones,
            () -> books.lagMillis(clock.millis()),
            definitions,
            views);
    var watches = new Watches(query -> queries.ask(query));
    opened.push(watches);
    Changes changes = RedisStores.changes(nodes, partitions, watches);
    opened.push(changes);
    definitions.listen(registry -> watches.changed(Set.of(registry.project())));
    definitions.listen(registry -> defining.wake());
    var engine =
        new Engine(
            partitions,
            partition -> RedisStores.fold(nodes, partition),
            views,
            RedisStores.leases(nodes, partitions, self.id(), clock, self),
            filler,
            mostIds(partitions),
            listener(visibility, watches, changes));
    var appender = appender(nodes, partitions, options.replicas());
    opened.push(poller(visibility, engine, fills, projects, definitions));
    var keeper = new LogKeeper(RedisStores.logStorage(nodes), engine.held());
    var erasures = RedisStores.erasures(nodes);
    Disk disk = options.redis() == null ? RedisStores.disk(nodes) : Disk.NOT_OURS;
    var erasure = new Erasure(erasures, disk, engine.held(), clock);
    opened.push(keeper);
    opened.push(engine);
    opened.push(defining);
    opened.push(appender);
    opened.push(erasure);
    self.works(appender::appended, engine::folded, () -> filling(filler, defining));
    appender.start();
    engine.start();
    defining.start(engine.held());
    keeper.start();
    erasure.start();
    return new Wiring(
        installation,
        clock,
        self,
        partitions,
        views,
        projects,
        definitions,
        new Boards(RedisStores.boards(nodes), clock, projects::require),
        queries,
        visibility,
        books,
        watches,
        appender,
        filler,
        defining,
        refusals,
        new MetricKinds(RedisStores.kinds(nodes)),
        new Erasures(
            erasures,
            new Partitioner(partitions),
            appender,
            visibility,
            new HeldByViews(queries),
            clock),
        List.copyOf(opened));
  }

  private static DefinitionFiller defining(
      int partitions, FillStore fills, Definitions definitions, ViewSet views) {
    var switching = new DefinitionSwitch(partitions, fills, definitions, views);
    return new DefinitionFiller(fills, views, new WantedDefinitions(definitions, views), switching);
  }

  /** Views and what is defined in them, with the part filled from 0 to 1. */
  static Map<String, Double> filling(ViewFiller filler, DefinitionFiller defining) {
    var all = new TreeMap<>(filler.progress());
    all.putAll(defining.progress());
    return all;
  }

  static void close(Wiring wiring) {
    wiring.parts().forEach(RivuletWiring::closeQuietly);
  }

  private static RedisNodes connect(RivuletOptions options, Deque<AutoCloseable> opened) {
    RedisAddress address;
    if (options.redis() == null) {
      if (options.replicas() > 0) {
        throw new IllegalArgumentException(
            "replicas is "
                + options.replicas()
                + ", but the embedded Redis has none: name a Redis that has, or ask for 0");
      }
      var own = EmbeddedRedis.Options.DEFAULTS.withStopsWithProcess(false);
      EmbeddedRedis embedded = EmbeddedRedis.start(options.data(), own);
      opened.push(embedded);
      address = embedded.address();
    } else {
      address = RedisAddress.parse(options.redis());
    }
    RedisNodes nodes = RedisNodes.connect(address);
    opened.push(nodes);
    return nodes;
  }

  private static LogAppender appender(RedisNodes nodes, int partitions, int replicas) {
    List<String> primaries = new ArrayList<>();
    int[] lanes = new int[partitions];
    for (int partition = 0; partition < partitions; partition++) {
      String primary = nodes.primaryOf(Integer.toString(partition));
      if (!primaries.contains(primary)) {
        primaries.add(primary);
        warnOfFew(primary, RedisStores.replicas(nodes, partition), replicas);
      }
      lanes[partition] = primaries.indexOf(primary);
    }
    return new LogAppender(
        new Partitioner(partitions),
        partition -> lanes[partition],
        primaries.size(),
        () -> RedisStores.log(nodes, replicas));
  }

  private static void warnOfFew(String primary, int has, int needed) {
    if (has < needed) {
      LOG.warn(
          "{} has {} of the {} replicas that must have an event: until it has them, events of its"
              + " partitions are refused",
          primary,
          has,
          needed);
    }
  }

  private static List<View> allViews() {
    List<View> all = new ArrayList<>(Rooms.all());
    ServiceLoader.load(View.class).forEach(all::add);
    return all;
  }

  private static void createDefault(Projects projects, ZoneId timezone) {
    Project made = projects.keep(Project.DEFAULT, timezone);
    if (!made.timezone().equals(timezone)) {
      LOG.warn(
          "the time zone of project '{}' stays {}: its events are counted in days of that zone; make"
              + " another project for {}",
          made.id(),
          made.timezone(),
          timezone);
    }
  }

  private static FoldListener listener(Visibility visibility, Watches watches, Changes changes) {
    return new FoldListener() {
      @Override
      public void opened(int partition, Offset offset) {
        visibility.folded(partition, offset.entry());
      }

      @Override
      public void folded(int partition, Offset offset, Set<String> projects) {
        visibility.folded(partition, offset.entry());
        watches.changed(projects);
        changes.tell(partition, projects);
      }
    };
  }

  /** Looks up what other nodes fold, while somebody waits for it, and what they made or defined. */
  private static AutoCloseable poller(
      Visibility visibility,
      Engine engine,
      FillStore fills,
      Projects projects,
      Definitions definitions) {
    ScheduledExecutorService poller =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "rivulet-visibility");
              thread.setDaemon(true);
              return thread;
            });
    poller.scheduleWithFixedDelay(
        () -> {
          try {
            visibility.poll(engine.held(), fills::offset);
            projects.refresh();
            definitions.all();
          } catch (RuntimeException e) {
            LOG.debug("other nodes are looked at later: {}", e.getMessage());
          }
        },
        POLL_MILLIS,
        POLL_MILLIS,
        TimeUnit.MILLISECONDS);
    return poller::shutdownNow;
  }

  /** An eighth of the heap may hold ids, in two generations per partition. */
  private static int mostIds(int partitions) {
    long fitting = Runtime.getRuntime().maxMemory() / 8 / BYTES_PER_ID / partitions;
    return (int) Math.max(10_000, Math.min(MOST_IDS, fitting));
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.warn("while closing: {}", e.toString());
    }
  }
}
