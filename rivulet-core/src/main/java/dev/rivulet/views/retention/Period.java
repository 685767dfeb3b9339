package dev.rivulet.views.retention;

import dev.rivulet.time.Step;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The width of a cohort, in the calendar of a zone. Sets of people are kept for each of them. */
public enum Period {
  DAY("day", "days", Step.DAY),
  /** From Monday. */
  WEEK("week", "weeks", Step.WEEK),
  MONTH("month", "months", Step.MONTH);

  /** 1970-01-01 was a Thursday. */
  private static final int FROM_MONDAY = 3;

  private static final int CODE_BITS = 24;
  private static final int CODE_ZERO = 1 << (CODE_BITS - 1);

  private final String word;
  private final String plural;
  private final Step step;

  Period(String word, String plural, Step step) {
    this.word = word;
    this.plural = plural;
    this.step = step;
  }

  /** The word of the API: {@code day}, {@code week} or {@code month}. */
  public String word() {
    return word;
  }

  /**
   * @throws IllegalArgumentException naming the value and the words that are known
   */
  public static Period parse(String word) {
    for (Period period : values()) {
      if (period.word.equals(word)) {
        return period;
      }
    }
    throw new IllegalArgumentException(
        "period '"
            + word
            + "' is not one of "
            + Arrays.stream(values()).map(Period::word).collect(Collectors.joining(", ")));
  }

  String plural() {
    return plural;
  }

  Step step() {
    return step;
  }

  /** The number of the period that holds a day; those that follow have the numbers that follow. */
  int number(int epochDay) {
    return switch (this) {
      case DAY -> epochDay;
      case WEEK -> Math.floorDiv(epochDay + FROM_MONDAY, 7);
      case MONTH -> (int) LocalDate.ofEpochDay(epochDay).getLong(ChronoField.PROLEPTIC_MONTH);
    };
  }

  /** The first day of a period. */
  int firstDay(int number) {
    return switch (this) {
      case DAY -> number;
      case WEEK -> number * 7 - FROM_MONDAY;
      case MONTH -> Math.toIntExact(month(number).atDay(1).toEpochDay());
    };
  }

  /** Its name in stored hashes: the first day, for example {@code 2026-11-23}, or the month. */
  String field(int number) {
    return this == MONTH
        ? month(number).toString()
        : LocalDate.ofEpochDay(firstDay(number)).toString();
  }

  /** The number of a period by its name in stored hashes. */
  int parseField(String field) {
    LocalDate first = LocalDate.parse(this == MONTH ? field + "-01" : field);
    return number(Math.toIntExact(first.toEpochDay()));
  }

  /** One number for a period of whatever width, for the stored words. */
  int code(int number) {
    return ordinal() << CODE_BITS | (number + CODE_ZERO);
  }

  static Period ofCode(int code) {
    return values()[code >>> CODE_BITS];
  }

  static int numberOfCode(int code) {
    return (code & ((1 << CODE_BITS) - 1)) - CODE_ZERO;
  }

  private static YearMonth month(int number) {
    return YearMonth.of(Math.floorDiv(number, 12), Math.floorMod(number, 12) + 1);
  }
}
