package dev.rivulet.testkit.naive;

import static dev.rivulet.testkit.naive.Notation.counted;
import static dev.rivulet.testkit.naive.Notation.counting;
import static dev.rivulet.testkit.naive.Notation.funnel;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window is 10 throughout; the columns are steps, events and what counts. */
class NaiveFunnelStrictTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;       A0 B1;             0 1
          A B;       A0 Z1 B2;          0
          A B;       Z0 A1 B2 Z3;       1 2
          A B;       A0 A1 B2;          1 2
          A A B;     A0 A1 A2 B3;       1 2 3
          A B;       A0 B10;            0 10
          A B;       A0 B11;            0
          A B;       B0 Z1;             out
          A B C;     A0 B1 A2 B3 C4;    2 3 4
          A B? C;    A0 C1;             0 - 1
          A B? C;    A0 B1 C2;          0 1 2
          A B? C;    A0 B1 Z2 C3;       0 1
          A B? B C;  A0 B1 C2;          0 - 1 2
          A B? B C;  A0 B1 B2 C3;       0 1 2 3
          A B;       B1 A0;             0 1
          A B/pro;   A0 B1/free B2/pro; 0
          """)
  void theNextEvent_mustDoTheNextStep(String steps, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.STRICT, steps, 10), events));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;       Z0 A0 B1;          0 1
          A B;       A0 Z0 B1;          0 1
          A B C;     A0 C1 B1;          0 1 1
          A B C;     A0 Z1 B1 C2;       0 1
          A B C;     C0 A0 B0;          0 0 0
          A A;       A0 A0;             0 0
          A B C;     A0 B0 Z0 C1;       0 0 1
          A B? C D;  A0 C1 B1 D2;       0 1 1 2
          A B;       A0 B1 B1;          0 1
          """)
  void eventsOfOneMoment_comeInTheOrderThatGetsFurthest(
      String steps, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.STRICT, steps, 10), events));
  }

  @Test
  void manyEventsOfOneMoment_comeInOrderOfArrival() {
    var funnel = funnel(Order.STRICT, "A B", 10);
    String seven = "Z1 ".repeat(7);
    assertEquals("0 1", counted(funnel, "A0 " + seven + "B1"));
    assertEquals("0", counted(funnel, "A0 Z1 " + seven + "B1"));
    assertEquals("0 1", counted(funnel, "A0 B1 Z1 " + seven));
    assertEquals("1", counted(funnel, "Z1 " + seven + "B1 A1"));
    assertEquals("1 1", counted(funnel, "Z1 " + seven + "A1 B1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B C;  X 1-2; A0 X1 B2;               out
          A B C;  X 2-3; A0 X1 B2;               0
          A B C;  X 2-3; A0 B1 X2 C3;            out
          A B C;  X 1-3; A0 X1 A2 B3 C4;         2 3 4
          A B C;  X 1-3; A0 B1 C2 X3;            0 1 2
          A B;    X 1-2; A0 X11;                 0
          A B;    X 1-2; X0 A0 B1;               0 1
          A B C;  X 1-3; A0 B1 X1;               out
          A B C;  X 2-3; A0 B1 X1 C2;            0 1
          A B;    B 1-2; A0 B1;                  out
          A B;    X 1-2; A0 Z1 X2;               0
          A B;    X 1-2; A0 X1 A2;               2
          """)
  void exclusion_endsTheAttempt_andTaintsItInItsRange(
      String steps, String exclusion, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.STRICT, steps, 10, exclusion), events));
  }

  @Test
  void entriesAndSessions_countAsInOrder() {
    var entries = counting(Count.ENTRIES, funnel(Order.STRICT, "A A", 10, "X"));
    assertEquals("0 1, 1, 3 4, 4", counted(entries, "A0 A1 Z2 A3 A4"));
    assertEquals("0 1, 5", counted(entries, "A0 A1 X2 A5"));
    var sessions = counting(Count.SESSIONS, funnel(Order.STRICT, "A B", 7_200_000));
    assertEquals("0", counted(sessions, "A0 B1800000"));
    assertEquals("0 1799999, 4000000", counted(sessions, "A0 B1799999 A4000000"));
    assertEquals("0", counted(sessions, "A0 Z1799999 B1800000"));
  }
}
