package dev.rivulet.server.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Limits;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.SampleDraft;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Samples in the native format: {@code {"metric","value","tags"?,"time"?,"node"?,"kind"?,"id"?}},
 * one of them, an array of them, or one on each line. Unknown fields are ignored. Stateless.
 */
public final class NativeSamples {
  private static final NativeBody<SampleDraft> BODY =
      new NativeBody<>("sample", NativeSamples::sample);

  private NativeSamples() {}

  /**
   * Reads a decompressed body, as {@link NativeEvents#parse} does.
   *
   * @throws UnreadableBody {@code INVALID_JSON} 400, {@code TOO_MANY_EVENTS} 413
   */
  public static ParsedBody<SampleDraft> parse(byte[] body, @Nullable String contentType)
      throws UnreadableBody {
    return BODY.parse(body, contentType);
  }

  private static void sample(JsonCursor in, byte[] body, ParsedBody.Collector<SampleDraft> items)
      throws IOException {
    int start = in.start();
    var draft = new SampleDraft();
    in.beginEvent();
    while (in.nextField()) {
      switch (in.name()) {
        case "metric" -> draft.metric(in.text("metric", Refusal.INVALID_METRIC));
        case "value" -> draft.value(in.number("value", Refusal.INVALID_VALUE));
        case "tags" -> tags(in, draft);
        case "time" -> draft.at(in.time("time"));
        case "node" -> draft.node(in.text("node", Refusal.INVALID_NODE));
        case "kind" -> kind(in, draft);
        case "id" -> draft.id(in.text("id", Refusal.INVALID_ID));
        default -> in.skip();
      }
    }
    int length = in.start() + 1 - start;
    var fault = in.fault();
    if (length > Limits.EVENT_BYTES) {
      items.reject(
          Refusal.EVENT_TOO_LARGE,
          "the sample is "
              + length
              + " bytes of JSON; at most "
              + Limits.EVENT_BYTES
              + " are taken");
    } else if (fault != null) {
      items.reject(fault.reason(), fault.detail());
    } else {
      items.accept(draft);
    }
  }

  private static void tags(JsonCursor in, SampleDraft draft) throws IOException {
    if (!in.isObject("tags", Refusal.INVALID_TAGS)) {
      return;
    }
    while (in.nextField()) {
      String key = in.name();
      String value = in.scalar("tag " + Json.quoted(key), Refusal.INVALID_TAGS);
      draft.tag(key, value == null ? "" : value);
    }
  }

  private static void kind(JsonCursor in, SampleDraft draft) throws IOException {
    if (in.token() == JsonToken.VALUE_NULL) {
      return;
    }
    String word = in.text("kind", Refusal.INVALID_METRIC);
    MetricKind kind = word == null ? null : MetricKind.of(word);
    if (word != null && kind == null) {
      in.wrong(
          "kind",
          Refusal.INVALID_METRIC,
          "kind " + Json.quoted(word) + " is not one of gauge, counter, histogram");
    }
    draft.kind(kind);
  }
}
