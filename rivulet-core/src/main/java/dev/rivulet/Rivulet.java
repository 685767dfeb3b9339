package dev.rivulet;

import dev.rivulet.admission.Admission;
import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.Rejection;
import dev.rivulet.admission.SampleAdmission;
import dev.rivulet.admission.Verdict;
import dev.rivulet.boards.Boards;
import dev.rivulet.definitions.Definitions;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.live.Subscription;
import dev.rivulet.log.Receipt;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.SampleDraft;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.Projects;
import dev.rivulet.recorder.Recorder;
import dev.rivulet.recorder.RecorderOptions;
import dev.rivulet.view.DefinedView;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Real-time analytics inside an application.
 *
 * <pre>{@code
 * try (Rivulet rivulet = Rivulet.embedded(Path.of("data"))) {
 *   rivulet.track(Event.named("signup").by("u1").with("plan", "pro"));
 *   var signups = new EventCount("default", "signup", Range.last(Duration.ofHours(1)), null, null);
 *   System.out.println(rivulet.ask(signups).total());
 * }
 * }</pre>
 *
 * <p>What {@link Tracked#appended} completed for is counted exactly once, whatever fails
 * afterwards. Thread-safe.
 */
public final class Rivulet implements AutoCloseable {
  private final Wiring wiring;
  private final Recorders recorders;

  private Rivulet(Wiring wiring) {
    this.wiring = wiring;
    this.recorders = new Recorders(wiring.clock(), wiring);
  }

  /** Opens Rivulet on an embedded, durable Redis that lives in {@code data}. */
  public static Rivulet embedded(Path data) {
    return open(RivuletOptions.defaults().withData(data));
  }

  /**
   * Opens Rivulet on a Redis 7 or later, a Valkey 8 or later, or a cluster of them.
   *
   * @param redis {@code redis://}, {@code rediss://}, {@code redis-cluster://h1:p1,h2:p2} or {@code
   *     redis-sentinel://}
   */
  public static Rivulet open(String redis) {
    return open(RivuletOptions.defaults().withRedis(redis));
  }

  /**
   * Opens Rivulet.
   *
   * @throws IllegalArgumentException when an option cannot be
   * @throws RuntimeException when the store cannot be reached or is unfit, saying what to do
   */
  public static Rivulet open(RivuletOptions options) {
    return new Rivulet(RivuletWiring.open(options));
  }

  /** Tracks one event of the default project. */
  public Tracked track(EventDraft event) {
    return track(Project.DEFAULT, List.of(event));
  }

  /**
   * Admits {@code events} and appends what is admitted; does not block.
   *
   * @throws dev.rivulet.projects.UnknownProject when there is no such project
   */
  public Tracked track(String project, List<EventDraft> events) {
    return taking(
        project, events.size(), (place, now) -> Admission.admit(project, events.get(place), now));
  }

  /** A gate: the verdict on the item at a place of a request that was received at a time. */
  private interface Gate {
    Verdict admit(int place, long receivedAt);
  }

  private Tracked taking(String project, int items, Gate gate) {
    wiring.projects().require(project);
    long now = wiring.clock().millis();
    List<Event> admitted = new ArrayList<>(items);
    List<Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Verdict verdict = gate.admit(i, now);
      if (verdict instanceof Verdict.Accepted accepted) {
        admitted.add(accepted.event());
      } else if (verdict instanceof Verdict.Refused refused) {
        rejected.add(new Rejection(i, refused.reason(), refused.detail()));
      }
    }
    for (Rejection rejection : rejected) {
      refuse(project, rejection.reason(), rejection.detail(), 1);
    }
    return new Tracked(admitted.size(), rejected, wiring.appender().append(admitted));
  }

  /** Records one sample of the default project. */
  public Tracked record(SampleDraft sample) {
    return record(Project.DEFAULT, List.of(sample));
  }

  /**
   * Admits {@code samples} and appends what is admitted. Blocks only to settle the kind of a metric
   * that this process has not seen before.
   *
   * @throws dev.rivulet.projects.UnknownProject when there is no such project
   */
  public Tracked record(String project, List<SampleDraft> samples) {
    return taking(
        project,
        samples.size(),
        (place, now) -> {
          SampleDraft sample = samples.get(place);
          Verdict verdict = SampleAdmission.admit(project, sample, now);
          return verdict instanceof Verdict.Accepted
              ? ofItsKind(project, sample, verdict)
              : verdict;
        });
  }

  /** Whether {@link #record} would not block for {@code samples}. */
  public boolean recordsAtOnce(String project, List<SampleDraft> samples) {
    return samples.stream()
        .allMatch(
            sample ->
                sample.kind() == null
                    || sample.metric() == null
                    || wiring.kinds().remembers(project, sample.metric()));
  }

  private Verdict ofItsKind(String project, SampleDraft sample, Verdict admitted) {
    MetricKind said = sample.kind();
    if (said == null || sample.metric() == null) {
      return admitted;
    }
    MetricKind known = wiring.kinds().settle(project, sample.metric(), said);
    return known == said
        ? admitted
        : SampleAdmission.kindConflict(sample.metric(), known.word(), said.word());
  }

  /**
   * The recorder of the default project, made when first asked for: measures in the application and
   * ships one sketch per series and second, however many values there were.
   */
  public Recorder recorder() {
    return recorders.usual();
  }

  /**
   * Another recorder; it lives until it or this is closed.
   *
   * @throws dev.rivulet.projects.UnknownProject when there is no such project
   * @throws IllegalArgumentException when the node's name cannot be
   * @throws IllegalStateException when too many are open
   */
  public Recorder recorder(RecorderOptions recording) {
    return recorders.open(recording);
  }

  /** Notes items that were refused before they could be tracked. */
  public void refuse(String project, Refusal reason, String detail, int count) {
    wiring.refusals().add(project, reason, detail, count);
  }

  /** Completes when the events of {@code receipt} are visible to queries. */
  public CompletableFuture<Void> folded(Receipt receipt) {
    return wiring.visibility().await(receipt.upTo());
  }

  /**
   * Waits until everything that {@code tracked} took in is visible to queries. What other calls
   * took in may lie in other partitions: it says nothing of that.
   */
  public void await(Tracked tracked) {
    try {
      tracked.appended().thenCompose(this::folded).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Answers a question from the views; blocks for a round trip to the store.
   *
   * @throws IllegalArgumentException naming the value that is wrong and what would be right
   * @throws dev.rivulet.projects.UnknownProject when it asks about a project that does not exist
   * @throws dev.rivulet.query.ViewNotReady while a view is filled for the first time
   */
  public <A> A ask(Query<A> query) {
    wiring.projects().require(query.project());
    return wiring.queries().ask(query);
  }

  /**
   * Watches a question: the answer now, then each new one, whichever node took in what changed it,
   * at most five a second. The consumer is called for one answer at a time, on a thread of Rivulet;
   * of those that come while it is busy it gets the newest. Each answer was read after this call,
   * and after the one before it.
   *
   * @throws dev.rivulet.projects.UnknownProject when it asks about a project that does not exist
   * @throws dev.rivulet.live.TooManyWatches when more than 10,000 questions are watched
   */
  public <A> Subscription watch(Query<A> query, Consumer<? super A> consumer) {
    wiring.projects().require(query.project());
    return wiring.watches().watch(query, consumer);
  }

  /**
   * Erases a person: hidden from every answer when this returns, and within minutes from every key,
   * the raw log included. What counted them without naming them stays: totals and uniques. Blocks
   * until the erasure is folded.
   *
   * @return empty when nobody has this id
   * @throws dev.rivulet.log.LogUnavailable when it cannot be taken now
   */
  public Optional<ErasureStatus> erase(String project, String user) {
    wiring.projects().require(project);
    return wiring.erasures().erase(project, user);
  }

  /** The erasures of a project, newest first. */
  public List<ErasureStatus> erasures(String project) {
    wiring.projects().require(project);
    return wiring.erasures().all(project);
  }

  /** How far one erasure is; empty when there is none of this id. */
  public Optional<ErasureStatus> erasure(String project, String erasure) {
    wiring.projects().require(project);
    return wiring.erasures().find(project, erasure);
  }

  /** The projects and their keys. */
  public Projects projects() {
    return wiring.projects();
  }

  /**
   * What people define, for example funnels: defined at any time, filled from the log, redefined
   * and deleted while events flow. Each room documents the body of its definitions.
   */
  public Definitions definitions() {
    return wiring.definitions();
  }

  /** Boards: tiles over queries of the HTTP API, saved for everybody who reads the project. */
  public Boards boards() {
    return wiring.boards();
  }

  /**
   * A random name for the stored data: the same for every process on the same store, another where
   * the data is another. Whoever remembers what it has sent keeps its notes under this name.
   */
  public String installation() {
    return wiring.installation();
  }

  /**
   * What time it is: the application's own clock if it has handed in one, else this machine's,
   * corrected by the store's when they differ.
   */
  public InstantSource clock() {
    return wiring.clock();
  }

  /** What tells this process from all others on the store. */
  public String node() {
    return wiring.self().id();
  }

  /**
   * Tells the other nodes where this process listens, for the status.
   *
   * @param subscribers counts the live streams that are open now
   */
  public void listensAt(String address, IntSupplier subscribers) {
    wiring.self().listensAt(address, subscribers);
  }

  /** The books of the whole installation; blocks for a round trip to the store. */
  public Status status() {
    List<String> ids = projects().all().stream().map(Project::id).toList();
    return wiring
        .books()
        .status(null, ids, Overflows.of(ids, wiring.queries()), wiring.clock().millis());
  }

  /** The books of one project; blocks for a round trip to the store. */
  public Status status(String project) {
    projects().require(project);
    var overflow = Overflows.of(List.of(project), wiring.queries());
    return wiring.books().status(project, List.of(), overflow, wiring.clock().millis());
  }

  /** The names of the views. */
  public List<String> views() {
    return wiring.views().views().stream().map(View::name).toList();
  }

  /**
   * Rebuilds a view from the log beside the one that answers, then switches; returns at once. The
   * status shows the progress. Where things are defined in the view, all of them are filled anew.
   *
   * @throws IllegalArgumentException naming the view and those that exist
   */
  public void rebuild(String view) {
    View wanted = wiring.views().named(view);
    if (wanted instanceof DefinedView) {
      wiring.definitions().refill(view);
      return;
    }
    for (int partition = 0; partition < wiring.partitions(); partition++) {
      wiring.filler().fill(partition, wanted);
    }
  }

  /** The rebuilds under way on this node, with the part done from 0 to 1. */
  public Map<String, Double> filling() {
    return RivuletWiring.filling(wiring.filler(), wiring.defining());
  }

  /**
   * Ships what was recorded, writes what waits, stops folding, gives leases back and stops the
   * embedded Redis.
   */
  @Override
  public void close() {
    recorders.close();
    wiring.close();
  }
}
