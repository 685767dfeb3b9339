package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunnelTest {
  private static final String FULL =
      """
      { "steps": [ {"event": "view"},
                   {"event": ["pay", "pay_later"], "optional": true,
                    "where": {"plan": "pro", "total": {"gt": 10.50}, "coupon": null}},
                   {"where": {}, "event": ["done"]} ],
        "exclude": [{"event": "refund", "where": {"kind": {"not in": ["a", 1, true]}}, "to": 2},
                    {"event": ["x", "y", "x"], "from": 2}],
        "window": "2w", "count": "sessions", "order": "strict" }
      """;

  @Test
  void parse_readsAll() {
    Funnel funnel = Funnel.parse(FULL);
    assertEquals(14 * 86_400_000L, funnel.windowMillis());
    assertEquals(Order.STRICT, funnel.order());
    assertEquals(Count.SESSIONS, funnel.count());
    assertEquals(List.of("pay", "pay_later"), funnel.steps().get(1).events());
    assertTrue(funnel.steps().get(1).optional());
    assertEquals(3, funnel.steps().get(1).where().filter().conditions().size());
    assertEquals(Where.ALL, funnel.steps().get(2).where());
    assertEquals(
        List.of("1 2", "2 3"),
        funnel.exclude().stream().map(each -> each.from() + " " + each.to()).toList());
  }

  @Test
  void toJson_isCanonical() {
    String json =
        """
        {"steps":[{"event":"view"},{"event":["pay","pay_later"],\
        "where":{"plan":"pro","total":{"gt":10.50},"coupon":null},"optional":true},\
        {"event":"done"}],"window":"14d","order":"strict",\
        "exclude":[{"event":"refund","where":{"kind":{"not in":["a",1,true]}},"from":1,"to":2},\
        {"event":["x","y"],"from":2,"to":3}],"count":"sessions"}""";
    assertEquals(json, Funnel.parse(FULL).toJson());
    assertEquals(json, Funnel.parse(json).toJson());
    assertEquals(Funnel.parse(FULL), Funnel.parse(json));
  }

  @Test
  void parse_takesDefaults() {
    assertEquals(
        "{\"steps\":[{\"event\":\"a\"},{\"event\":\"b\"}],\"window\":\"90s\",\"order\":\"ordered\","
            + "\"count\":\"people\"}",
        Funnel.parse("{\"window\":\"90s\",\"steps\":[{\"event\":\"a\"},{\"event\":\"b\"}]}")
            .toJson());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"window":"1d"}                       | steps | steps is missing: give 2 to 30
          [S]                                   | window | window is missing: give a duration such as 7d
          [S],"window":7                        | window | window is 7: it needs to be a duration
          [S],"window":"soon"                   | window | window 'soon' is not a duration such as
          [S],"window":"0s"                     | window | window is 0s: 1s to 365d are possible
          [S],"window":"999ms"                  | window | window is 999ms: 1s to 365d
          [S],"window":"730d"                   | window | window is 730d: 1s to 365d
          [S],"window":"999999999w"             | window | 1s to 365d are possible
          [S],"window":"1d","order":"random"    | order | order is 'random': it needs to be one of ordered, strict, any
          [S],"window":"1d","order":null        | order | order is null: it needs to be one of
          [S],"window":"1d","count":"clicks"    | count | count is 'clicks': it needs to be one of people, sessions, entries
          [S],"window":"1d","count":"entries","order":"any" | count | count is 'entries', which the order any
          [S],"window":"1d","stepz":1           | stepz | field 'stepz' is unknown: possible are steps, window
          [S],"window":"1d","window":"2d"       |  | Duplicate field 'window'
          [S],"window":"1d","exclude":{}        | exclude | exclude is an object: it needs to be an array
          [S],"window":"1d","exclude":[{}]      | exclude[0].event | exclude[0].event is missing
          [S],"window":"1d","exclude":[{"event":"x","from":0}] | exclude[0].from | exclude[0].from is 0: 1 to 2 are possible with 3 steps
          [S],"window":"1d","exclude":[{"event":"x","from":3}] | exclude[0].from | exclude[0].from is 3: 1 to 2
          [S],"window":"1d","exclude":[{"event":"x","from":1.5}] | exclude[0].from | exclude[0].from is 1.5: it needs to be the number of a step
          [S],"window":"1d","exclude":[{"event":"x","from":99999999999}] | exclude[0].from | exclude[0].from is '99999999999': give the number
          [S],"window":"1d","exclude":[{"event":"x","from":2,"to":2}] | exclude[0].to | exclude[0].to is 2: 3 to 3 are possible after from 2
          [S],"window":"1d","exclude":[{"event":"x","to":4}] | exclude[0].to | exclude[0].to is 4: 2 to 3
          [S],"window":"1d","exclude":[{"event":"x","steps":4}] | exclude[0].steps | field 'exclude[0].steps' is unknown
          {"steps":{},"window":"1d"}            | steps | steps is an object: it needs to be an array of 2 to 30 steps
          {"steps":[],"window":"1d"}            | steps | steps has 0 steps: 2 to 30
          {"steps":[{"event":"a"}],"window":"1d"} | steps | steps has 1 step: 2 to 30
          {"steps":["a","b"],"window":"1d"}     | steps[0] | steps[0] is 'a': it needs to be an object
          {"steps":[{"event":"a"},{}],"window":"1d"} | steps[1].event | steps[1].event is missing
          {"steps":[{"event":"a"},{"event":7}],"window":"1d"} | steps[1].event | steps[1].event is 7: it needs to be the name
          {"steps":[{"event":"a"},{"event":[]}],"window":"1d"} | steps[1].event | steps[1].event has 0 names: 1 to 10
          {"steps":[{"event":"a"},{"event":[null]}],"window":"1d"} | steps[1].event[0] | steps[1].event[0] is null
          {"steps":[{"event":"a"},{"event":" "}],"window":"1d"} | steps[1].event | steps[1].event is blank
          {"steps":[{"event":"a"},{"event":"*"}],"window":"1d"} | steps[1].event | steps[1].event is '*', which no event
          {"steps":[{"event":"a"},{"event":"b\\u0000"}],"window":"1d"} | steps[1].event | steps[1].event holds a control character
          {"steps":[{"event":"a"},{"event":"b\\ud800"}],"window":"1d"} | steps[1].event | steps[1].event holds half a character
          {"steps":[{"event":"a","where":{"p":"\\udfff"}},{"event":"b"}],"window":"1d"} | steps[0].where | steps[0].where holds half a character
          {"steps":[{"event":"a"},{"event":"b","optional":1}],"window":"1d"} | steps[1].optional | steps[1].optional is 1: it needs to be true or false
          {"steps":[{"event":"a"},{"event":"b","optional":true}],"window":"1d"} | steps[1].optional | steps[1].optional is true: the first and the last
          {"steps":[{"event":"a","optional":true},{"event":"b"}],"window":"1d"} | steps[0].optional | steps[0].optional is true: the first and the last
          {"steps":[{"event":"a"},{"event":"b","optional":true},{"event":"c"}],"window":"1d","order":"any"} | steps[1].optional | steps[1].optional is true: under the order any
          {"steps":[{"event":"a","where":"pro"},{"event":"b"}],"window":"1d"} | steps[0].where | steps[0].where is 'pro': it needs to be an object
          {"steps":[{"event":"a","where":{"p":{"near":1}}},{"event":"b"}],"window":"1d"} | steps[0].where | operator 'near' for 'p' is not one of
          {"steps":[{"event":"a","where":{"p":{"matches":"("}}},{"event":"b"}],"window":"1d"} | steps[0].where | '(' is not an RE2 expression
          {"steps":[{"event":"a","where":{"p":1,"p":2}},{"event":"b"}],"window":"1d"} |  | Duplicate field 'p'
          {"steps":[                            |  | the definition is not JSON
          []                                    |  | the definition is not a JSON object such as
          7                                     |  | the definition is not a JSON object such as
          """)
  void parse_saysWhatIsWrong(String json, String field, String part) {
    String steps = "\"steps\":[{\"event\":\"a\"},{\"event\":\"b\"},{\"event\":\"c\"}]";
    String whole = json.startsWith("[S]") ? "{" + steps + json.substring(3) + "}" : json;
    var wrong = assertThrows(InvalidFunnel.class, () -> Funnel.parse(whole));
    assertTrue(wrong.getMessage().contains(part), wrong.getMessage());
    assertEquals(field == null ? "" : field, wrong.field());
  }

  @Test
  void parse_keepsToItsBounds() {
    assertEquals(30, Funnel.parse(steps(30)).steps().size());
    assertWrong("steps has 31 steps: 2 to 30 are possible", steps(31));
    assertWrong("at most 16384", steps(2).replace("s0", "x".repeat(20_000)));
    assertWrong("has 201 characters: at most 200", steps(2).replace("s0", "x".repeat(201)));
    assertWrong(
        "has 11 names: 1 to 10", steps(2).replace("\"s0\"", "[" + numbered(11, "\"n%d\"") + "]"));
    String exclusions = ",\"exclude\":[" + numbered(11, "{\"event\":\"x%d\"}") + "]}";
    assertWrong("has 11 exclusions: at most 10", steps(2).replaceAll("}$", exclusions));
    assertWrong("goes on after", steps(2) + " {}");
    assertWrong("not JSON", "{\"steps\":[{\"where\":{\"p\":" + "[".repeat(8_000));
  }

  @Test
  void parse_takesNoExpressionThatExplodes() {
    String nested = "((((a{1000}){1000}){1000}){1000})";
    String json =
        steps(2).replace("\"s0\"", "\"s0\",\"where\":{\"p\":{\"matches\":\"" + nested + "\"}}");
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertWrong("written out", json));
  }

  private static void assertWrong(String part, String json) {
    var wrong = assertThrows(InvalidFunnel.class, () -> Funnel.parse(json));
    assertTrue(wrong.getMessage().contains(part), wrong.getMessage());
    assertTrue(wrong.getMessage().length() < 500, wrong.getMessage());
  }

  private static String steps(int number) {
    return "{\"steps\":[" + numbered(number, "{\"event\":\"s%d\"}") + "],\"window\":\"7d\"}";
  }

  private static String numbered(int number, String form) {
    return IntStream.range(0, number).mapToObj(form::formatted).collect(Collectors.joining(","));
  }
}
