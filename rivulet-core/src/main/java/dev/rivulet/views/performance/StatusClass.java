package dev.rivulet.views.performance;

import java.util.Map;
import java.util.TreeMap;

/** The classes of status codes. */
final class StatusClass {
  /** What is no status code: missing, a word, or past the values that are told apart. */
  static final String OTHER = "other";

  static final String SERVER_ERROR = "5xx";

  private StatusClass() {}

  /** {@code 2xx} for {@code 204}; {@link #OTHER} for anything but a number from 100 to 599. */
  static String of(String status) {
    boolean isCode =
        status.length() == 3
            && status.charAt(0) >= '1'
            && status.charAt(0) <= '5'
            && isDigit(status.charAt(1))
            && isDigit(status.charAt(2));
    return isCode ? status.charAt(0) + "xx" : OTHER;
  }

  /** Requests by class. */
  static Map<String, Long> sums(Map<String, Long> statuses) {
    Map<String, Long> classes = new TreeMap<>();
    statuses.forEach((status, n) -> classes.merge(of(status), n, Long::sum));
    return classes;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
