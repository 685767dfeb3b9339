package dev.rivulet.recorder;

/** Increments whose sum counts, such as orders. Look it up once and keep it. Thread-safe. */
public final class Counter {
  private final Series series;

  Counter(Series series) {
    this.series = series;
  }

  /** Adds one. */
  public void increment() {
    series.record(1);
  }

  /** Adds a number; one over 2^53 is rounded to a double. */
  public void add(long number) {
    series.record((double) number);
  }

  /** Adds a number. NaN and infinite ones are counted as dropped; nothing is ever thrown. */
  public void add(double number) {
    series.record(number);
  }
}
