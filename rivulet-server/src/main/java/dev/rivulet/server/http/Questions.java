package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.query.ViewNotReady;
import dev.rivulet.view.Query;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the library for an exchange, on a worker thread. Thread-safe. */
final class Questions {
  private static final long FILLING_RETRY_SECONDS = 2;

  private final Rivulet rivulet;

  Questions(Rivulet rivulet) {
    this.rivulet = rivulet;
  }

  /** What time it is on every node, in epoch milliseconds: where ranges end that have no end. */
  long now() {
    return rivulet.clock().millis();
  }

  /**
   * Answers the exchange with the answer of {@code query}, which has no conditions.
   *
   * @throws Problem 400 when the client gave some
   */
  void answer(Exchange exchange, Supplier<? extends Query<?>> query) {
    exchange.parameters().withoutWhere();
    answerFiltered(exchange, query);
  }

  /** The same for a question that takes {@code where}. */
  void answerFiltered(Exchange exchange, Supplier<? extends Query<?>> query) {
    Query<?> asked = checked(query);
    exchange.answer(() -> ask(asked));
  }

  /**
   * Answers the exchange with what {@code shown} makes of the answer of {@code query}; that may
   * throw a {@link Problem}, and ask further questions. The question has no conditions.
   */
  <A> void answer(
      Exchange exchange, Supplier<? extends Query<A>> query, Function<A, Object> shown) {
    exchange.parameters().withoutWhere();
    Query<A> asked = checked(query);
    exchange.answer(() -> checked(() -> shown.apply(rivulet.ask(asked))));
  }

  /**
   * Makes or asks a question; a question that makes no sense is the client's.
   *
   * @throws Problem 400 when it makes no sense, 503 when its view is still being filled
   */
  static <T> T checked(Supplier<T> question) {
    try {
      return question.get();
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    } catch (ViewNotReady e) {
      throw Problem.unavailable(String.valueOf(e.getMessage()), FILLING_RETRY_SECONDS);
    }
  }

  private Object ask(Query<?> query) {
    return checked(() -> (Object) rivulet.ask(query));
  }
}
