package dev.rivulet.server.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.server.cli.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvFormatTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void write_mappedColumns_becomeFieldsAndTheRestProperties() {
    var parsed =
        parse(
            "uid,created,kind,Total,paid,note,zip",
            "user=uid,time=created,event=kind,amount=Total",
            "u1,2026-11-22 10:00:00,order,12.50,true,\"say \"\"hi\"\",\nthere\",00123");
    var event = parsed.event();
    assertEquals("", parsed.reason());
    assertEquals("u1", event.path("user").asText());
    assertEquals("order", event.path("event").asText());
    assertEquals(Instant.parse("2026-11-22T09:00:00Z").toEpochMilli(), event.path("time").asLong());
    assertTrue(event.path("id").asText().endsWith("-1"));
    var properties = event.path("properties");
    assertEquals(12.5, properties.path("amount").doubleValue());
    assertTrue(properties.path("paid").isBoolean());
    assertEquals("say \"hi\",\nthere", properties.path("note").asText());
    assertTrue(properties.path("zip").isTextual(), "a leading zero is no number");
  }

  @Test
  void of_usualNames_needNoMapping() {
    var mapping = CsvMapping.of(bytes("user_id;timestamp;plan"), Map.of(), "signup");
    assertEquals(';', mapping.separator());
    assertEquals(
        List.of(CsvMapping.Role.USER, CsvMapping.Role.TIME, CsvMapping.Role.PROPERTY),
        mapping.columns().stream().map(CsvMapping.Column::role).toList());
  }

  @Test
  void of_wrongMapping_namesWhatIsThere() {
    var missing =
        assertThrows(
            CommandFailure.class,
            () -> CsvMapping.of(bytes("a,b"), CsvMapping.parse("user=uid"), "x"));
    assertTrue(missing.getMessage().contains("\"uid\"") && missing.getMessage().contains("a, b"));
    assertThrows(CommandFailure.class, () -> CsvMapping.of(bytes("a,b"), Map.of(), "x"));
    assertThrows(CommandFailure.class, () -> CsvMapping.of(bytes("user,b"), Map.of(), null));
    assertThrows(CommandFailure.class, () -> CsvMapping.parse("user"));
  }

  @Test
  void write_brokenRecords_giveReasons() {
    assertTrue(parse("user,a", null, "u1").reason().contains("1 cells"));
    assertTrue(parse("user,a", null, ",x").reason().contains("user is empty"));
    assertTrue(parse("user,time", null, "u,yesterday").reason().contains("yesterday"));
    assertTrue(parse("user,a", null, "u,\"x\"y").reason().contains("cell 2"));
    assertTrue(parse("user,a", null, "u,\"x").reason().contains("not closed"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:00:00Z,2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.5+01:00,2026-11-22T09:00:00.500Z",
    "2026-11-22 10:00:00 +0100,2026-11-22T09:00:00Z",
    "2026-11-22T10:00,2026-11-22T09:00:00Z",
    "2026-11-22,2026-11-21T23:00:00Z",
    "2026-07-01 00:00:00,2026-06-30T22:00:00Z",
    "1795341600,2026-11-22T10:00:00Z",
    "1795341600000,2026-11-22T10:00:00Z",
    "1795341600.25,2026-11-22T10:00:00.250Z",
  })
  void millis_manyForms_areUnderstood(String text, Instant expected) {
    assertEquals(expected, Instant.ofEpochMilli(new CellTime(BERLIN).millis(text)));
  }

  private static Parsed parse(String header, String map, String record) {
    var mapped = map == null ? Map.<String, String>of() : CsvMapping.parse(map);
    var mapping = CsvMapping.of(bytes(header), mapped, "order");
    return Parsed.all(new CsvFormat(mapping, "order", BERLIN), bytes(record), true).get(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
