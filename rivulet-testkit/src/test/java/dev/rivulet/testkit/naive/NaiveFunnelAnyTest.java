package dev.rivulet.testkit.naive;

import static dev.rivulet.testkit.naive.Notation.counted;
import static dev.rivulet.testkit.naive.Notation.counting;
import static dev.rivulet.testkit.naive.Notation.funnel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window is 10 throughout; what counts are the times of the distinct steps. */
class NaiveFunnelAnyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B C;    C0 A3 B9;          0 3 9
          A B;      A0 B11;            0
          A B;      A0 B10;            0 10
          A B;      B5;                5
          A B;      Z5;                out
          A A;      A0;                0
          A A;      A0 A1;             0 1
          A|B A;    B0 A1;             0 1
          A|B A;    A0;                0
          A B C;    A0 B1 A5 B6;       0 1
          A B;      A0 A3 B5;          0 5
          A B C;    A0 B8 C12 A13;     8 12 13
          A B C;    A0 B1 B2 C3;       0 1 3
          A B;      B0 A0;             0 0
          A B C;    C0 B0 A0;          0 0 0
          A|B B;    B0 B0;             0 0
          """)
  void theMostDistinctSteps_withinAWindow(String steps, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.ANY, steps, 10), events));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;    A0 X1 B2;          2
          A B;    A0 B2 X3;          0 2
          A B;    A0 B2 X2;          out
          A B;    X0 A0;             out
          A B C;  A0 B2 X9;          out
          A B C;  A0 B2 X11;         0 2
          A B C;  A0 X1 B2 C3;       2 3
          A B;    A0 X1 B2 A5;       2 5
          A B;    X1 A2 B3;          2 3
          A B;    X5;                out
          A B;    A0 X5;             out
          """)
  void exclusion_spoilsTheSetsItLiesIn(String steps, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.ANY, steps, 10, "X"), events));
  }

  @Test
  void exclusion_ignoresItsRange_andIsNoStep() {
    assertEquals("2 3", counted(funnel(Order.ANY, "A B C", 10, "X 1-2"), "A0 X1 B2 C3"));
    assertEquals("out", counted(funnel(Order.ANY, "A B", 10, "B"), "A0 B1"));
  }

  @Test
  void range_usesNoEventBeforeIt_andEntersBeforeItsEnd() {
    var funnel = funnel(Order.ANY, "A B", 10);
    assertEquals("2", counted(funnel, "A0 B2", 1, 100));
    assertEquals("2 5", counted(funnel, "A2 B5", 0, 3));
    assertEquals("out", counted(funnel, "A2 B5", 0, 2));
    assertEquals("2 5", counted(funnel, "B0 A2 B5", 1, 3));
  }

  @Test
  void sessions_takeTheEventsOfEach_andThereAreNoEntries() {
    var sessions = counting(Count.SESSIONS, funnel(Order.ANY, "A B", 7_200_000));
    assertEquals("0, 4000000", counted(sessions, "B0 A4000000"));
    assertEquals("0 5", counted(sessions, "B0 A5"));
    var entries = counting(Count.ENTRIES, funnel(Order.ANY, "A B", 10));
    assertThrows(IllegalArgumentException.class, () -> new NaiveFunnel(entries, List.of()));
  }
}
