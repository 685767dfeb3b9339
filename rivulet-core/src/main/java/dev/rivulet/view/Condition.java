package dev.rivulet.view;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One condition of a {@link Filter}: what the value of a property must be. */
public sealed interface Condition {
  /** The property it looks at. */
  String property();

  /** Whether {@code value} will do; null is an absent property. */
  boolean test(@Nullable Object value);

  /** The value is one of {@code values}. */
  record In(String property, List<Object> values) implements Condition {
    @Override
    public boolean test(@Nullable Object value) {
      return value != null && values.contains(value);
    }
  }

  /** The value is none of {@code values}, or absent. */
  record NotIn(String property, List<Object> values) implements Condition {
    @Override
    public boolean test(@Nullable Object value) {
      return value == null || !values.contains(value);
    }
  }

  /** The property is there, or is not. */
  record Present(String property, boolean wanted) implements Condition {
    @Override
    public boolean test(@Nullable Object value) {
      return (value != null) == wanted;
    }
  }

  /** The value stands in an order to {@code bound}: numbers to numbers, text to text. */
  record Ordered(String property, Order order, Object bound) implements Condition {
    @Override
    public boolean test(@Nullable Object value) {
      if (value instanceof Number a && bound instanceof Number b) {
        boolean whole = a instanceof Long && b instanceof Long;
        return order.holds(
            whole
                ? Long.compare(a.longValue(), b.longValue())
                : Double.compare(a.doubleValue(), b.doubleValue()));
      }
      return value instanceof String a && bound instanceof String b && order.holds(a.compareTo(b));
    }
  }

  /** An order of two values. */
  enum Order {
    GT,
    GTE,
    LT,
    LTE;

    boolean holds(int comparison) {
      return switch (this) {
        case GT -> comparison > 0;
        case GTE -> comparison >= 0;
        case LT -> comparison < 0;
        case LTE -> comparison <= 0;
      };
    }
  }

  /** The text holds {@code part}. */
  record Contains(String property, String part) implements Condition {
    @Override
    public boolean test(@Nullable Object value) {
      return value instanceof String text && text.contains(part);
    }
  }

  /** The text has a place where the expression matches. */
  record Matches(String property, Pattern pattern) implements Condition {
    private static final int MOST_CHARS = 1_000;

    /**
     * @throws IllegalArgumentException when the expression is too long, also with its repetitions
     *     written out, or not one of RE2
     */
    static Matches of(String property, String expression) {
      if (expression.length() > MOST_CHARS) {
        throw new IllegalArgumentException(
            "matches for '"
                + property
                + "' has "
                + expression.length()
                + " characters: at most "
                + MOST_CHARS
                + " are possible");
      }
      if (WrittenOut.length(expression) > MOST_CHARS) {
        throw new IllegalArgumentException(
            "matches for '"
                + property
                + "': '"
                + expression
                + "' has more than "
                + MOST_CHARS
                + " characters when its repetitions {n} are written out: repeat less often");
      }
      try {
        return new Matches(property, Pattern.compile(expression));
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "matches for '"
                + property
                + "': '"
                + expression
                + "' is not an RE2 expression: "
                + e.getDescription(),
            e);
      }
    }

    @Override
    public boolean test(@Nullable Object value) {
      return value instanceof String text && pattern.matcher(text).find();
    }
  }
}
