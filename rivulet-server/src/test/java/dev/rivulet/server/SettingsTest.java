package dev.rivulet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.projects.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void of_nothing_givesTheDefaults() {
    Settings settings = Settings.of(Map.of(), Map.of());
    assertEquals("127.0.0.1", settings.host());
    assertEquals(8321, settings.port());
    assertTrue(settings.embedded());
    assertEquals(Path.of(System.getProperty("user.home"), ".rivulet"), settings.data());
    assertTrue(Setting.values().length <= 15);
  }

  @Test
  void of_flag_winsOverTheEnvironment() {
    var environment =
        Map.of(
            "RIVULET_PORT",
            "9000",
            "RIVULET_TIMEZONE",
            "Europe/Berlin",
            "RIVULET_HOST",
            " ",
            "RIVULET_READ_KEY",
            "0123456789abcdef");
    Settings settings = Settings.of(Map.of(Setting.PORT, "9001"), environment);
    assertEquals(9001, settings.port());
    assertEquals("127.0.0.1", settings.host());
    assertEquals(ZoneId.of("Europe/Berlin"), settings.timezone());
    assertEquals(Map.of(Role.READ, "0123456789abcdef"), settings.keys());
  }

  @Test
  void of_wrongValue_namesItAndWhatIsRight() {
    refused(Map.of("RIVULET_PORT", "80o0"), "RIVULET_PORT", "80o0", "0 to 65535");
    refused(Map.of("RIVULET_PORT", "70000"), "70000");
    refused(Map.of("RIVULET_TIMEZONE", "Mars"), "Mars", "Europe/Berlin");
    refused(Map.of("RIVULET_NODE", "web 1"), "--node", "web 1", "A-Z");
    refused(Map.of("RIVULET_REPLICAS", "11"), "--replicas", "11", "0 to 10");
    refused(Map.of("RIVULET_REPLICAS", "1"), "--replicas", "1", "embedded");
    refused(Map.of("RIVULET_PROT", "1"), "RIVULET_PROT", "RIVULET_PORT");
    refused(Map.of("RIVULET_READ_KEYS", "1"), "RIVULET_READ_KEY");
    refused(
        Map.of("RIVULET_READ_KEY", "0123456789abcdef", "RIVULET_WRITE_KEY", "0123456789abcdef"),
        "same");
  }

  private static void refused(Map<String, String> environment, String... words) {
    var problem =
        assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of(), environment));
    for (String word : words) {
      assertTrue(String.valueOf(problem.getMessage()).contains(word), problem.getMessage());
    }
  }

  @Test
  void documentation_hasTheTableOfTheSettings() throws IOException {
    var table = new StringBuilder();
    for (Setting setting : Setting.values()) {
      table.append(
          "| %s | `%s` | %s | %s: %s | %s |\n"
              .formatted(
                  code(setting.flag()),
                  setting.variable(),
                  code(setting.otherwise()),
                  setting.unit(),
                  setting.meaning(),
                  setting.turned()));
    }
    String page = Files.readString(Path.of("../docs/server.md"));
    assertTrue(page.contains(table), "docs/server.md needs these rows:\n" + table);
    assertTrue(Setting.values().length <= 15, "at most fifteen settings");
  }

  private static String code(@Nullable String text) {
    return text == null ? "–" : "`" + text + "`";
  }
}
