package dev.rivulet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final long NOW = Instant.parse("2026-11-22T10:00:00.250Z").toEpochMilli();

  @Test
  void renew_manyTimes_makesNewValidEventsOf250Bytes() throws IOException {
    var body = new Workload(1).body("length %d\n", 100);
    var ids = new HashSet<UUID>();
    var people = new HashSet<String>();
    for (int i = 0; i < 50; i++) {
      var text = new String(body.renew(NOW), StandardCharsets.US_ASCII);
      String json = text.substring(text.indexOf('\n') + 1);
      assertEquals("length " + json.length(), text.substring(0, text.indexOf('\n')));
      assertEquals(250, json.length() / 100.0, 5);
      for (var event : new ObjectMapper().readTree(json)) {
        assertTrue(Workload.NAMES.contains(event.required("event").textValue()));
        var id = UUID.fromString(event.required("id").textValue());
        assertEquals(4, id.version());
        assertTrue(ids.add(id), "an id came twice");
        people.add(event.required("user").textValue());
        long age = NOW - Instant.parse(event.required("time").textValue()).toEpochMilli();
        assertTrue(age >= 0 && age < 2000, "age " + age);
        assertEquals(5, event.required("properties").size());
      }
    }
    assertTrue(people.size() > 4_500, "people " + people.size());
  }

  @Test
  void body_ofOneEvent_isNoArray() throws IOException {
    var body = new Workload(1).body("", 1);
    var event = new ObjectMapper().readTree(body.renew(NOW));
    assertEquals(body.names().get(0), event.required("event").textValue());
  }
}
