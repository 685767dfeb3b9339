package dev.rivulet.server.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ImportProgressTest {
  @Test
  void text_sizeKnown_tellsTheTimeLeft() {
    assertEquals(
        " 25 %  1,000,000 lines  50,000 lines/s  1:00 left",
        ImportProgress.text(0.25, 1_000_000, 20));
    assertEquals("  1 %  72 lines  1 lines/s  1:58:48 left", ImportProgress.text(0.01, 72, 72));
  }

  @Test
  void text_sizeUnknown_tellsTheRate() {
    assertEquals("500 lines  50 lines/s", ImportProgress.text(0, 500, 10));
  }
}
