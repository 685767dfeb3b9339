package dev.rivulet.server.ingest;

import java.nio.charset.StandardCharsets;

/** Requests of Segment's public SDKs, as they were recorded. */
final class SegmentRequests {
  /** Segment Java 3.5.4, {@code POST /v1/import/}, 796 bytes. */
  static final byte[] JAVA =
      bytes(
          "{\"batch\":[{\"type\":\"track\",\"messageId\":\"e65388d1-41fd-4606-a377-dc07cfe205ae\""
              + ",\"timestamp\":\"2026-11-22T12:00:00.000Z\",\"userId\":\"u-1\",\"integrations\":{},\"e"
              + "vent\":\"Signed Up\",\"properties\":{\"price\":49.5,\"plan\":\"pro\"}},{\"type\":\"pag"
              + "e\",\"messageId\":\"73627f97-2402-45d2-a7e4-ef8fa4fa45a2\",\"timestamp\":\"2026-11-22T"
              + "21:59:03.867Z\",\"anonymousId\":\"anon-1\",\"integrations\":{},\"name\":\"Pricing\",\""
              + "properties\":{\"url\":\"https://example.com/pricing\"}},{\"type\":\"identify\",\"messa"
              + "geId\":\"dc48c48c-cd97-4e01-9423-b254cb408531\",\"timestamp\":\"2026-11-22T21:59:03.87"
              + "0Z\",\"userId\":\"u-1\",\"integrations\":{},\"traits\":{\"email\":\"u1@example.com\"}}"
              + "],\"sentAt\":\"2026-11-22T21:59:03.872Z\",\"context\":{\"library\":{\"name\":\"analyti"
              + "cs-java\",\"version\":\"3.5.4\"},\"instanceId\":\"f1cf930b-a07f-4c91-88a4-fa0325603a6a"
              + "\"},\"sequence\":1,\"writeKey\":\"WRITE_KEY\"}");

  /** Segment Node 3.1.0, {@code POST /v1/batch}, 2229 bytes. */
  static final byte[] NODE =
      bytes(
          "{\"batch\":[{\"timestamp\":\"2026-11-22T12:00:00.000Z\",\"integrations\":{},\"event\":"
              + "\"Signed Up\",\"type\":\"track\",\"properties\":{\"plan\":\"pro\",\"price\":49.5},\"co"
              + "ntext\":{\"library\":{\"name\":\"@segment/analytics-node\",\"version\":\"3.1.0\"}},\"u"
              + "serId\":\"u-1\",\"messageId\":\"node-next-1795383984676-65bf55ca-73c9-43d2-b8ad-a154c4"
              + "ddd77f\",\"_metadata\":{\"nodeVersion\":\"v20.20.2\",\"jsRuntime\":\"node\"}},{\"times"
              + "tamp\":\"2026-11-22T21:46:24.677Z\",\"integrations\":{},\"type\":\"page\",\"properties"
              + "\":{\"url\":\"https://example.com/pricing\",\"path\":\"/pricing\",\"referrer\":\"https"
              + "://ref.example/\",\"category\":\"Docs\"},\"category\":\"Docs\",\"name\":\"Pricing\",\""
              + "context\":{\"library\":{\"name\":\"@segment/analytics-node\",\"version\":\"3.1.0\"}},"
              + "\"anonymousId\":\"anon-1\",\"messageId\":\"node-next-1795383984677-55ca73c9-63d2-48ad-"
              + "a154-c4ddd77f7d40\",\"_metadata\":{\"nodeVersion\":\"v20.20.2\",\"jsRuntime\":\"node\""
              + "}},{\"timestamp\":\"2026-11-22T21:46:24.677Z\",\"integrations\":{},\"type\":\"identify"
              + "\",\"userId\":\"u-1\",\"traits\":{\"email\":\"u1@example.com\",\"plan\":\"pro\"},\"con"
              + "text\":{\"library\":{\"name\":\"@segment/analytics-node\",\"version\":\"3.1.0\"}},\"me"
              + "ssageId\":\"node-next-1795383984677-73c963d2-f8ad-4154-84dd-d77f7d406c47\",\"_metadata"
              + "\":{\"nodeVersion\":\"v20.20.2\",\"jsRuntime\":\"node\"}},{\"timestamp\":\"2026-11-22T"
              + "21:46:24.677Z\",\"integrations\":{},\"type\":\"group\",\"traits\":{\"name\":\"Acme\"},"
              + "\"groupId\":\"g-1\",\"context\":{\"library\":{\"name\":\"@segment/analytics-node\",\"v"
              + "ersion\":\"3.1.0\"}},\"userId\":\"u-1\",\"messageId\":\"node-next-1795383984677-63d2f8"
              + "ad-a154-44dd-977f-7d406c4734e3\",\"_metadata\":{\"nodeVersion\":\"v20.20.2\",\"jsRunti"
              + "me\":\"node\"}},{\"timestamp\":\"2026-11-22T21:46:24.677Z\",\"integrations\":{},\"user"
              + "Id\":\"u-1\",\"type\":\"alias\",\"previousId\":\"anon-1\",\"context\":{\"library\":{\""
              + "name\":\"@segment/analytics-node\",\"version\":\"3.1.0\"}},\"messageId\":\"node-next-1"
              + "795383984677-f8ada154-c4dd-477f-bd40-6c4734e3acd9\",\"_metadata\":{\"nodeVersion\":\"v"
              + "20.20.2\",\"jsRuntime\":\"node\"}},{\"timestamp\":\"2026-11-22T21:46:24.678Z\",\"integ"
              + "rations\":{},\"type\":\"screen\",\"properties\":{\"tab\":1},\"name\":\"Home\",\"contex"
              + "t\":{\"library\":{\"name\":\"@segment/analytics-node\",\"version\":\"3.1.0\"}},\"userI"
              + "d\":\"u-1\",\"messageId\":\"node-next-1795383984678-a154c4dd-d77f-4d40-ac47-34e3acd9c4"
              + "7e\",\"_metadata\":{\"nodeVersion\":\"v20.20.2\",\"jsRuntime\":\"node\"}}],\"writeKey"
              + "\":\"WRITE_KEY\",\"sentAt\":\"2026-11-22T21:46:24.681Z\"}");

  private SegmentRequests() {}

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
