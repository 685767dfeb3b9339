package dev.rivulet.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Properties;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {
  private static final String EVENT =
      "{\"plan\":\"pro\",\"total\":10,\"ratio\":2.5,\"vip\":true,\"coupon\":null,\"text\":\"10\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | true",
        "{\"plan\":\"pro\"} | true",
        "{\"plan\":\"Pro\"} | false",
        "{\"total\":10} | true",
        "{\"total\":10.0} | true",
        "{\"total\":\"10\"} | false",
        "{\"text\":10} | false",
        "{\"vip\":true} | true",
        "{\"coupon\":null} | true",
        "{\"missing\":null} | true",
        "{\"plan\":null} | false",
        "{\"plan\":[\"free\",\"pro\"]} | true",
        "{\"plan\":{\"eq\":\"pro\"}} | true",
        "{\"plan\":{\"not\":\"pro\"}} | false",
        "{\"plan\":{\"not\":null}} | true",
        "{\"missing\":{\"not\":\"pro\"}} | true",
        "{\"missing\":{\"not in\":[\"pro\"]}} | true",
        "{\"plan\":{\"not in\":[\"pro\"]}} | false",
        "{\"plan\":{\"in\":[\"pro\",\"team\"]}} | true",
        "{\"missing\":{\"in\":[\"pro\"]}} | false",
        "{\"total\":{\"gt\":9.5,\"lt\":11}} | true",
        "{\"total\":{\"gt\":10}} | false",
        "{\"total\":{\"gte\":10}} | true",
        "{\"total\":{\"lte\":10}} | true",
        "{\"total\":{\"lt\":10}} | false",
        "{\"text\":{\"gt\":5}} | false",
        "{\"missing\":{\"gt\":5}} | false",
        "{\"plan\":{\"gt\":\"pra\"}} | true",
        "{\"plan\":{\"contains\":\"ro\"}} | true",
        "{\"plan\":{\"contains\":\"RO\"}} | false",
        "{\"plan\":{\"matches\":\"^p.o\"}} | true",
        "{\"plan\":{\"matches\":\"r\"}} | true",
        "{\"plan\":{\"present\":true}} | true",
        "{\"coupon\":{\"present\":true}} | false",
        "{\"coupon\":{\"present\":false}} | true",
        "{\"plan\":\"pro\",\"total\":11} | false",
      })
  void test_tellsWhetherTheEventPasses(String where, boolean passes) {
    assertEquals(passes, Filter.parse(where).test(properties(EVENT)), where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"a\":1} x",
        "{\"a\":{\"near\":1}}",
        "{\"a\":{\"in\":1}}",
        "{\"a\":{\"matches\":\"(\"}}",
        "{\"a\":{\"matches\":1}}",
        "{\"a\":{\"gt\":true}}",
        "{\"a\":{\"present\":1}}",
        "{\"a\":NaN}",
        "{\"a\":{\"eq\":{}}}",
        "{\"a\":{}}",
        "{\"a\":[]}",
        "{\"a\":{\"in\":[]}}",
        "{\"a\":{\"not in\":[]}}",
        "{\"\":1}"
      })
  void parse_refusesWithTheReason(String where) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Filter.parse(where));
    assertTrue(String.valueOf(refused.getMessage()).length() > 10, refused.getMessage());
  }

  @Test
  void matches_staysLinearOnAnExplosiveExpression() {
    Filter filter = Filter.parse("{\"a\":{\"matches\":\"(a+)+$\"}}");
    Properties hostile = properties("{\"a\":\"" + "a".repeat(20_000) + "!\"}");
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> filter.test(hostile));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((((a{1000}){1000}){1000}){1000})",
        "(((a{30}){30}){30}){30}",
        "(?:(?P<n>[^]x]{99}){99}){99}",
        "(\\\\Q{\\\\E{999}){2}",
        "(\\\\p{Greek}{500}[[:alpha:]\\\\]]{500}){1,2}",
        "((a{0,999}){2,}",
        "a{1001}"
      })
  void parse_refusesRepetitionsThatTakeAllMemory(String expression) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Filter.parse("{\"a\":{\"matches\":\"" + expression + "\"}}"));
    assertTrue(String.valueOf(refused.getMessage()).contains("written out"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{500}b{400}", "(\\\\d{3}-){100}", "[{]{9}{", "\\\\Qa{9}\\\\E"})
  void parse_takesRepetitionsThatStaySmall(String expression) {
    Filter.parse("{\"a\":{\"matches\":\"" + expression + "\"}}");
  }

  private static Properties properties(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Properties.slice(bytes, 0, bytes.length);
  }
}
