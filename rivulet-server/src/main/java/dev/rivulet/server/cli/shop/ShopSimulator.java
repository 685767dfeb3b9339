package dev.rivulet.server.cli.shop;

import dev.rivulet.server.cli.ApiClient;
import dev.rivulet.server.cli.CommandFailure;
import dev.rivulet.server.cli.Environment;
import dev.rivulet.server.cli.EventPoster;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the shop's events to a server: first its history, then what happens as it happens.
 *
 * <p>Both may be under way at once: the history ends where the simulator was made, and what happens
 * begins there.
 *
 * <p>Ids follow from the seed and the time of the visit: what is sent twice counts once. Since the
 * server remembers ids for a day only, the mark file keeps how far the shop has been sent.
 */
public final class ShopSimulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShopSimulator.class);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** As many events as the server takes in one request. */
  private static final int BATCH = 2_500;

  /** Visits that together have a little less than {@link #BATCH} events. */
  private static final double VISITS_PER_BATCH = 380;

  private static final int SENDERS = 3;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long LONGEST_SLEEP_MILLIS = 500;

  private final Shop shop;
  private final Rhythm rhythm;
  private final InstantSource clock;
  private final EventPoster events;
  private final EventPoster identifies;
  private final @Nullable SentMark mark;
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
    var api = new ApiClient(new Environment(base, Path.of("."), keys), http);
    this.shop = new Shop(seed);
    this.clock = clock;
    this.events = EventPoster.ofEvents(api, null, PATIENCE);
    this.identifies = EventPoster.ofSegmentBatches(api, PATIENCE);
    this.mark = mark == null ? null : new SentMark(mark);
    this.startMillis = clock.millis();
    this.rhythm = new Rhythm(seed, minute(startMillis));
    visitors.setDaemon(true);
  }

  /** Hears how much of the history was acknowledged. */
  public interface Progress {
    /**
     * @param events how many so far
     * @param share of the time they fill, from 0 to 1
     */
    void sent(long events, double share);
  }

  /** The visits that begin in {@code first} to {@code last}, both included. */
  private record Minutes(long first, long last) {}

  /**
   * Sends the past, the newest first, and returns when all of it was acknowledged.
   *
   * @param back how far it goes
   * @param progress called on this thread
   * @return how many events were sent
   * @throws CommandFailure when the server does not take them
   */
  public long history(Duration back, Progress progress) throws InterruptedException {
    var known = mark == null ? Instant.EPOCH : mark.read();
    var fromMillis = Math.max(known.toEpochMilli(), startMillis - back.toMillis());
    // A visit may have begun before what is asked for.
    var firstMinute = minute(fromMillis - Shop.LONGEST_VISIT.toMillis());
    var minutes = Math.max(1.0, minute(startMillis) - firstMinute + 1.0);
    var senders = Executors.newFixedThreadPool(SENDERS);
    var sending = new ExecutorCompletionService<Integer>(senders);
    try {
      var sent = 0L;
      var inFlight = 0;
      var next = minute(startMillis);
      while (next >= firstMinute || inFlight > 0) {
        if (next >= firstMinute && inFlight < 2 * SENDERS) {
          var part = batchEndingAt(next, firstMinute);
          var unused = sending.submit(() -> send(part, fromMillis));
          next = part.first() - 1;
          inFlight++;
        } else {
          sent += sending.take().get();
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
    var nextMinute = minute(startMillis - Shop.LONGEST_VISIT.toMillis());
    var rememberedMinute = minute(startMillis);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var now = clock.millis();
        for (; nextMinute <= minute(now); nextMinute++) {
          for (var event : shop.beginningIn(nextMinute, rhythm.visitsIn(nextMinute))) {
            if (event.atMillis() > startMillis) {
              coming.add(event);
            }
          }
        }
        var due = new ArrayList<ShopEvent>();
        for (var next = coming.peek();
            next != null && next.atMillis() <= now && due.size() < BATCH;
            next = coming.peek()) {
          due.add(coming.remove());
        }
        trySending(due);
        if (coming.isEmpty() || coming.element().atMillis() > now) {
          if (historyIsIn && minute(now) > rememberedMinute) {
            rememberedMinute = minute(now);
            tryRemembering(now);
          }
          var wait = coming.isEmpty() ? LONGEST_SLEEP_MILLIS : coming.element().atMillis() - now;
          Thread.sleep(Math.min(wait, LONGEST_SLEEP_MILLIS));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void trySending(List<ShopEvent> due) throws InterruptedException {
    try {
      send(due);
    } catch (CommandFailure notTaken) {
      LOG.warn("{} events of the shop were not taken: {}", due.size(), notTaken.getMessage());
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

  /** Sends the visits' events after {@code fromMillis} and answers how many there were. */
  private int send(Minutes minutes, long fromMillis) throws InterruptedException {
    var events = new ArrayList<ShopEvent>(BATCH);
    for (var minute = minutes.last(); minute >= minutes.first(); minute--) {
      for (var event : shop.beginningIn(minute, rhythm.visitsIn(minute))) {
        if (event.atMillis() > fromMillis && event.atMillis() <= startMillis) {
          events.add(event);
        }
      }
    }
    for (var from = 0; from < events.size(); from += BATCH) {
      send(events.subList(from, Math.min(events.size(), from + BATCH)));
    }
    return events.size();
  }

  private void send(List<ShopEvent> mixed) throws InterruptedException {
    var traits = mixed.stream().filter(ShopEvent::isIdentify).toList();
    var actions = mixed.stream().filter(event -> !event.isIdentify()).toList();
    if (!actions.isEmpty()) {
      var body = ShopJson.lines(actions);
      warn(events.post(body, 0, body.length));
    }
    if (!traits.isEmpty()) {
      var body = ShopJson.identifyBatch(traits);
      warn(identifies.post(body, 0, body.length));
    }
  }

  private static void warn(List<EventPoster.Refused> refused) {
    if (!refused.isEmpty()) {
      LOG.warn("{} events of the shop were refused: {}", refused.size(), refused.get(0).reason());
    }
  }

  private void tryRemembering(long throughMillis) {
    try {
      remember(throughMillis);
    } catch (CommandFailure unwritable) {
      LOG.warn("How far the shop was sent could not be kept: {}", unwritable.getMessage());
    }
  }

  private void remember(long throughMillis) {
    if (mark != null) {
      mark.write(Instant.ofEpochMilli(throughMillis));
    }
  }

  private static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }
}
