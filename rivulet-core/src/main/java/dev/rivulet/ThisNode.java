package dev.rivulet;

import dev.rivulet.engine.NodeReport;
import dev.rivulet.time.StoreClock;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this process tells of itself with each heartbeat. Thread-safe. */
final class ThisNode implements Supplier<NodeReport> {
  private static final int MOST_HOST = 80;
  private static final int RADIX = 36;

  private final String name;
  private final String id;
  private final StoreClock clock;
  private final long startedAt;
  private volatile @Nullable String address;
  private volatile IntSupplier subscribers = () -> 0;
  private volatile LongSupplier appended = () -> 0;
  private volatile LongSupplier folded = () -> 0;
  private volatile Supplier<Map<String, Double>> filling = Map::of;

  /**
   * @param given what it is to be called; null for host and process
   */
  ThisNode(@Nullable String given, StoreClock clock) {
    this.name = given == null ? ownName() : given;
    // Names may be equal, by a copied configuration or in containers that all are process 1.
    long random = new SecureRandom().nextLong() >>> 24;
    this.id = name + "-" + Long.toString(random, RADIX);
    this.clock = clock;
    this.startedAt = clock.millis();
  }

  /** What it is called, not unique. */
  String name() {
    return name;
  }

  String id() {
    return id;
  }

  void listensAt(String where, IntSupplier counted) {
    subscribers = counted;
    address = where;
  }

  void works(LongSupplier appends, LongSupplier folds, Supplier<Map<String, Double>> fillings) {
    appended = appends;
    folded = folds;
    filling = fillings;
  }

  /** Views being filled here, with the part done from 0 to 1. */
  Map<String, Double> filling() {
    return filling.get();
  }

  @Override
  public NodeReport get() {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new NodeReport(
        id,
        name,
        startedAt,
        version(),
        address,
        clock.skewMillis(),
        clock.corrected(),
        heap.getUsed(),
        heap.getMax(),
        subscribers.getAsInt(),
        appended.getAsLong(),
        folded.getAsLong(),
        filling.get());
  }

  private static String version() {
    String packaged = ThisNode.class.getPackage().getImplementationVersion();
    return packaged == null ? "development" : packaged;
  }

  /** The runtime calls itself process@host. */
  private static String ownName() {
    String runtime = ManagementFactory.getRuntimeMXBean().getName();
    int at = runtime.indexOf('@');
    String host = runtime.substring(at + 1).replaceAll("[^A-Za-z0-9_.-]", "-");
    String shortened = host.substring(0, Math.min(host.length(), MOST_HOST));
    return at < 0 ? shortened : shortened + "-" + runtime.substring(0, at);
  }
}
