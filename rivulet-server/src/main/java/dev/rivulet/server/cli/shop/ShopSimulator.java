package dev.rivulet.server.cli.shop;

import dev.rivulet.server.cli.ApiClient;
import dev.rivulet.server.cli.CommandFailure;
import dev.rivulet.server.cli.Environment;
import dev.rivulet.server.cli.Keys;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the shop's events and what its nodes measure to a server: first its history, then what
 * happens as it happens.
 *
 * <p>Both may be under way at once: the history ends where the simulator was made, and what happens
 * begins there.
 *
 * <p>Ids follow from the seed and the time of the visit: what is sent twice counts once. Since the
 * server remembers ids for a day only, mark files keep how far the shop has been sent.
 */
public final class ShopSimulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShopSimulator.class);

  /** So long each request is measured, and the levels each minute; before that once an hour. */
  private static final Duration MEASURED = Duration.ofHours(36);

  private static final int MINUTES_PER_HOUR = 60;
  private static final long LIVE_LEVELS_MILLIS = 5_000;

  /** Visits that together have a little less than {@link ShopSender#BATCH} events. */
  private static final double VISITS_PER_BATCH = 380;

  private static final int SENDERS = 3;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long LONGEST_SLEEP_MILLIS = 500;

  private final Shop shop;
  private final Rhythm rhythm;
  private final ShopNodes nodes;
  private final InstantSource clock;
  private final ShopSender sender;
  private final @Nullable SentMark mark;
  private final @Nullable SentMark samplesMark;
  private final long startMillis;
  private volatile boolean historyIsIn;
  private final Thread visitors = new Thread(this::sendAsItHappens, "shop-visitors");

  /**
   * @param base the server's address
   * @param mark a file that remembers how far the shop has been sent, beside the server's data;
   *     null to remember nothing
   */
  public ShopSimulator(
      HttpClient http,
      URI base,
      String writeKey,
      InstantSource clock,
      long seed,
      @Nullable Path mark) {
    var keys = new Keys(null, writeKey, null, "the demonstration");
    this.sender = new ShopSender(new ApiClient(new Environment(base, Path.of("."), keys), http));
    this.shop = new Shop(seed);
    this.clock = clock;
    this.mark = mark == null ? null : new SentMark(mark);
    this.samplesMark =
        mark == null ? null : new SentMark(mark.resolveSibling(mark.getFileName() + "-samples"));
    this.startMillis = clock.millis();
    this.rhythm = new Rhythm(seed, minute(startMillis));
    this.nodes = new ShopNodes(seed, rhythm);
    visitors.setDaemon(true);
  }

  /** How much was acknowledged. */
  public record Sent(long events, long samples) {
    private Sent plus(Sent more) {
      return new Sent(events + more.events, samples + more.samples);
    }
  }

  /** Hears how much of the history was acknowledged. */
  public interface Progress {
    /**
     * @param sent how much so far
     * @param share of the time it fills, from 0 to 1
     */
    void sent(Sent sent, double share);
  }

  /** The visits that begin in {@code first} to {@code last}, both included. */
  private record Minutes(long first, long last) {}

  /** From when on events and samples are sent, both exclusive, epoch milliseconds. */
  private record Since(long events, long samples) {}

  /**
   * Sends the past, the newest first, and returns when all of it was acknowledged.
   *
   * @param back how far it goes
   * @param progress called on this thread
   * @throws CommandFailure when the server does not take it
   */
  public Sent history(Duration back, Progress progress) throws InterruptedException {
    var earliest = startMillis - back.toMillis();
    var since = new Since(Math.max(known(mark), earliest), Math.max(known(samplesMark), earliest));
    // A visit may have begun before what is asked for.
    var firstMinute =
        minute(Math.min(since.events(), since.samples()) - Shop.LONGEST_VISIT.toMillis());
    var minutes = Math.max(1.0, minute(startMillis) - firstMinute + 1.0);
    var senders = Executors.newFixedThreadPool(SENDERS);
    var sending = new ExecutorCompletionService<Sent>(senders);
    try {
      var sent = new Sent(0, 0);
      var inFlight = 0;
      var next = minute(startMillis);
      while (next >= firstMinute || inFlight > 0) {
        if (next >= firstMinute && inFlight < 2 * SENDERS) {
          var part = batchEndingAt(next, firstMinute);
          var unused = sending.submit(() -> send(part, since));
          next = part.first() - 1;
          inFlight++;
        } else {
          sent = sent.plus(sending.take().get());
          inFlight--;
          progress.sent(sent, (minute(startMillis) - next) / minutes);
        }
      }
      remember(startMillis);
      historyIsIn = true;
      return sent;
    } catch (ExecutionException failed) {
      var cause = failed.getCause() == null ? failed : failed.getCause();
      throw new CommandFailure(
          "the shop's history could not be sent: " + cause.getMessage(), cause);
    } finally {
      senders.shutdownNow();
    }
  }

  /** Begins to send what happens from the simulator's making on, until {@link #close}. */
  public void live() {
    visitors.start();
  }

  @Override
  public void close() {
    visitors.interrupt();
    try {
      visitors.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendAsItHappens() {
    var coming = new PriorityQueue<>(Comparator.comparingLong(ShopEvent::atMillis));
    var measured = new PriorityQueue<>(Comparator.comparingLong(ShopSample::atMillis));
    var nextMinute = minute(startMillis - Shop.LONGEST_VISIT.toMillis());
    var rememberedMinute = minute(startMillis);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var now = clock.millis();
        for (; nextMinute <= minute(now); nextMinute++) {
          var events = shop.beginningIn(nextMinute, rhythm.visitsIn(nextMinute));
          events.stream().filter(event -> event.atMillis() > startMillis).forEach(coming::add);
          var samples = measure(nextMinute, events, true, LIVE_LEVELS_MILLIS);
          samples.stream().filter(each -> each.atMillis() > startMillis).forEach(measured::add);
        }
        trySending(due(coming, ShopEvent::atMillis, now), due(measured, ShopSample::atMillis, now));
        var wait =
            Math.min(
                wait(coming, ShopEvent::atMillis, now), wait(measured, ShopSample::atMillis, now));
        if (wait > 0) {
          if (historyIsIn && minute(now) > rememberedMinute) {
            rememberedMinute = minute(now);
            tryRemembering(now);
          }
          Thread.sleep(wait);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> List<T> due(PriorityQueue<T> coming, ToLongFunction<T> atMillis, long now) {
    var due = new ArrayList<T>();
    for (var next = coming.peek();
        next != null && atMillis.applyAsLong(next) <= now && due.size() < ShopSender.BATCH;
        next = coming.peek()) {
      due.add(coming.remove());
    }
    return due;
  }

  private static <T> long wait(PriorityQueue<T> coming, ToLongFunction<T> atMillis, long now) {
    var next = coming.peek();
    return next == null
        ? LONGEST_SLEEP_MILLIS
        : Math.min(atMillis.applyAsLong(next) - now, LONGEST_SLEEP_MILLIS);
  }

  private void trySending(List<ShopEvent> events, List<ShopSample> samples)
      throws InterruptedException {
    try {
      sender.sendEvents(events);
      sender.sendSamples(samples);
    } catch (CommandFailure notTaken) {
      LOG.warn(
          "{} events and {} samples of the shop were not taken: {}",
          events.size(),
          samples.size(),
          notTaken.getMessage());
    }
  }

  private Minutes batchEndingAt(long last, long firstMinute) {
    var first = last;
    for (var visits = rhythm.visitsIn(first);
        visits < VISITS_PER_BATCH && first > firstMinute;
        visits += rhythm.visitsIn(first)) {
      first--;
    }
    return new Minutes(first, last);
  }

  private Sent send(Minutes minutes, Since since) throws InterruptedException {
    var events = new ArrayList<ShopEvent>(ShopSender.BATCH);
    var samples = new ArrayList<ShopSample>();
    for (var minute = minutes.last(); minute >= minutes.first(); minute--) {
      var visits = shop.beginningIn(minute, rhythm.visitsIn(minute));
      for (var event : visits) {
        if (event.atMillis() > since.events() && event.atMillis() <= startMillis) {
          events.add(event);
        }
      }
      var fine = minute > minute(startMillis - MEASURED.toMillis());
      for (var sample : measure(minute, visits, fine, MINUTE_MILLIS)) {
        if (sample.atMillis() > since.samples() && sample.atMillis() <= startMillis) {
          samples.add(sample);
        }
      }
    }
    sender.sendEvents(events);
    sender.sendSamples(samples);
    return new Sent(events.size(), samples.size());
  }

  /**
   * What the nodes measure of the visits that begin in a minute, and of themselves in it.
   *
   * @param fine whether each request is measured, and the levels every {@code levelsMillis}; else
   *     only orders, and the levels once an hour
   */
  private List<ShopSample> measure(
      long minute, List<ShopEvent> visits, boolean fine, long levelsMillis) {
    var samples = nodes.orders(visits);
    var from = minute * MINUTE_MILLIS;
    if (fine) {
      samples.addAll(nodes.requests(visits));
      samples.add(nodes.regularJob(minute));
      for (var at = from; at < from + MINUTE_MILLIS; at += levelsMillis) {
        samples.addAll(nodes.levels(at));
      }
    } else if (Math.floorMod(minute, (long) MINUTES_PER_HOUR) == 0) {
      samples.addAll(nodes.levels(from));
    }
    return samples;
  }

  private static long known(@Nullable SentMark mark) {
    return mark == null ? Instant.EPOCH.toEpochMilli() : mark.read().toEpochMilli();
  }

  private void tryRemembering(long throughMillis) {
    try {
      remember(throughMillis);
    } catch (CommandFailure unwritable) {
      LOG.warn("How far the shop was sent could not be kept: {}", unwritable.getMessage());
    }
  }

  private void remember(long throughMillis) {
    if (mark != null && samplesMark != null) {
      mark.write(Instant.ofEpochMilli(throughMillis));
      samplesMark.write(Instant.ofEpochMilli(throughMillis));
    }
  }

  private static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }
}
