package dev.rivulet.server.ingest;

import dev.rivulet.admission.Refusal;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The native format: {@code {"event","user","id"?,"time"?,"properties"?}}, one of them, an array of
 * them, or one on each line. Unknown fields are ignored. Properties stay slices of the body, which
 * must not be changed afterwards. Stateless.
 */
public final class NativeEvents {
  static final String NOUN = "event";

  private static final NativeBody<EventDraft> BODY = new NativeBody<>(NOUN, NativeEvents::event);

  private NativeEvents() {}

  /**
   * Reads a decompressed body.
   *
   * @param contentType the header's value: {@code application/x-ndjson}, {@code application/ndjson}
   *     and {@code application/jsonl} mean one event on each line, anything else one JSON text
   * @throws UnreadableBody {@code INVALID_JSON} 400 when it is empty or, being one JSON text,
   *     malformed; {@code TOO_MANY_EVENTS} 413. A malformed line is a rejection of that line
   */
  public static ParsedBody<EventDraft> parse(byte[] body, @Nullable String contentType)
      throws UnreadableBody {
    return BODY.parse(body, contentType);
  }

  private static void event(JsonCursor in, byte[] body, ParsedBody.Collector<EventDraft> items)
      throws IOException {
    int start = in.start();
    var draft = new EventDraft();
    in.beginEvent();
    while (in.nextField()) {
      switch (in.name()) {
        case "event" -> draft.name(in.text("event", Refusal.INVALID_EVENT));
        case "user" -> draft.by(in.text("user", Refusal.INVALID_USER));
        case "id" -> draft.id(in.text("id", Refusal.INVALID_ID));
        case "time" -> draft.at(in.time("time"));
        case "properties" -> {
          boolean given = in.object("properties", Limits.NESTING, Refusal.INVALID_PROPERTIES);
          draft.properties(
              given && !in.objectEmpty()
                  ? Properties.slice(body, in.objectStart(), in.objectEnd() - in.objectStart())
                  : Properties.NONE);
        }
        default -> in.skip();
      }
    }
    int length = in.start() + 1 - start;
    var fault = in.fault();
    if (length > Limits.EVENT_BYTES) {
      items.reject(Refusal.EVENT_TOO_LARGE, tooLarge(length));
    } else if (fault != null) {
      items.reject(fault.reason(), fault.detail());
    } else {
      items.accept(draft);
    }
  }

  static String tooLarge(int length) {
    return "the event is "
        + length
        + " bytes of JSON; at most "
        + Limits.EVENT_BYTES
        + " are taken";
  }
}
