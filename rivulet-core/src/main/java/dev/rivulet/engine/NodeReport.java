package dev.rivulet.engine;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells of itself with each heartbeat.
 *
 * @param node its id: different for every process, whatever it is called
 * @param name what it is called, which two nodes may share by mistake
 * @param startedAt epoch milliseconds
 * @param address where it listens; null when nothing listens
 * @param clockSkewMillis how far its machine's clock is ahead of the store's
 * @param clockCorrected whether it corrects its clock by that
 * @param subscribers live streams and watched questions
 * @param appended events appended by this process
 * @param folded records folded by this process
 * @param filling views being filled here, with the part done from 0 to 1; the first 50
 */
public record NodeReport(
    String node,
    String name,
    long startedAt,
    String version,
    @Nullable String address,
    long clockSkewMillis,
    boolean clockCorrected,
    long heapUsedBytes,
    long heapMaxBytes,
    int subscribers,
    long appended,
    long folded,
    Map<String, Double> filling) {
  private static final String FORMAT = "1";
  private static final int MOST_FILLING = 50;
  private static final String FILLING = "filling ";

  /** A line for each fact, readable in {@code redis-cli}; at most some kilobytes. */
  public String encode() {
    var text = new StringBuilder(FORMAT);
    line(text, "node", node);
    line(text, "name", name);
    line(text, "startedAt", startedAt);
    line(text, "version", version);
    if (address != null) {
      line(text, "address", address);
    }
    line(text, "clockSkewMillis", clockSkewMillis);
    line(text, "clockCorrected", clockCorrected);
    line(text, "heapUsedBytes", heapUsedBytes);
    line(text, "heapMaxBytes", heapMaxBytes);
    line(text, "subscribers", subscribers);
    line(text, "appended", appended);
    line(text, "folded", folded);
    filling.entrySet().stream()
        .limit(MOST_FILLING)
        .forEach(view -> line(text, FILLING + view.getKey(), view.getValue()));
    return text.toString();
  }

  /**
   * @throws IllegalStateException when the text is of another format
   */
  public static NodeReport decode(String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(FORMAT)) {
      throw new IllegalStateException(
          "a node tells of itself in format " + lines[0] + ", this version reads " + FORMAT);
    }
    var facts = new TreeMap<String, String>();
    var filling = new TreeMap<String, Double>();
    for (int i = 1; i < lines.length; i++) {
      int tab = lines[i].indexOf('\t');
      String fact = lines[i].substring(0, tab);
      String value = lines[i].substring(tab + 1);
      if (fact.startsWith(FILLING)) {
        filling.put(fact.substring(FILLING.length()), Double.valueOf(value));
      } else {
        facts.put(fact, value);
      }
    }
    String node = facts.getOrDefault("node", "");
    return new NodeReport(
        node,
        facts.getOrDefault("name", node),
        number(facts, "startedAt"),
        facts.getOrDefault("version", ""),
        facts.get("address"),
        number(facts, "clockSkewMillis"),
        Boolean.parseBoolean(facts.get("clockCorrected")),
        number(facts, "heapUsedBytes"),
        number(facts, "heapMaxBytes"),
        (int) number(facts, "subscribers"),
        number(facts, "appended"),
        number(facts, "folded"),
        filling);
  }

  private static long number(Map<String, String> facts, String fact) {
    return Long.parseLong(facts.getOrDefault(fact, "0"));
  }

  private static void line(StringBuilder text, String fact, Object value) {
    text.append('\n').append(inOneLine(fact)).append('\t').append(inOneLine(value.toString()));
  }

  private static String inOneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
