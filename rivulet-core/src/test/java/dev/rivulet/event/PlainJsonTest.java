package dev.rivulet.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way and the JSON parser read the same. A space after the brace forces the parser. */
class PlainJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'b'}",
        "{'a':1,'a':2,'b':null,'a':null}",
        "{'':'','a long key that is past the bound of those kept':true}",
        "{'int':-0,'large':999999999999999999,'larger':1234567890123456789}",
        "{'huge':123456789012345678901}",
        "{'d':-0.0,'one':1.0,'tenth':0.1,'fine':0.12345678901234,'finer':0.12345678901234567}",
        "{'e':1e3,'E':1E-3,'f':1.5e300,'g':1e999,'h':12345678901234.5,'i':99999999999999.95}",
        "{'t':true,'f':false,'nested':{'a':1},'list':[1,2],'end':3}",
        "{'escape':'a\\n','unicode':'\\u00e9','half':'\\ud800','after':1}",
        "{'umlaut':'ä','emoji':'😀','ключ':'значение'}",
        "{'spaces' : 1 , 'after': 2}",
        "{'trailing':1 }"
      })
  void scalars_areThoseOfTheParser(String text) {
    assertReadAlike(text.replace('\'', '"'));
  }

  @Test
  void scalars_ofRandomObjects_areThoseOfTheParser() {
    long seed = System.nanoTime();
    System.out.println("PlainJsonTest seed " + seed);
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      assertReadAlike(object(random));
    }
  }

  @Test
  void key_thatRecurs_isOneString() {
    Properties one = properties("{\"recurring\":1}");
    Properties other = properties("{\"recurring\":2}");
    assertSame(one.key(0), other.key(0));
  }

  private static String object(SplittableRandom random) {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(1, 40); i > 0; i--) {
      members.add("\"k" + random.nextInt(50) + "\":" + value(random));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String value(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> "true";
      case 1 -> "false";
      case 2 -> "null";
      case 3 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 4 -> (random.nextBoolean() ? "-" : "") + digits(random) + "." + digits(random);
      case 5 -> Double.toString(random.nextDouble(-1000, 1000));
      case 6 -> "\"" + random.nextInt() + "\"";
      default -> "\"text " + (char) random.nextInt('a', 'z') + "\"";
    };
  }

  private static String digits(SplittableRandom random) {
    int length = random.nextInt(1, 12);
    var digits = new StringBuilder().append(random.nextInt(1, 10));
    while (digits.length() < length) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private static void assertReadAlike(String json) {
    Properties quick = properties(json);
    Properties parsed = properties("{ " + json.substring(1));
    assertEquals(scalars(parsed), scalars(quick), json);
  }

  private static List<Object> scalars(Properties properties) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < properties.scalarCount(); i++) {
      all.add(properties.key(i));
      all.add(properties.value(i));
    }
    return all;
  }

  private static Properties properties(String json) {
    byte[] padded = ("," + json + "\"").getBytes(StandardCharsets.UTF_8);
    return Properties.slice(padded, 1, padded.length - 2);
  }
}
