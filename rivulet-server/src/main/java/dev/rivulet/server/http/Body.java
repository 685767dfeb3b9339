package dev.rivulet.server.http;

import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Limits;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads the bodies of requests, each up to a limit, all together up to the bytes in flight that the
 * server allows. What a body holds is given back when its exchange ends.
 */
final class Body {
  /** On the wire, before decompression: the same as after it, since honest bodies shrink. */
  static final int MOST = Limits.BODY_BYTES;

  private static final byte[] EMPTY = {};

  private final AtomicLong inFlight = new AtomicLong();
  private final long most;

  Body(long mostInFlight) {
    this.most = mostInFlight;
  }

  /** Bytes of bodies that are held now. */
  long inFlight() {
    return inFlight.get();
  }

  /** Reads the whole body, then hands it over on the event loop. */
  void read(Exchange exchange, Consumer<byte[]> then) {
    read(exchange, then, exchange::fail);
  }

  /**
   * Reads the whole body, then hands it over on the event loop.
   *
   * @param refuse answers a body that cannot be taken: 413 or 503
   */
  void read(Exchange exchange, Consumer<byte[]> then, Consumer<Problem> refuse) {
    String declared = exchange.header(HttpHeaderNames.CONTENT_LENGTH);
    int expected = declared == null ? -1 : length(declared);
    if (expected > MOST) {
      refuse.accept(tooLarge());
      return;
    }
    exchange.peer().bodyExpected();
    var reading = new Reading(exchange, then, refuse, Math.max(expected, 0));
    exchange.request().handler(reading::more);
    exchange.request().endHandler(nothing -> reading.end());
    exchange.request().exceptionHandler(failure -> reading.abandon());
    exchange.resume();
  }

  private static int length(String declared) {
    try {
      return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(declared));
    } catch (NumberFormatException e) {
      throw Problem.badRequest("Content-Length '" + declared + "' is not a number");
    }
  }

  static Problem tooLarge() {
    return Problem.of(
            413, "the body is larger than " + MOST + " bytes: send fewer events a request")
        .withReason(Refusal.BODY_TOO_LARGE.word());
  }

  private final class Reading {
    private final Exchange exchange;
    private final Consumer<byte[]> then;
    private final Consumer<Problem> refuse;
    private final int expected;
    private byte[] bytes = EMPTY;
    private int length;
    private boolean over;

    private Reading(
        Exchange exchange, Consumer<byte[]> then, Consumer<Problem> refuse, int expected) {
      this.exchange = exchange;
      this.then = then;
      this.refuse = refuse;
      this.expected = expected;
    }

    private void more(Buffer chunk) {
      if (over) {
        return;
      }
      int size = chunk.length();
      if (length + size > MOST) {
        refuse(tooLarge());
        return;
      }
      if (inFlight.addAndGet(size) > most) {
        inFlight.addAndGet(-size);
        refuse(Problem.unavailable("the server holds as many bytes of requests as it can", 1));
        return;
      }
      if (length + size > bytes.length) {
        // What is declared is believed only as far as what has come, so that heads cost nothing.
        int grown = Math.max(length + size, Math.min(Math.max(expected, 0), 2 * (length + size)));
        bytes = Arrays.copyOf(bytes, expected > 0 ? grown : Math.max(grown, 2 * bytes.length));
      }
      chunk.getBytes(0, size, bytes, length);
      length += size;
    }

    private void end() {
      if (over) {
        return;
      }
      over = true;
      exchange.peer().bodyEnded();
      exchange.onEnd(() -> inFlight.addAndGet(-length));
      byte[] whole = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
      exchange.guarded(() -> then.accept(whole));
    }

    private void refuse(Problem problem) {
      abandon();
      refuse.accept(problem);
    }

    private void abandon() {
      if (!over) {
        over = true;
        inFlight.addAndGet(-length);
        bytes = EMPTY;
      }
    }
  }
}
