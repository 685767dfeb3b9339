package dev.rivulet.server.http;

import dev.rivulet.live.Subscription;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One reader of live topics. Messages may be offered from any thread; they are written on the event
 * loop. A reader slower than the changes gets the newest state of each topic and misses what lay
 * between, so what is kept for it is bounded: a reference to the newest state of each topic, which
 * all readers share, {@value #QUEUE_BYTES} bytes and the message that exceeds them on their way to
 * the socket, and what the kernel takes. One that reads nothing for long is let go.
 */
final class LiveStream {
  private static final int QUEUE_BYTES = 16 * 1024;

  /** What Linux doubles; by itself it would grow to megabytes of outdated states. */
  private static final int KERNEL_BYTES = 64 * 1024;

  private static final long KEEP_OPEN_MILLIS = 15_000;
  private static final long KEY_MILLIS = 1_000;
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");

  /** Browsers wait so long before they connect again. */
  private static final Buffer RETRY = Buffer.buffer("retry: 2000\n\n");

  private final Exchange exchange;
  private final long longestUnreadMillis;
  private final BooleanSupplier mayRead;
  private final Consumer<LiveStream> onClose;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> pending = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();
  private long lastId;
  private boolean open;
  private int unread;
  private boolean scheduled;
  private long keepOpenTimer = -1;
  private long unreadTimer = -1;
  private long keyTimer = -1;
  private volatile boolean closed;

  /**
   * @param lastId the last id that its reader saw; its ids are greater
   * @param longestUnread it is closed when its reader takes nothing for so long
   * @param mayRead whether its key still is good; asked once a second, must not block
   * @param onClose called once when the reader has gone
   */
  LiveStream(
      Exchange exchange,
      long lastId,
      Duration longestUnread,
      BooleanSupplier mayRead,
      Consumer<LiveStream> onClose) {
    this.exchange = exchange;
    this.lastId = lastId;
    this.longestUnreadMillis = longestUnread.toMillis();
    this.mayRead = mayRead;
    this.onClose = onClose;
  }

  /** Closes {@code subscription} with the stream. */
  void hears(Subscription subscription) {
    subscriptions.add(subscription);
    if (closed) {
      drop(subscription);
    }
  }

  /** Once for each. */
  private void drop(Subscription subscription) {
    if (subscriptions.remove(subscription)) {
      subscription.close();
    }
  }

  /** Sends the head; on the event loop. */
  void open() {
    HttpServerResponse response = exchange.response();
    if (closed || response.closed()) {
      close();
      return;
    }
    response.closeHandler(gone -> close());
    response.exceptionHandler(failure -> close());
    try {
      channel().config().setOption(ChannelOption.SO_SNDBUF, KERNEL_BYTES);
    } catch (ChannelException e) { // the reader has gone, and nobody has noticed yet
      close();
      return;
    }
    response.setChunked(true);
    response.putHeader("Content-Type", "text/event-stream");
    response.putHeader("Cache-Control", "no-cache, no-transform");
    response.putHeader("X-Accel-Buffering", "no");
    response.putHeader("X-Content-Type-Options", "nosniff");
    exchange.streams();
    write(RETRY);
    keepOpenTimer = vertx().setPeriodic(KEEP_OPEN_MILLIS, KEEP_OPEN_MILLIS, timer -> keepOpen());
    keyTimer = vertx().setPeriodic(KEY_MILLIS, KEY_MILLIS, timer -> checkKey());
    open = true;
    flush();
  }

  /** Hands over the newest state of a topic: the fields of a JSON object. */
  void offer(String topic, byte[] fields) {
    synchronized (pending) {
      if (closed) {
        return;
      }
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
                if (isFull()) {
                  cut(); // nobody reads the end, and the server would wait for that
                }
              }
              close();
            });
  }

  /** Lets go of everything; on the event loop. */
  void close() {
    if (!closed) {
      closed = true;
      subscriptions.forEach(this::drop);
      synchronized (pending) {
        pending.clear();
      }
      vertx().cancelTimer(keepOpenTimer);
      vertx().cancelTimer(unreadTimer);
      vertx().cancelTimer(keyTimer);
      onClose.accept(this);
    }
  }

  /** From below HTTP, whose own close would wait for what nobody reads. */
  private void cut() {
    channel().pipeline().firstContext().close();
  }

  private Channel channel() {
    return ((ConnectionBase) exchange.request().connection()).channel();
  }

  private Vertx vertx() {
    return exchange.context().owner();
  }

  private void keepOpen() {
    if (!isFull()) {
      write(COMMENT);
    }
  }

  /** A key that was taken back reads nothing more: who comes again is told why. */
  private void checkKey() {
    if (!mayRead.getAsBoolean()) {
      end();
    }
  }

  /** Writes what is pending while the reader takes it. */
  private void flush() {
    synchronized (pending) {
      scheduled = false;
    }
    while (open && !closed && !isFull()) {
      Map.Entry<String, byte[]> next = take();
      if (next == null) {
        return;
      }
      write(message(next.getKey(), next.getValue()));
    }
  }

  private boolean isFull() {
    return unread >= QUEUE_BYTES;
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
    lastId = Math.max(lastId + 1, System.currentTimeMillis());
    String kind = begun.add(topic) ? "snapshot" : "change";
    Buffer out = Buffer.buffer(fields.length + 128);
    out.appendString("id: " + lastId + "\nevent: " + topic + "\ndata: {\"topic\":");
    out.appendBytes(Json.bytes(topic));
    out.appendString(",\"kind\":\"" + kind + "\"");
    if (fields.length > 2) {
      out.appendString(",");
    }
    out.appendBytes(fields, 1, fields.length - 1); // without the brace that opened the object
    return out.appendString("\n\n");
  }

  /** Counts the bytes until the socket has them: the client's own queue holds many messages. */
  private void write(Buffer bytes) {
    unread += bytes.length();
    if (isFull()) {
      unreadTimer = vertx().setTimer(longestUnreadMillis, timer -> cut());
    }
    exchange
        .response()
        .write(bytes)
        .onSuccess(done -> written(bytes.length()))
        .onFailure(failure -> close());
  }

  private void written(int bytes) {
    boolean wasFull = isFull();
    unread -= bytes;
    if (wasFull && !isFull()) {
      vertx().cancelTimer(unreadTimer);
      flush();
    }
  }
}
