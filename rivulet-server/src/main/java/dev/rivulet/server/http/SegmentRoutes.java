package dev.rivulet.server.http;

import dev.rivulet.server.ingest.SegmentEvents;
import java.util.Locale;

/** Segment's HTTP tracking API. The key may be in a header or in the body. */
final class SegmentRoutes {
  private final Ingest ingest;
  private final Gate gate;

  SegmentRoutes(Ingest ingest, Gate gate) {
    this.ingest = ingest;
    this.gate = gate;
  }

  void register(Routes routes) {
    for (SegmentEvents.Call call : SegmentEvents.Call.values()) {
      String path = "/v1/" + call.name().toLowerCase(Locale.ROOT);
      routes.postWithOwnKey(path, exchange -> take(exchange, call));
      routes.postWithOwnKey(path + "/", exchange -> take(exchange, call));
    }
  }

  private void take(Exchange exchange, SegmentEvents.Call call) {
    String basic = Gate.basicUser(exchange);
    String key = basic == null ? Gate.presented(exchange) : basic;
    if (key != null) {
      gate.admit(exchange, key, admitted -> ingest.segment(admitted, call));
    } else {
      ingest.segmentWithKeyInBody(exchange, call, gate);
    }
  }
}
