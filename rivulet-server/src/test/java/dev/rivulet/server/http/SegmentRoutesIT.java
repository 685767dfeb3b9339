package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class SegmentRoutesIT {
  private static final String TRACK = "{\"event\":\"Signed Up\",\"userId\":\"u-1\"}";
  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void key_isTakenFromHeaderBasicOrBody() {
    assertEquals(200, post("/v1/track", TRACK, "Authorization", "Bearer " + TestServer.WRITE));
    assertEquals(200, post("/v1/track/", TRACK, "Authorization", basic(TestServer.WRITE)));
    String inBody = TRACK.replace("}", ",\"writeKey\":\"" + TestServer.WRITE + "\"}");
    assertEquals(200, post("/v1/track", inBody));
    assertEquals(401, post("/v1/track", TRACK));
    assertEquals(401, post("/v1/track", TRACK, "Authorization", basic("wrong")));
    assertEquals(401, post("/v1/track", TRACK, "Authorization", "Basic %%%"));
    assertEquals(401, post("/v1/track", TRACK.replace("}", ",\"writeKey\":\"no\"}")));
    assertEquals(403, post("/v1/track", TRACK, "Authorization", basic(TestServer.READ)));
    server.track("{\"event\":\"last\",\"user\":\"u-1\"}"); // folded after what u-1 did before
    assertEquals(
        3, server.get("/api/v1/events/count?event=Signed%20Up").json().get("total").asLong());
  }

  @Test
  void calls_answerSuccess() {
    var key = new String[] {"Authorization", basic(TestServer.WRITE)};
    String identify = "{\"userId\":\"u-1\",\"traits\":{\"plan\":\"pro\"}}";
    assertEquals("{\"success\":true}", server.post("/v1/identify?wait=folded", identify).text());
    for (String call : new String[] {"page", "screen", "group", "alias"}) {
      assertEquals(200, post("/v1/" + call, "{\"userId\":\"u-1\",\"name\":\"n\"}", key), call);
    }
    String batch =
        "{\"batch\":[{\"type\":\"track\",\"event\":\"b\",\"userId\":\"u\"},{\"type\":\"?\"}]}";
    assertEquals(200, post("/v1/batch?wait=folded", batch, key));
    assertEquals(200, post("/v1/import/?wait=folded", batch, key));
    assertEquals(400, post("/v1/track", "{\"event\":", key));
    assertEquals(2, server.get("/api/v1/events/count?event=b").json().get("total").asLong());
    assertEquals("pro", server.get("/api/v1/users/u-1").json().get("traits").get("plan").asText());
  }

  @Test
  void waitFolded_answersWhenTheEventsAreVisible() {
    var key = new String[] {"Authorization", basic(TestServer.WRITE)};
    for (int sent = 1; sent <= 50; sent++) {
      assertEquals(200, post("/v1/track?wait=folded", TRACK, key));
      assertEquals(
          sent, server.get("/api/v1/events/count?event=Signed%20Up").json().get("total").asLong());
    }
    assertEquals(400, post("/v1/track?wait=long", TRACK, key));
  }

  private int post(String path, String body, String... headers) {
    return server.send("POST", path, "", BodyPublishers.ofString(body), headers).status();
  }

  private static String basic(String key) {
    return "Basic "
        + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
  }
}
