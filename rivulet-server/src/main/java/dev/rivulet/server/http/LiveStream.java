package dev.rivulet.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader of live topics. Messages may be offered from any thread; they are written on the event
 * loop. A reader slower than the changes gets the newest state of each topic and misses what lay
 * between, so what is kept for it is bounded by its topics.
 */
final class LiveStream {
  private static final int QUEUE_BYTES = 64 * 1024;
  private static final long KEEP_OPEN_MILLIS = 15_000;
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");

  /** Browsers wait so long before they connect again. */
  private static final Buffer RETRY = Buffer.buffer("retry: 2000\n\n");

  private final Exchange exchange;
  private final LongSupplier ids;
  private final Consumer<LiveStream> onClose;
  private final Map<String, byte[]> pending = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();
  private boolean open;
  private boolean closed;
  private boolean scheduled;
  private long timer;

  /**
   * @param ids gives increasing numbers
   * @param onClose called once when the reader has gone
   */
  LiveStream(Exchange exchange, LongSupplier ids, Consumer<LiveStream> onClose) {
    this.exchange = exchange;
    this.ids = ids;
    this.onClose = onClose;
  }

  /** Sends the head; on the event loop. */
  void open() {
    HttpServerResponse response = exchange.response();
    if (response.closed()) {
      close();
      return;
    }
    response.closeHandler(gone -> close());
    response.exceptionHandler(failure -> close());
    response.setWriteQueueMaxSize(QUEUE_BYTES);
    response.setChunked(true);
    response.putHeader("Content-Type", "text/event-stream");
    response.putHeader("Cache-Control", "no-cache, no-transform");
    response.putHeader("X-Accel-Buffering", "no");
    response.putHeader("X-Content-Type-Options", "nosniff");
    exchange.streams();
    write(RETRY);
    timer =
        exchange.context().owner().setPeriodic(KEEP_OPEN_MILLIS, KEEP_OPEN_MILLIS, t -> keepOpen());
    open = true;
    flush();
  }

  /** Hands over the newest state of a topic: the fields of a JSON object. */
  void offer(String topic, byte[] fields) {
    synchronized (pending) {
      pending.put(topic, fields);
      if (scheduled) {
        return;
      }
      scheduled = true;
    }
    exchange.context().runOnContext(nothing -> flush());
  }

  /** Ends the stream from the server's side; from any thread. */
  void end() {
    exchange
        .context()
        .runOnContext(
            nothing -> {
              if (open && !closed && !exchange.response().ended()) {
                exchange.response().end();
              }
              close();
            });
  }

  private void close() {
    if (!closed) {
      closed = true;
      exchange.context().owner().cancelTimer(timer);
      onClose.accept(this);
    }
  }

  private void keepOpen() {
    if (!exchange.response().writeQueueFull()) {
      write(COMMENT);
    }
  }

  private void flush() {
    synchronized (pending) {
      scheduled = false;
    }
    HttpServerResponse response = exchange.response();
    while (open && !closed) {
      if (response.writeQueueFull()) {
        response.drainHandler(drained -> flush());
        return;
      }
      Map.Entry<String, byte[]> next = take();
      if (next == null) {
        return;
      }
      write(message(next.getKey(), next.getValue()));
    }
  }

  private Map.@Nullable Entry<String, byte[]> take() {
    synchronized (pending) {
      Iterator<Map.Entry<String, byte[]>> entries = pending.entrySet().iterator();
      if (!entries.hasNext()) {
        return null;
      }
      Map.Entry<String, byte[]> next = entries.next();
      var taken = Map.entry(next.getKey(), next.getValue());
      entries.remove();
      return taken;
    }
  }

  private Buffer message(String topic, byte[] fields) {
    String kind = begun.add(topic) ? "snapshot" : "change";
    var out = new ByteArrayOutputStream(fields.length + 128);
    out.writeBytes(
        ("id: " + ids.getAsLong() + "\nevent: " + topic + "\ndata: {\"topic\":")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(Json.bytes(topic));
    out.writeBytes((",\"kind\":\"" + kind + "\"").getBytes(StandardCharsets.UTF_8));
    if (fields.length > 2) {
      out.write(',');
    }
    out.write(fields, 1, fields.length - 1); // without the brace that opened the object
    out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    return Buffer.buffer(out.toByteArray());
  }

  private void write(Buffer bytes) {
    exchange.response().write(bytes).onFailure(failure -> close());
  }
}
