package dev.rivulet.server.http;

import com.sun.management.OperatingSystemMXBean;
import dev.rivulet.Status;
import dev.rivulet.admission.Refusal;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server's own numbers for Prometheus. No project's or event's name is in them. */
final class PrometheusRoutes {
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  private final StatusRoutes status;
  private final LiveRoutes live;
  private final Workers workers;
  private final Body bodies;
  private @Nullable RequestMeter requests;

  PrometheusRoutes(StatusRoutes status, LiveRoutes live, Workers workers, Body bodies) {
    this.status = status;
    this.live = live;
    this.workers = workers;
    this.bodies = bodies;
  }

  /** Gives the requests' counters, which exist when all routes are known. */
  void requests(RequestMeter meter) {
    requests = meter;
  }

  void register(Routes routes) {
    routes.get(
        "/metrics",
        Door.OPEN,
        exchange ->
            exchange.compute(
                this::text,
                text -> exchange.send(200, PrometheusText.MEDIA_TYPE, Buffer.buffer(text))));
  }

  private String text() {
    var text = new PrometheusText();
    StatusRoutes.Reading reading = status.reading();
    text.family("rivulet_redis_up", "gauge", "1 when the store answers, else 0.");
    text.sample(reading.status() == null ? 0 : 1);
    if (reading.status() != null) {
      books(text, reading.status());
    }
    if (requests != null) {
      requests.writeTo(text);
    }
    gauge(text, "rivulet_live_subscribers", "Open live streams.", live.subscribers());
    gauge(text, "rivulet_live_topics", "Different topics they read.", live.topics());
    gauge(text, "rivulet_workers_waiting", "Questions that wait for a thread.", workers.waiting());
    gauge(text, "rivulet_bodies_bytes", "Bytes of request bodies held now.", bodies.inFlight());
    process(text);
    return text.toString();
  }

  private static void books(PrometheusText text, Status books) {
    counter(text, "rivulet_events_received_total", "Items that arrived.", books.received());
    counter(
        text,
        "rivulet_events_accepted_total",
        "Events taken in and not found to be duplicates.",
        books.accepted());
    text.family("rivulet_events_rejected_total", "counter", "Items refused, by reason.");
    for (Refusal reason : Refusal.values()) {
      text.sample(books.rejected().getOrDefault(reason.word(), 0L), "reason", reason.word());
    }
    counter(text, "rivulet_events_duplicates_total", "Retries recognised.", books.duplicates());
    counter(text, "rivulet_events_appended_total", "Records in the log.", books.appended());
    counter(text, "rivulet_events_folded_total", "Records folded.", books.folded());
    counter(
        text, "rivulet_events_poisonous_total", "Records put aside unfolded.", books.poisonous());
    perPartition(
        text, books, "rivulet_pending_events", "Records not yet folded.", row -> row.pending());
    perPartition(
        text,
        books,
        "rivulet_lag_seconds",
        "Age of the oldest record not yet folded.",
        row -> row.lagMillis() / MILLIS);
    perPartition(
        text, books, "rivulet_log_entries", "Entries kept in the log.", row -> row.entries());
    long live = books.nodes().stream().filter(Status.Node::live).count();
    gauge(text, "rivulet_nodes", "Server processes alive.", live);
    redis(text, books, "usedMemory", "rivulet_redis_memory_bytes", "Memory that Redis uses.");
    redis(text, books, "maxmemory", "rivulet_redis_memory_max_bytes", "Its limit; 0: none.");
    redis(text, books, "connectedClients", "rivulet_redis_clients", "Connections to Redis.");
  }

  private static void redis(
      PrometheusText text, Status books, String field, String name, String help) {
    if (books.redis().get(field) instanceof Number value) {
      gauge(text, name, help, value);
    }
  }

  private static void perPartition(
      PrometheusText text,
      Status books,
      String name,
      String help,
      Function<Status.Partition, Number> value) {
    text.family(name, "gauge", help);
    for (Status.Partition row : books.partitions()) {
      text.sample(value.apply(row), "partition", Integer.toString(row.partition()));
    }
  }

  private static void process(PrometheusText text) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      text.family("process_cpu_seconds_total", "counter", "Processor time used.");
      text.sample(system.getProcessCpuTime() / NANOS);
    }
    text.family("process_start_time_seconds", "gauge", "Start of the process, in epoch seconds.");
    text.sample(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    text.family("jvm_memory_used_bytes", "gauge", "Heap in use.");
    text.sample(heap.getUsed(), "area", "heap");
    text.family("jvm_memory_max_bytes", "gauge", "Most heap there can be.");
    text.sample(heap.getMax(), "area", "heap");
    text.family("jvm_threads_current", "gauge", "Threads alive.");
    text.sample(ManagementFactory.getThreadMXBean().getThreadCount());
    text.family("jvm_gc_collection_seconds", "summary", "Time spent collecting garbage.");
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      text.suffixed("_sum", collector.getCollectionTime() / MILLIS, "gc", collector.getName());
      text.suffixed("_count", collector.getCollectionCount(), "gc", collector.getName());
    }
  }

  private static void gauge(PrometheusText text, String name, String help, Number value) {
    text.family(name, "gauge", help);
    text.sample(value);
  }

  private static void counter(PrometheusText text, String name, String help, Number value) {
    text.family(name, "counter", help);
    text.sample(value);
  }
}
