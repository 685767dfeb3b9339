package dev.rivulet.server.cli.shop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** The shop's events and samples as the bodies of requests. */
final class ShopJson {
  private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("\n").build();

  private ShopJson() {}

  /** Native events, one a line. */
  static byte[] lines(List<ShopEvent> events) {
    var bytes = new ByteArrayOutputStream(events.size() * 256);
    try (var json = JSON.createGenerator(bytes)) {
      for (var event : events) {
        json.writeStartObject();
        json.writeStringField("event", event.event());
        json.writeStringField("user", event.user());
        json.writeStringField("id", event.id());
        json.writeNumberField("time", event.atMillis());
        values(json, "properties", event);
        json.writeEndObject();
      }
      json.writeRaw('\n');
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return bytes.toByteArray();
  }

  /** Native samples, one a line. */
  static byte[] sampleLines(List<ShopSample> samples) {
    var bytes = new ByteArrayOutputStream(samples.size() * 200);
    try (var json = JSON.createGenerator(bytes)) {
      for (var sample : samples) {
        json.writeStartObject();
        json.writeStringField("metric", sample.metric());
        json.writeNumberField("value", sample.value());
        json.writeStringField("kind", sample.kind().word());
        json.writeStringField("node", sample.node());
        json.writeStringField("id", sample.id());
        json.writeNumberField("time", sample.atMillis());
        json.writeObjectFieldStart("tags");
        for (var tag : sample.tags().entrySet()) {
          json.writeStringField(tag.getKey(), tag.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
      }
      json.writeRaw('\n');
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return bytes.toByteArray();
  }

  /** A Segment batch of identify calls. */
  static byte[] identifyBatch(List<ShopEvent> identifies) {
    var bytes = new ByteArrayOutputStream(identifies.size() * 256);
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("batch");
      for (var identify : identifies) {
        json.writeStartObject();
        json.writeStringField("type", "identify");
        json.writeStringField("messageId", identify.id());
        json.writeStringField("timestamp", Instant.ofEpochMilli(identify.atMillis()).toString());
        json.writeStringField("userId", identify.user());
        values(json, "traits", identify);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException neverInMemory) {
      throw new UncheckedIOException(neverInMemory);
    }
    return bytes.toByteArray();
  }

  private static void values(JsonGenerator json, String name, ShopEvent event) throws IOException {
    json.writeObjectFieldStart(name);
    for (var property : event.properties().entrySet()) {
      json.writeFieldName(property.getKey());
      if (property.getValue() instanceof Number number) {
        json.writeNumber(number.longValue());
      } else {
        json.writeString(property.getValue().toString());
      }
    }
    json.writeEndObject();
  }
}
