package dev.rivulet.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Pattern;

/** What a JSON parser says, without its advice to those who program it. */
public final class ParserWords {
  private static final Pattern DEPTH =
      Pattern.compile("Document nesting depth \\(\\d+\\) exceeds the maximum allowed \\((\\d+),.*");
  private static final Pattern ADVICE =
      Pattern.compile(
          " \\(start marker at \\[|: enable `| \\(not recognized as one since|, from `");

  private ParserWords() {}

  /** What is wrong with the text, in one line. */
  public static String of(JsonProcessingException wrong) {
    String words = String.valueOf(wrong.getOriginalMessage()).split("\n", 2)[0];
    var depth = DEPTH.matcher(words);
    return depth.matches() ? "nested deeper than " + depth.group(1) : ADVICE.split(words, 2)[0];
  }
}
