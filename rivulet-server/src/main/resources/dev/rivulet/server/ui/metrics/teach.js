/** Ways to send the first sample, for a page that has none to show. */
export const ways = {
  curl: (at, query) => `curl ${at}/api/v1/metrics${query} \\
  -H "Authorization: Bearer $RIVULET_WRITE_KEY" \\
  -d '{"metric": "queue_depth", "value": 17, "kind": "gauge",
       "tags": {"queue": "mail"}, "node": "worker-1"}'`,
  Java: () => `try (var rivulet = Rivulet.open("redis://127.0.0.1:6379")) {
  rivulet.record(new SampleDraft()
      .metric("queue_depth").value(17).kind(MetricKind.GAUGE)
      .tag("queue", "mail").node("worker-1"));
}`,
  JavaScript: (at, query) => `await fetch("${at}/api/v1/metrics${query}", {
  method: "POST",
  headers: { Authorization: "Bearer " + WRITE_KEY },
  body: JSON.stringify({ metric: "queue_depth", value: 17, kind: "gauge",
    tags: { queue: "mail" }, node: "worker-1" }),
});`,
};
