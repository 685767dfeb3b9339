package dev.rivulet.server.cli.shop;

import java.util.Map;

/**
 * Something a visitor did.
 *
 * @param id the same for the same seed and moment
 * @param atMillis when, epoch milliseconds
 * @param properties strings and numbers
 */
public record ShopEvent(
    String id, String event, String user, long atMillis, Map<String, Object> properties) {
  /** The name under which traits travel: not an event of its own, but an identify call. */
  static final String IDENTIFY = "$identify";

  boolean isIdentify() {
    return event.equals(IDENTIFY);
  }
}
