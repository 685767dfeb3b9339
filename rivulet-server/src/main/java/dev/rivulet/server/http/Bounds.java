package dev.rivulet.server.http;

import java.time.Duration;

/**
 * The bounds of the HTTP server.
 *
 * @param connections open connections; the ones past it are answered 503 and closed
 * @param eventsPerSecond events a second that one key may send, with a burst of two seconds' worth
 * @param failedKeysPerMinute wrong keys a minute that one address may try
 * @param bodiesInFlight bytes of all bodies that are being read or waiting for the log
 * @param subscribers open live streams
 * @param unread time that a live stream's reader may take nothing of what waits for it
 * @param workers threads that answer questions
 * @param waitingQuestions questions that wait for a thread; more are answered 503
 * @param headTimeout time to send a request's head after connecting, and the longest pause between
 *     two requests
 * @param bodyTimeout time to send a request's body
 * @param drain time that requests under way have to finish at a stop
 */
public record Bounds(
    int connections,
    long eventsPerSecond,
    int failedKeysPerMinute,
    long bodiesInFlight,
    int subscribers,
    Duration unread,
    int workers,
    int waitingQuestions,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration drain) {
  /** Longest first line of a request: an address with a filter in it fits. */
  static final int LINE_BYTES = 16 * 1024;

  static final int HEADER_BYTES = 16 * 1024;
  static final int TOPICS = 20;

  /** Bounds that fit this machine. */
  public static Bounds defaults() {
    return new Bounds(
        10_000,
        1_000_000,
        600,
        Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 8),
        2_000,
        Duration.ofMinutes(5),
        2 * Runtime.getRuntime().availableProcessors(),
        1_000,
        Duration.ofSeconds(75),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  public Bounds withConnections(int most) {
    return new Bounds(
        most,
        eventsPerSecond,
        failedKeysPerMinute,
        bodiesInFlight,
        subscribers,
        unread,
        workers,
        waitingQuestions,
        headTimeout,
        bodyTimeout,
        drain);
  }

  public Bounds withEventsPerSecond(long most) {
    return new Bounds(
        connections,
        most,
        failedKeysPerMinute,
        bodiesInFlight,
        subscribers,
        unread,
        workers,
        waitingQuestions,
        headTimeout,
        bodyTimeout,
        drain);
  }

  Bounds withFailedKeysPerMinute(int most) {
    return new Bounds(
        connections,
        eventsPerSecond,
        most,
        bodiesInFlight,
        subscribers,
        unread,
        workers,
        waitingQuestions,
        headTimeout,
        bodyTimeout,
        drain);
  }

  Bounds withDrain(Duration longest) {
    return new Bounds(
        connections,
        eventsPerSecond,
        failedKeysPerMinute,
        bodiesInFlight,
        subscribers,
        unread,
        workers,
        waitingQuestions,
        headTimeout,
        bodyTimeout,
        longest);
  }

  /** Bounds of live streams. */
  Bounds withReaders(int most, Duration longestUnread) {
    return new Bounds(
        connections,
        eventsPerSecond,
        failedKeysPerMinute,
        bodiesInFlight,
        most,
        longestUnread,
        workers,
        waitingQuestions,
        headTimeout,
        bodyTimeout,
        drain);
  }
}
