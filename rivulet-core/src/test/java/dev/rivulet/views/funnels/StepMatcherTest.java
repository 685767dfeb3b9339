package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepMatcherTest {
  private final StepMatcher matcher =
      new StepMatcher(
          Funnel.parse(
              """
              {"steps":[{"event":"A"},{"event":["A","B"],"where":{"plan":"pro"}},{"event":"A"}],
               "window":"1d",
               "exclude":[{"event":["A","X"],"where":{"test":true}},{"event":"X"}]}
              """));

  @Test
  void names_areAllThatMatter() {
    assertEquals(Set.of("A", "B", "X"), matcher.names());
  }

  @Test
  void steps_haveOneBitEach() {
    assertEquals(0b101, matcher.steps(Case.event("A0")));
    assertEquals(0b111, matcher.steps(Case.event("A0", Map.of("plan", "pro"))));
    assertEquals(0, matcher.steps(Case.event("B0")));
    assertEquals(0b010, matcher.steps(Case.event("B0", Map.of("plan", "pro"))));
    assertEquals(0, matcher.steps(Case.event("Z0")));
  }

  @Test
  void exclusions_goBeforeSteps() {
    assertEquals(0, matcher.exclusions(Case.event("A0")));
    assertEquals(0b01, matcher.exclusions(Case.event("A0", Map.of("test", true))));
    assertEquals(0, matcher.steps(Case.event("A0", Map.of("test", true))));
    assertEquals(0b10, matcher.exclusions(Case.event("X0")));
    assertEquals(0b11, matcher.exclusions(Case.event("X0", Map.of("test", true))));
    assertEquals(0, matcher.exclusions(Case.event("Z0")));
  }
}
