package dev.rivulet.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a regular expression is when its counted repetitions are written out, as RE2/J does when
 * it compiles one: {@code (a{3}b){2}} as {@code aaabaaab}. Nested repetitions of a short expression
 * can take all memory, and each character of a text that is matched costs up to one step per
 * character written out. Never less than what is compiled, for expressions that RE2/J takes.
 */
final class WrittenOut {
  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");
  private static final Pattern CLASS_NAME = Pattern.compile("\\[:\\^?\\w+:]");

  private final String expression;
  private final Matcher count;
  private int at;

  private WrittenOut(String expression) {
    this.expression = expression;
    count = COUNT.matcher(expression);
  }

  /** In characters, a class or an escape being one. */
  static long length(String expression) {
    var reading = new WrittenOut(expression);
    long length = 0;
    while (reading.at < expression.length()) {
      length = sum(length, reading.sequence());
      reading.at++; // a bracket that closes nothing; RE2/J will refuse it
    }
    return length;
  }

  private long sequence() {
    long length = 0;
    long last = 0;
    while (at < expression.length() && expression.charAt(at) != ')') {
      if (count.region(at, expression.length()).lookingAt()) {
        last = last == 0 ? 1 : last;
        length = sum(length, product(last, times() - 1));
        last = product(last, times());
        at = count.end();
      } else {
        last = one();
        length = sum(length, last);
      }
    }
    return length;
  }

  /** What stands at the place: a group, a class, an escape or a character. */
  private long one() {
    char first = expression.charAt(at++);
    switch (first) {
      case '(' -> {
        long inner = sequence();
        at++;
        return sum(inner, 1);
      }
      case '[' -> skipClass();
      case '\\' -> {
        return escape();
      }
      default -> {
        // itself
      }
    }
    return 1;
  }

  private long times() {
    long least = Long.parseLong(count.group(1));
    String most = count.group(3);
    return Math.max(1, most == null || most.isEmpty() ? least + 1 : Long.parseLong(most));
  }

  private long escape() {
    char escaped = at < expression.length() ? expression.charAt(at++) : '\\';
    if (escaped == 'Q') {
      int end = expression.indexOf("\\E", at);
      int length = (end < 0 ? expression.length() : end) - at;
      at = end < 0 ? expression.length() : end + 2;
      return length;
    }
    boolean isNamed = escaped == 'p' || escaped == 'P' || escaped == 'x';
    if (isNamed && at < expression.length() && expression.charAt(at) == '{') {
      int end = expression.indexOf('}', at);
      at = end < 0 ? expression.length() : end + 1;
    }
    return 1;
  }

  private void skipClass() {
    if (at < expression.length() && expression.charAt(at) == '^') {
      at++;
    }
    boolean first = true;
    Matcher className = CLASS_NAME.matcher(expression);
    while (at < expression.length() && (first || expression.charAt(at) != ']')) {
      first = false;
      if (className.region(at, expression.length()).lookingAt()) {
        at = className.end();
      } else {
        at += expression.charAt(at) == '\\' ? 2 : 1;
      }
    }
    at++;
  }

  private static long sum(long a, long b) {
    return Math.min(a + b, Integer.MAX_VALUE);
  }

  private static long product(long a, long b) {
    return Math.min(a * b, Integer.MAX_VALUE);
  }
}
