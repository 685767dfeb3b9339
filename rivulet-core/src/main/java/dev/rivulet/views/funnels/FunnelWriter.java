package dev.rivulet.views.funnels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the canonical JSON of a {@link Funnel}. */
final class FunnelWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long[] UNITS = {86_400_000, 3_600_000, 60_000, 1_000};
  private static final String[] UNIT_WORDS = {"d", "h", "m", "s"};

  private FunnelWriter() {}

  static String write(Funnel funnel) {
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("steps");
      for (FunnelStep step : funnel.steps()) {
        out.writeStartObject();
        writeMatch(out, step.events(), step.where());
        if (step.optional()) {
          out.writeBooleanField("optional", true);
        }
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeStringField("window", duration(funnel.windowMillis()));
      out.writeStringField("order", funnel.order().word());
      if (!funnel.exclude().isEmpty()) {
        out.writeArrayFieldStart("exclude");
        for (Exclusion exclusion : funnel.exclude()) {
          out.writeStartObject();
          writeMatch(out, exclusion.events(), exclusion.where());
          out.writeNumberField("from", exclusion.from());
          out.writeNumberField("to", exclusion.to());
          out.writeEndObject();
        }
        out.writeEndArray();
      }
      out.writeStringField("count", funnel.count().word());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be written", e);
    }
    return text.toString();
  }

  private static void writeMatch(JsonGenerator out, List<String> events, Where where)
      throws IOException {
    if (events.size() == 1) {
      out.writeStringField("event", events.get(0));
    } else {
      out.writeArrayFieldStart("event");
      for (String event : events) {
        out.writeString(event);
      }
      out.writeEndArray();
    }
    if (!where.equals(Where.ALL)) {
      out.writeFieldName("where");
      out.writeRawValue(where.json());
    }
  }

  /** In the longest unit that divides it: {@code 7d}, {@code 36h}, {@code 1500ms}. */
  static String duration(long millis) {
    for (int i = 0; i < UNITS.length; i++) {
      if (millis != 0 && millis % UNITS[i] == 0) {
        return millis / UNITS[i] + UNIT_WORDS[i];
      }
    }
    return millis == 0 ? "0s" : millis + "ms";
  }
}
