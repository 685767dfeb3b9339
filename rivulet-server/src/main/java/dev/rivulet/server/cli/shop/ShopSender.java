package dev.rivulet.server.cli.shop;

import dev.rivulet.server.cli.ApiClient;
import dev.rivulet.server.cli.CommandFailure;
import dev.rivulet.server.cli.EventPoster;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what happens in the shop as any client would. Safe for use by several threads. */
final class ShopSender {
  /** As many items as the server takes in one request. */
  static final int BATCH = 2_500;

  private static final Logger LOG = LoggerFactory.getLogger(ShopSender.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final EventPoster events;
  private final EventPoster identifies;
  private final EventPoster samples;

  ShopSender(ApiClient api) {
    this.events = EventPoster.ofEvents(api, null, PATIENCE);
    this.identifies = EventPoster.ofSegmentBatches(api, PATIENCE);
    this.samples = EventPoster.ofSamples(api, PATIENCE);
  }

  /**
   * Returns when all events were acknowledged.
   *
   * @throws CommandFailure when the server does not take them
   */
  void sendEvents(List<ShopEvent> mixed) throws InterruptedException {
    for (var from = 0; from < mixed.size(); from += BATCH) {
      var part = mixed.subList(from, Math.min(mixed.size(), from + BATCH));
      var actions = part.stream().filter(event -> !event.isIdentify()).toList();
      var traits = part.stream().filter(ShopEvent::isIdentify).toList();
      if (!actions.isEmpty()) {
        post(events, ShopJson.lines(actions), "events");
      }
      if (!traits.isEmpty()) {
        post(identifies, ShopJson.identifyBatch(traits), "events");
      }
    }
  }

  /** As {@link #sendEvents}. */
  void sendSamples(List<ShopSample> all) throws InterruptedException {
    for (var from = 0; from < all.size(); from += BATCH) {
      var part = all.subList(from, Math.min(all.size(), from + BATCH));
      post(samples, ShopJson.sampleLines(part), "samples");
    }
  }

  private static void post(EventPoster poster, byte[] body, String what)
      throws InterruptedException {
    var refused = poster.post(body, 0, body.length);
    if (!refused.isEmpty()) {
      LOG.warn("{} {} of the shop were refused: {}", refused.size(), what, refused.get(0).reason());
    }
  }
}
