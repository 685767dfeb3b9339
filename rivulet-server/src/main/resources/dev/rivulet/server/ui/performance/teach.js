/** Ways to send response times, for the page that has none to show. */
export const ways = {
  curl: (at, query) => `curl ${at}/api/v1/metrics${query} \\
  -H "Authorization: Bearer $RIVULET_WRITE_KEY" \\
  -d '{"metric": "response_time", "value": 23.4, "tags":
       {"endpoint": "/users/{id}", "method": "GET", "status": "200"}}'`,
  Java: () => `try (var rivulet = Rivulet.open("redis://127.0.0.1:6379")) {
  var times = rivulet.recorder().responseTimes("/users/{id}", "GET");
  long begun = System.nanoTime();
  // … answer the request …
  times.record(200, System.nanoTime() - begun);
}`,
  JavaScript: (at, query) => `await fetch("${at}/api/v1/metrics${query}", {
  method: "POST",
  headers: { Authorization: "Bearer " + WRITE_KEY },
  body: JSON.stringify({ metric: "response_time", value: 23.4,
    tags: { endpoint: "/users/{id}", method: "GET", status: "200" } }),
});`,
};
