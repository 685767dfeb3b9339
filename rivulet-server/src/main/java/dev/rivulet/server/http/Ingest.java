package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.Tracked;
import dev.rivulet.admission.Refusal;
import dev.rivulet.admission.Rejection;
import dev.rivulet.event.EventDraft;
import dev.rivulet.log.Receipt;
import dev.rivulet.server.ingest.BodyDecoder;
import dev.rivulet.server.ingest.NativeEvents;
import dev.rivulet.server.ingest.NativeSamples;
import dev.rivulet.server.ingest.ParsedBody;
import dev.rivulet.server.ingest.SegmentEvents;
import dev.rivulet.server.ingest.UnreadableBody;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of events: body, parser, admission, log; the answer goes out when the log has them. All
 * of it on the event loop, except for bodies so large that others would wait. Thread-safe.
 */
final class Ingest {
  /** Compressed or larger than this, a body is parsed by a worker: at 1 GB/s it is 0.1 ms. */
  private static final int PARSED_ON_LOOP = 128 * 1024;

  private static final int FOLDED_SECONDS = 30;
  private static final Set<String> WAITS = Set.of("folded");
  private static final Buffer SUCCESS = fixed("{\"success\":true}");
  private static final Buffer ONE_ACCEPTED =
      fixed("{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}");

  private final Rivulet rivulet;
  private final Body body;
  private final BodyDecoder decoder = new BodyDecoder();

  Ingest(Rivulet rivulet, Body body) {
    this.rivulet = rivulet;
    this.body = body;
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(byte[] json) throws UnreadableBody;
  }

  /** {@code POST /api/v1/events}. */
  void nativeEvents(Exchange exchange) {
    boolean waits = exchange.parameters().word("wait", WAITS) != null;
    String type = exchange.header(HttpHeaderNames.CONTENT_TYPE);
    read(
        exchange,
        json -> NativeEvents.parse(json, type),
        parsed -> itemByItem(exchange, parsed, track(exchange, parsed), waits));
  }

  /** {@code POST /api/v1/metrics}. */
  void nativeSamples(Exchange exchange) {
    boolean waits = exchange.parameters().word("wait", WAITS) != null;
    String type = exchange.header(HttpHeaderNames.CONTENT_TYPE);
    read(
        exchange,
        json -> NativeSamples.parse(json, type),
        parsed -> {
          admitRate(exchange, parsed);
          String project = exchange.project();
          if (rivulet.recordsAtOnce(project, parsed.drafts())) {
            itemByItem(exchange, parsed, rivulet.record(project, parsed.drafts()), waits);
          } else {
            exchange.compute(
                () -> rivulet.record(project, parsed.drafts()),
                tracked -> itemByItem(exchange, parsed, tracked, waits));
          }
        });
  }

  /** Tells of every item whether it was taken in; a single bad one is the client's error. */
  private void itemByItem(Exchange exchange, ParsedBody<?> parsed, Tracked tracked, boolean waits) {
    List<Rejection> refused = refused(parsed, tracked);
    if (parsed.single() && !refused.isEmpty()) {
      throw badItem(refused.get(0));
    }
    Buffer answer = answer(tracked.accepted(), refused);
    if (waits) {
      answerWhenFolded(exchange, tracked, answer);
    } else {
      answerWhenAppended(exchange, tracked, answer);
    }
  }

  /** A call of Segment's API with a key that was let in. */
  void segment(Exchange exchange, SegmentEvents.Call call) {
    read(
        exchange,
        json -> SegmentEvents.parse(call, json),
        parsed -> success(exchange, parsed.body()));
  }

  /** A call of Segment's API that may hold its key. */
  void segmentWithKeyInBody(Exchange exchange, SegmentEvents.Call call, Gate gate) {
    read(
        exchange,
        json -> SegmentEvents.parse(call, json),
        parsed -> {
          String key = parsed.writeKey();
          if (key == null || key.isEmpty()) {
            throw Problem.unauthorized(
                "the write key is missing: send it as Basic user name, as Bearer token or as"
                    + " 'writeKey' in the body");
          }
          gate.admit(exchange, key, admitted -> success(admitted, parsed.body()));
        });
  }

  private void success(Exchange exchange, ParsedBody<EventDraft> parsed) {
    boolean waits = exchange.parameters().word("wait", WAITS) != null;
    Tracked tracked = track(exchange, parsed);
    if (waits) {
      answerWhenFolded(exchange, tracked, SUCCESS);
    } else {
      answerWhenAppended(exchange, tracked, SUCCESS);
    }
  }

  private <T> void read(Exchange exchange, Parser<T> parser, Consumer<T> then) {
    String encoding = exchange.header(HttpHeaderNames.CONTENT_ENCODING);
    body.read(
        exchange,
        raw -> {
          if (raw.length > PARSED_ON_LOOP || encoding != null) {
            exchange.compute(() -> parse(exchange, raw, encoding, parser), then);
          } else {
            then.accept(parse(exchange, raw, null, parser));
          }
        },
        problem -> {
          if (problem.status() == 413 && !exchange.project().isEmpty()) {
            rivulet.refuse(
                exchange.project(),
                Refusal.BODY_TOO_LARGE,
                String.valueOf(problem.getMessage()),
                1);
          }
          exchange.fail(problem);
        });
  }

