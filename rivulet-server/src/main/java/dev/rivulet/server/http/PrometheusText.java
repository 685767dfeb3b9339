package dev.rivulet.server.http;

/**
 * Writes the Prometheus text format, version 0.0.4: families with help and type, then their
 * samples. Not thread-safe.
 */
final class PrometheusText {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder out = new StringBuilder(8192);
  private String family = "";

  /** Begins a family; {@code type} is counter, gauge or histogram. */
  void family(String name, String type, String help) {
    family = name;
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** A sample of the family; {@code labels} are names and values in turn. */
  void sample(Number value, String... labels) {
    suffixed("", value, labels);
  }

  /** A sample whose name is the family's with {@code suffix}. */
  void suffixed(String suffix, Number value, String... labels) {
    out.append(family).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      escape(labels[i + 1]);
      out.append('"');
    }
    if (labels.length > 0) {
      out.append('}');
    }
    out.append(' ').append(value).append('\n');
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
