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
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the shop's events to a server: first its history, then what happens as it happens.
 *
 * <p>The shop is as busy as a small one on most days, and a hundred times busier during its weekly
 * sale. That began half an hour before the demonstration, so the numbers move; it also was a week
 * ago at the same time, so that they have something to be compared with.
 *
 * <p>Ids follow from the seed and the time of the visit: what is sent twice counts once. Since the
 * server remembers ids for a day only, the mark file keeps how far the shop has been sent.
 */
public final class ShopSimulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShopSimulator.class);

  private static final Duration HISTORY = Duration.ofDays(8);
  private static final Duration SALE_SO_FAR = Duration.ofMinutes(30);
  private static final Duration SALE_LAST_WEEK = Duration.ofMinutes(90);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final double QUIET_VISITS_PER_MINUTE = 0.6;

  /** At about 6 events a visit between 5 and 12 events a second, however quiet the hour. */
  private static final double SALE_VISITS_PER_MINUTE = 45;

  private static final double SALE_RHYTHM_VISITS_PER_MINUTE = 25;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int BATCH = 2_000;
  private static final int SENDERS = 3;
  private static final long MINUTE_MILLIS = 60_000;
  private static final long LONGEST_SLEEP_MILLIS = 500;

  private final Shop shop;
  private final InstantSource clock;
  private final EventPoster events;
  private final EventPoster identifies;
  private final @Nullable SentMark mark;
  private final long startMillis;
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
    visitors.setDaemon(true);
  }

  /**
   * Sends the past, the newest first, and returns when all of it was acknowledged.
   *
   * @return how many events were sent
   * @throws CommandFailure when the server does not take them
   */
  public long history() throws InterruptedException {
    var known = mark == null ? Instant.EPOCH : mark.read();
    var fromMillis = Math.max(known.toEpochMilli(), startMillis - HISTORY.toMillis());
    var senders = Executors.newFixedThreadPool(SENDERS);
    var sending = new ExecutorCompletionService<Integer>(senders);
    try {
      var sent = 0L;
      var inFlight = 0;
      var batch = new ArrayList<ShopEvent>(BATCH);
      // A visit may have begun before what is asked for.
      var firstMinute = minute(fromMillis - Shop.LONGEST_VISIT.toMillis());
      for (var minute = minute(startMillis); minute >= firstMinute; minute--) {
        for (var event : shop.beginningIn(minute, expectedVisits(minute))) {
          if (event.atMillis() > fromMillis && event.atMillis() <= startMillis) {
            batch.add(event);
          }
        }
        if (batch.size() >= BATCH || minute == firstMinute) {
          sent += batch.size();
          submit(sending, batch);
          batch = new ArrayList<>(BATCH);
          if (++inFlight > 2 * SENDERS) {
            sending.take().get();
            inFlight--;
          }
        }
      }
      for (; inFlight > 0; inFlight--) {
        sending.take().get();
      }
      remember(startMillis);
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
          for (var event : shop.beginningIn(nextMinute, expectedVisits(nextMinute))) {
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
          if (minute(now) > rememberedMinute) {
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

  private void submit(CompletionService<Integer> sending, List<ShopEvent> batch) {
    var unused =
        sending.submit(
            () -> {
              for (var from = 0; from < batch.size(); from += BATCH) {
                send(batch.subList(from, Math.min(batch.size(), from + BATCH)));
              }
              return batch.size();
            });
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

  private double expectedVisits(long minute) {
    var sale = minute(startMillis - SALE_SO_FAR.toMillis());
    var lastSale = minute(startMillis - SALE_SO_FAR.toMillis() - WEEK.toMillis());
    var sinceLastSale = minute - lastSale;
    var lastSaleOn = sinceLastSale >= 0 && sinceLastSale < SALE_LAST_WEEK.toMinutes();
    var rhythm = Shop.rhythm(minute);
    return minute >= sale || lastSaleOn
        ? SALE_VISITS_PER_MINUTE + SALE_RHYTHM_VISITS_PER_MINUTE * rhythm
        : QUIET_VISITS_PER_MINUTE * rhythm;
  }

  private static long minute(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS);
  }
}
