package dev.rivulet.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentTest {
  @TempDir private Path data;

  @Test
  void of_noKeys_takesThoseOfTheLocalServer() throws IOException {
    Files.writeString(data.resolve("keys"), "admin=a\nwrite=w\nread=r\n");
    var keys = Environment.of(Map.of("RIVULET_DATA", data.toString())).keys();
    assertEquals("w", keys.forWriting());
    assertEquals("r", keys.forReading());
  }

  @Test
  void of_anyKeyInTheEnvironment_leavesTheFileAlone() throws IOException {
    Files.writeString(data.resolve("keys"), "admin=a\nwrite=w\nread=r\n");
    var variables = Map.of("RIVULET_DATA", data.toString(), "RIVULET_WRITE_KEY", "mine");
    var keys = Environment.of(variables).keys();
    assertEquals("mine", keys.forWriting());
    assertNull(keys.forReading());
  }

  @Test
  void of_wrongUrl_isNamed() {
    for (var url : new String[] {"localhost:8321", "ftp://x", "http://", "http:// x"}) {
      assertThrows(CommandFailure.class, () -> Environment.of(Map.of("RIVULET_URL", url)), url);
    }
    assertEquals(
        "http://h:1", Environment.of(Map.of("RIVULET_URL", "http://h:1/")).url().toString());
  }
}
