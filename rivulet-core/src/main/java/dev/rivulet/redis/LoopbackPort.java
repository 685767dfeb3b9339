package dev.rivulet.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback interface. */
public final class LoopbackPort {
  private static final int FIRST = 12_000;
  private static final int COUNT = 10_000;
  private static final int ATTEMPTS = 200;

  private LoopbackPort() {}

  /**
   * A port that is free now, as are those at the offsets from it (a cluster's bus is 10,000 above).
   *
   * <p>From 12,000 to 21,999, below the ports systems give to outgoing connections: otherwise a
   * client that keeps trying while the server is down can connect to itself and take its place.
   *
   * @throws IllegalStateException when none is found
   */
  public static int free(int... offsets) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
      boolean free = isFree(port);
      for (int i = 0; free && i < offsets.length; i++) {
        free = isFree(port + offsets[i]);
      }
      if (free) {
        return port;
      }
    }
    throw new IllegalStateException(
        "No free loopback port from %d to %d.".formatted(FIRST, FIRST + COUNT - 1));
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
