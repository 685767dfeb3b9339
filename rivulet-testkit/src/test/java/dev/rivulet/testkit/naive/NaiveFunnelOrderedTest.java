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
class NaiveFunnelOrderedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A A B;     A0 A5 A12 B14;       5 12 14
          A B;       A0 B10;              0 10
          A B;       A0 B11;              0
          A B;       B0 A1;               1
          A B;       B0;                  out
          A A;       A0;                  0
          A A;       A0 A3;               0 3
          A B C;     A0 B1 B5 C6;         0 1 6
          A B C;     A0 A5 B7 C12;        5 7 12
          A B;       A0 B1 A5 B6;         0 1
          A B;       A0 A20 B21;          20 21
          A B;       A0 A1 B2;            1 2
          A B C;     C9 B4 A0;            0 4 9
          A A;       A0#x A3#x;           0
          A A;       A3#x A0#x;           3
          A|B C;     B0 C1;               0 1
          A|B A|B;   B0 A1;               0 1
          A/pro B;   A0/free B1 A2/pro B3; 2 3
          A/pro B;   A0 B1;               out
          A B/pro;   A0 B1/free;          0
          A B A;     A0 B1 A2;            0 1 2
          A B A B;   A0 B1 A2 B3;         0 1 2 3
          """)
  void eachStep_inOrder_insideTheWindow(String steps, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.ORDERED, steps, 10), events));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;       A5 B5;                    5 5
          A B C;     C0 B0 A0;                 0 0 0
          A A;       A0 A0;                    0 0
          A A B;     A0 A0 B0;                 0 0 0
          A A B;     A0 B0;                    0
          A B C;     A0 C5 B5;                 0 5 5
          A B C D;   A0 A5 B5 C5 D12;          5 5 5 12
          A B C D;   A0 A5 B5 C5 C11 D12;      5 5 5 12
          A|B A|B C; A0 B0 C1;                 0 0 1
          A A|B;     A0 B0;                    0 0
          A C B;     A0 A6 C6 B12;             6 6 12
          A B;       A0 A5 B5;                 5 5
          A B C;     A0 A1 B2 B2 C11;          1 2 11
          A B C;     A0 A5 B5 B7 C12;          5 5 12
          """)
  void eventsOfOneMoment_serveOneStepEach_theFurthestCounts(
      String steps, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.ORDERED, steps, 10), events));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B? C;          A0 C5;          0 - 5
          A B? C;          A0 B2 C5;       0 2 5
          A B? C;          A0 B2;          0 2
          A B? C;          A0 B5 C5;       0 5 5
          A B? C;          A0 B0 C0;       0 0 0
          A B? C;          A0 C2 B3;       0 - 2
          A B? B;          A0 B3;          0 - 3
          A B? B;          A0 B3 B4;       0 - 3
          A B? B;          A0 B3 B3;       0 3 3
          A B|E? C|E? D;   A0 E4 D4;       0 4 - 4
          A B? C? D;       A0 C3 D4;       0 - 3 4
          A B? C? D;       A0 D4;          0 - - 4
          A B? C D? E;     A0 C1 E2;       0 - 1 - 2
          A B? C;          A0 B2 A3 C4;    0 2 4
          A B? C;          A0 B2 A3 C11;   3 - 11
          A B? C D;        A0 B1 A8 C9 D15; 0 1 9
          A B? C D;        A0 B1 A8 B9 C9 D15; 8 9 9 15
          A B? C D;        A0 B1 A3 B5 C5 C6 D13; 3 5 5 13
          """)
  void optionalStep_mayBeSkipped(String steps, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.ORDERED, steps, 10), events));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;     X;     A0 X1 B2;                  out
          A B;     X;     A0 X1;                     out
          A B;     X;     X0 A1 B2;                  1 2
          A B;     X;     A0 B1 X2;                  0 1
          A B;     X;     A0 X11;                    0
          A B;     X;     A0 X10;                    out
          A B;     X;     A0 X1 B2 A3 B4;            3 4
          A B;     X;     A3 B4 A5 X6 B7;            3 4
          A B C;   X 1-2; A0 X1 B2 C3 A4;            out
          A B C;   X 2-3; A0 X1 B2 C3;               0 2 3
          A B C;   X 2-3; A0 B1 X2 C3;               out
          A B C;   X 1-2; A0 B1 X2 C3;               0 1 3
          A B C;   X 1-2; A0 B1 A2 X3 B4 C5;         0 1 5
          A B C;   X 1-2; A0 B1 A2 X3 B4;            0 1
          A B C;   X 1-2; A0 X1 A2 B3 C4;            2 3 4
          A B C;   X 1-2; A0 X1 A5 X6 B9 C12;        out
          A B C;   X 2-3; A0 B1 A2 B3 X4 C5;         out
          A B C;   X 2-3; A0 B1 A2 B3 X4;            out
          A B;     X;     A0 X5 B5;                  out
          A B;     X;     X0 A0 B1;                  0 1
          A B;     X;     X0 A0 B0;                  0 0
          A B C;   X 2-3; A0 B1 X1 C2;               0 1 2
          A B;     B;     A0 B1;                     out
          A B;     A;     A0 B1;                     out
          A B|C;   C;     A0 C1 B2;                  out
          A B;     X;     A0 A5 X7 B8;               out
          A B;     X;     A0 A5 X7;                  out
          A B;     X;     A0 A5 X11;                 0
          A B;     X;     A0 A0 X7;                  out
          A B? C;  X 2-3; A0 X1 C2;                  0 - 2
          A B? C;  X 2-3; A0 B1 X2 C3;               out
          """)
  void exclusion_taintsTheAttemptsThatStandInItsRange(
      String steps, String exclusion, String events, String expected) {
    assertEquals(expected, counted(funnel(Order.ORDERED, steps, 10, exclusion), events));
  }

  @Test
  void severalExclusions_eachInItsOwnRange() {
    var funnel = funnel(Order.ORDERED, "A B C", 10, "X 1-2", "Y 2-3");
    assertEquals("0 2 4", counted(funnel, "A0 Y1 B2 X3 C4"));
    assertEquals("out", counted(funnel, "A0 X1 B2 C4"));
    assertEquals("out", counted(funnel, "A0 B2 Y3 C4"));
  }

  @Test
  void range_takesAttemptsByTheirEntry_andTheirLaterStepsToo() {
    var funnel = funnel(Order.ORDERED, "A B", 10, "X");
    assertEquals("0 5", counted(funnel, "A0 B5", 0, 1));
    assertEquals("out", counted(funnel, "A0 B5", 1, 10));
    assertEquals("out", counted(funnel, "A0 B5", 0, 0));
    assertEquals("20", counted(funnel, "A0 B1 A20", 10, 30));
    assertEquals("20", counted(funnel, "A0 X1 B2 A20", 10, 30));
    assertEquals("out", counted(funnel, "A0 X1 B2 A20", 0, 10));
    assertEquals("out", counted(funnel, "A0 X1 B2 A20", 0, 30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;   A0 B1 A2 A3 B4;      0 1, 2, 3 4
          A B;   A0 X1 B2 A3;         3
          A B;   A0 A0 B1;            0 1, 0
          A A;   A0 A1 A2;            0 1, 1 2, 2
          A A;   A0 A0;               0 0, 0
          A B;   B0;                  out
          A A B; A0 A5 A12 B14;       0 5, 5 12 14, 12
          A B;   A0 A5 X7;            out
          A B;   A0 A5 X11 B12;       0
          A B;   A0 X1 A2 B3;         2 3
          """)
  void entries_countEachAttemptThatIsClean(String steps, String events, String expected) {
    var funnel = counting(Count.ENTRIES, funnel(Order.ORDERED, steps, 10, "X"));
    assertEquals(expected, counted(funnel, events));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A0 B1800000;                    0
          A0 B1799999;                    0 1799999
          A0 Z1000000 B2000000;           0 2000000
          A0 B1 A4000000;                 0 1, 4000000
          B0 A4000000 B9000000;           4000000
          A0 A1 B2 A3 B4;                 1 2
          A0 X1 B2 A4000000;              4000000
          """)
  void sessions_countTheBestAttemptInsideEach(String events, String expected) {
    var funnel = counting(Count.SESSIONS, funnel(Order.ORDERED, "A B", 7_200_000, "X"));
    assertEquals(expected, counted(funnel, events));
  }
}
