package dev.rivulet.server.http;

/** Samples in the native format, and the questions about metrics. */
final class MetricsRoutes {
  private final Ingest ingest;

  MetricsRoutes(Ingest ingest) {
    this.ingest = ingest;
  }

  void register(Routes routes) {
    routes.post("/api/v1/metrics", Door.INGEST, ingest::nativeSamples);
  }
}
