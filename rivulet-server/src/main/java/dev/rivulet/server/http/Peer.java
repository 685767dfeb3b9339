package dev.rivulet.server.http;

/**
 * What a connection is doing, so that slow or silent ones can be closed. Used on its event loop.
 */
final class Peer {
  private boolean answering;
  private boolean sendingBody;
  private long sinceNanos;
  private final boolean surplus;

  /**
   * @param surplus whether it came when the server had as many connections as it takes
   */
  Peer(boolean surplus, long nowNanos) {
    this.surplus = surplus;
    this.sinceNanos = nowNanos;
  }

  boolean isSurplus() {
    return surplus;
  }

  void requestBegan(long nowNanos) {
    answering = true;
    sinceNanos = nowNanos;
  }

  void bodyExpected() {
    sendingBody = true;
  }

  void bodyEnded() {
    sendingBody = false;
  }

  void answered(long nowNanos) {
    answering = false;
    sendingBody = false;
    sinceNanos = nowNanos;
  }

  /** Whether it took too long for what it is doing. */
  boolean isOverdue(long nowNanos, long headNanos, long bodyNanos) {
    if (answering) {
      return sendingBody && nowNanos - sinceNanos > bodyNanos;
    }
    return nowNanos - sinceNanos > headNanos;
  }
}
