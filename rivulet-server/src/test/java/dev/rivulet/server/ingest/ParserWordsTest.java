package dev.rivulet.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rivulet.view.Filter;
import org.junit.jupiter.api.Test;

class ParserWordsTest {
  private static String said(String body) {
    return String.valueOf(
            assertThrows(UnreadableBody.class, () -> NativeEvents.parse(body.getBytes(UTF_8), null))
                .getMessage())
        .replaceFirst(" \\(at byte \\d+\\)$", "");
  }

  @Test
  void detail_ofBrokenJson_isForSendersAndNotForParserProgrammers() {
    assertEquals(
        "Unexpected end-of-input: expected close marker for Object", said("{\"event\":\"x\" "));
    assertEquals("Non-standard token 'NaN'", said("{\"event\": NaN}"));
    assertEquals("nested deeper than 1000", said("[".repeat(1_100)));
    for (String body : new String[] {"{", "[", "{\"a\":", "/* */", "NaN", "-Infinity", "tru"}) {
      String words = said(body);
      for (String inner : new String[] {"Feature", "REDACTED", "Constraints", "parser)"}) {
        assertFalse(words.contains(inner), words);
      }
    }
  }

  @Test
  void where_broken_isToldInTheSameWords() {
    var refused = assertThrows(IllegalArgumentException.class, () -> Filter.parse("{\"a\":"));
    assertFalse(refused.getMessage().contains("REDACTED"), refused.getMessage());
  }
}