  private <T> T parse(Exchange exchange, byte[] raw, @Nullable String encoding, Parser<T> parser) {
    try {
      return parser.parse(encoding == null ? raw : decoder.decode(raw, encoding));
    } catch (UnreadableBody e) {
      if (!exchange.project().isEmpty()) { // whose body it is, is not known before the key is
        rivulet.refuse(exchange.project(), e.reason(), e.detail(), 1);
      }
      throw Problem.of(e.status(), e.detail()).withReason(e.reason().word());
    }
  }

  private Tracked track(Exchange exchange, ParsedBody<EventDraft> parsed) {
    admitRate(exchange, parsed);
    return rivulet.track(exchange.project(), parsed.drafts());
  }

  /** Takes the items from the key's rate and notes those that could not be read. */
  private void admitRate(Exchange exchange, ParsedBody<?> parsed) {
    String project = exchange.project();
    int items = parsed.drafts().size() + parsed.rejected().size();
    long wait = exchange.credential().events().take(Math.max(1, items), System.nanoTime());
    if (wait > 0) {
      String detail = "the key sends more events a second than it may; nothing was taken in";
      rivulet.refuse(project, Refusal.RATE_LIMITED, detail, items);
      throw Problem.tooManyRequests(detail, wait).withReason(Refusal.RATE_LIMITED.word());
    }
    for (Rejection rejection : parsed.rejected()) {
      rivulet.refuse(project, rejection.reason(), rejection.detail(), 1);
    }
  }

  private void answerWhenAppended(Exchange exchange, Tracked tracked, Buffer answer) {
    tracked.appended().whenComplete((receipt, failure) -> reply(exchange, answer, failure));
  }

  private void answerWhenFolded(Exchange exchange, Tracked tracked, Buffer answer) {
    CompletableFuture<Receipt> appended = tracked.appended();
    appended.whenComplete(
        (receipt, failure) -> {
          if (failure != null) {
            reply(exchange, answer, failure);
            return;
          }
          rivulet
              .folded(receipt)
              .orTimeout(FOLDED_SECONDS, TimeUnit.SECONDS)
              .whenComplete(
                  (done, late) -> reply(exchange, answer, late == null ? null : notYetVisible()));
        });
  }

  private static Problem notYetVisible() {
    return Problem.unavailable(
        "the events are stored and will be counted, but are not visible after "
            + FOLDED_SECONDS
            + " s; sending them again with the same ids is harmless",
        1);
  }

  private static void reply(Exchange exchange, Buffer answer, @Nullable Throwable failure) {
    exchange.onLoop(
        () -> {
          if (failure == null) {
            exchange.send(200, Exchange.JSON, answer);
          } else {
            exchange.fail(failure);
          }
        });
  }

  private static List<Rejection> refused(ParsedBody<?> parsed, Tracked tracked) {
    if (tracked.rejected().isEmpty()) {
      return parsed.rejected();
    }
    var all = new ArrayList<Rejection>(parsed.rejected());
    tracked.rejected().forEach(rejection -> all.add(parsed.inBody(rejection)));
    all.sort(Comparator.comparingInt(Rejection::index));
    return all;
  }

  private static Problem badItem(Rejection rejection) {
    String field =
        switch (rejection.reason()) {
          case MISSING_EVENT, INVALID_EVENT -> "event";
          case MISSING_USER, INVALID_USER -> "user";
          case INVALID_ID -> "id";
          case INVALID_TIME -> "time";
          case INVALID_PROPERTIES -> "properties";
          case MISSING_METRIC, INVALID_METRIC -> "metric";
          case INVALID_VALUE -> "value";
          case INVALID_TAGS -> "tags";
          case INVALID_NODE -> "node";
          case KIND_CONFLICT -> "kind";
          default -> null;
        };
    return Problem.badRequest(rejection.detail())
        .withField(field)
        .withReason(rejection.reason().word());
  }

  private static Buffer answer(int accepted, List<Rejection> refused) {
    if (refused.isEmpty()) {
      return accepted == 1
          ? ONE_ACCEPTED
          : fixed("{\"accepted\":" + accepted + ",\"duplicates\":0,\"rejected\":[]}");
    }
    var items =
        refused.stream().map(r -> new Refused(r.index(), r.reason().word(), r.detail())).toList();
    return Buffer.buffer(Json.bytes(new Answer(accepted, 0, items)));
  }

  /**
   * What became of the items.
   *
   * @param duplicates always 0 here: they are found while folding, and the status counts them
   */
  private record Answer(int accepted, int duplicates, List<Refused> rejected) {}

  private record Refused(int index, String reason, String detail) {}

  private static Buffer fixed(String json) {
    return Buffer.buffer(json.getBytes(StandardCharsets.UTF_8));
  }
}
