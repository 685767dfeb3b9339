package dev.rivulet.redis;

import java.util.Objects;

/** A host name or address literal (IPv6 without brackets) and a port from 1 to 65535. */
public record HostPort(String host, int port) {
  public HostPort {
    Objects.requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException("The host is empty; write host:port.");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "Port %d of host \"%s\" is not from 1 to 65535.".formatted(port, host));
    }
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code [v6::address]:port}.
   *
   * @throws IllegalArgumentException naming the text and what would be right
   */
  static HostPort parse(String text, int defaultPort) {
    String host = text;
    String port = "";
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = text.indexOf(':', Math.max(bracket, 0));
    if (bracket >= 0) {
      host = text.substring(1, bracket);
      if (bracket + 1 < text.length() && colon != bracket + 1) {
        throw invalid(text);
      }
    } else if (colon >= 0) {
      host = text.substring(0, colon);
    }
    if (colon >= 0) {
      port = text.substring(colon + 1);
    }
    if (colon < 0) {
      return new HostPort(host, defaultPort);
    }
    try {
      return new HostPort(host, Integer.parseInt(port));
    } catch (NumberFormatException notANumber) {
      throw invalid(text);
    }
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "\"%s\" is not a host and port; write host:port, or [address]:port for IPv6."
            .formatted(text));
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
