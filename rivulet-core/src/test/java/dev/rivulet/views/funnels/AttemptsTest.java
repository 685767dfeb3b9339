package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window is 10 seconds unless it is said; the columns are steps, exclusion, events, result. */
class AttemptsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;       ;        A0 B10;                    0 10
          A B;       ;        A0 B11;                    0
          A B;       ;        B0 A1;                     1
          A A B;     ;        A0 A5 A12 B14;             5 12 14
          A A;       ;        A0;                        0
          A A;       ;        A0 A0;                     0 0
          A B C;     ;        A0 B0 C0;                  0 0 0
          A B C;     ;        C1 B1 A0;                  0 1 1
          A B|C C;   ;        A0 C1 B1;                  0 1 1
          A B|C B|C; ;        A0 B1;                     0 1
          A B? C;    ;        A0 C2;                     0 - 2
          A B? C;    ;        A0 B1 C2;                  0 1 2
          A B? C;    ;        A0 B2 C2;                  0 2 2
          A B C;     ;        A0 B1 B2 C3;               0 1 3
          A B;       X;       A0 X1 B2;                  out
          A B;       X;       A0 X11 B9;                 0 9
          A B;       X;       A0 X1 B2 A20 B21;          20 21
          A B;       X;       A0 B1 A20 X21 B22;         0 1
          A B C;     X 2-3;   A0 X1 B2 C3;               0 2 3
          A B C;     X 2-3;   A0 B1 X2 C3;               out
          A B;       A;       A0 B1;                     out
          A B;       X;       A0 A1 X2;                  out
          A B;       X;       A0 A0 X2;                  out
          A B;       X;       A0 A5 X11;                 0
          A B C;     X 1-2;   A0 B1 A2 X3 B4 C5;         0 1 5
          A B C;     X 1-2;   A0 X1 A5 X6 B9 C12;        out
          A C B;     ;        A0 A6 C6 B12;              6 6 12
          A B C;     ;        A0 A5 B5 B7 C12;           5 5 12
          """)
  void ordered(String steps, String exclusion, String events, String expected) {
    check(Order.ORDERED, Count.PEOPLE, steps, exclusion, events, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;       ;        A0 B1;                     0 1
          A B;       ;        A0 Z1 B2;                  0
          A A B;     ;        A0 A1 A2 B3;               1 2 3
          A B? C;    ;        A0 C1;                     0 - 1
          A B? C D;  ;        A0 C1 B1 D2;               0 1 1 2
          A B|C? C D;;        A0 C1 C2 D3;               0 1 2 3
          A B C;     ;        A0 Z1 B1 C2;               0 1
          A B;       ;        Z0 A0 B1;                  0 1
          A B C;     X 1-2;   A0 X1 B2;                  out
          A B C;     X 2-3;   A0 X1 B2;                  0
          A B;       ;        A0 Z1 Z1 Z1 Z1 Z1 Z1 Z1 B1; 0 1
          A B;       ;        A0 Z1 Z1 Z1 Z1 Z1 Z1 Z1 Z1 B1; 0
          """)
  void strict(String steps, String exclusion, String events, String expected) {
    check(Order.STRICT, Count.PEOPLE, steps, exclusion, events, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B C;     ;        C0 A4 B9;                  0 4 9
          A B C;     ;        C0 A4 B11;                 0 4
          A B C;     ;        C0 A6 B11 C12;             6 11 12
          A A|B;     ;        B0 B1 A2;                  0 2
          A A;       ;        A0;                        0
          A A;       ;        A0 A0;                     0 0
          A B C;     X;       A0 B1 X10;                 out
          A B C;     X;       A0 B1 X11;                 0 1
          A B C;     X;       A0 B1 X12;                 0 1
          A B;       X;       A0 B1 X2;                  0 1
          A B;       X;       A0 B1 X1;                  out
          A B;       X;       A0 B1 X1 A20;              20
          """)
  void any(String steps, String exclusion, String events, String expected) {
    check(Order.ANY, Count.PEOPLE, steps, exclusion, events, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A B;       ;        A0 A1 B2 A30;              0, 1 2, 30
          A B;       ;        A0 A0 A0;                  0, 0, 0
          A B;       X;       A0 X1 A2 B3;               2 3
          """)
  void entries_allCount(String steps, String exclusion, String events, String expected) {
    check(Order.ORDERED, Count.ENTRIES, steps, exclusion, events, expected);
  }

  @Test
  void sessions_areCutAtHalfAnHour() {
    var funnel = Case.funnel(Order.ORDERED, Count.SESSIONS, "A B", 86_400, "");
    assertEquals("0 1799", best(funnel, "A0 B1799"));
    assertEquals("0", best(funnel, "A0 B1800"));
    assertEquals("0 2700", best(funnel, "A0 Z1500 B2700"));
    assertEquals("0, 5000 5001", best(funnel, "A0 A5000 B5001"));
    assertEquals(
        List.of(0L, 4_000_000L),
        Case.attempts(funnel, "A0 Z4000 A5000").stream().map(Attempt::unit).toList());
  }

  @Test
  void best_looksAtEntriesOfTheRange() {
    var attempts = Case.attempts(Case.funnel(Order.ORDERED, "A B C"), "A0 B1 A20 B21 C22 A40");
    assertEquals("20 21 22", Case.texts(Attempts.best(attempts, 0, 50_000, Count.PEOPLE)));
    assertEquals("0 1", Case.texts(Attempts.best(attempts, 0, 20_000, Count.PEOPLE)));
    assertEquals("20 21 22", Case.texts(Attempts.best(attempts, 20_000, 20_001, Count.PEOPLE)));
    assertEquals("40", Case.texts(Attempts.best(attempts, 20_001, 50_000, Count.PEOPLE)));
    assertEquals("out", Case.texts(Attempts.best(attempts, 1, 20_000, Count.PEOPLE)));
  }

  @Test
  void of_equalTimesOfManyKinds_takesPolynomialTime() {
    var names = new StringBuilder("A");
    for (int i = 1; i < 30; i++) {
      names.append(' ').append(i % 2 == 0 ? "A|B" : "A|C");
    }
    for (Order order : Order.values()) {
      var funnel = Case.funnel(order, names.toString());
      var person = new PersonSteps(funnel);
      int all = (1 << 30) - 1;
      for (int i = 0; i < PersonSteps.MOST; i++) {
        person.add(i / 8 * 1_000L, all >>> (i % 8), 0);
      }
      assertEquals(PersonSteps.MOST, person.size());
      List<Attempt> best =
          Attempts.best(Attempts.of(funnel, person), 0, Long.MAX_VALUE, Count.PEOPLE);
      assertEquals(30, best.get(0).furthest(), order.word());
    }
  }

  private static void check(
      Order order, Count count, String steps, String exclusion, String events, String expected) {
    String excluded = exclusion == null ? "" : exclusion;
    assertEquals(expected, best(Case.funnel(order, count, steps, 10, excluded), events));
  }

  private static String best(Funnel funnel, String events) {
    return Case.texts(
        Attempts.best(Case.attempts(funnel, events), 0, Long.MAX_VALUE, funnel.count()));
  }
}
