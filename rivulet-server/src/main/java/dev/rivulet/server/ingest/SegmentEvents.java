package dev.rivulet.server.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Segment's HTTP tracking API. A {@code track} is the event it names, a {@code page} and a {@code
 * screen} are the events {@code page} and {@code screen}, an {@code identify} tells traits; {@code
 * group} and {@code alias} are refused by kind. Properties stay slices of the body, which must not
 * be changed afterwards. Stateless.
 *
 * <p>{@code name} and {@code category} of pages and screens, {@code context} and {@code
 * integrations} are kept in the properties under these names. What the properties themselves call
 * so comes first. Context and integrations are side information: where they are not objects, nested
 * too deep or do not fit into the event's {@link Limits#EVENT_BYTES}, they are left out and the
 * event is kept; an unreadable {@code sentAt} corrects nothing.
 */
public final class SegmentEvents {
  /** Bytes of the body of a call with {@code batch[]}. */
  public static final int BATCH_BYTES = 500 * 1024;

  private SegmentEvents() {}

  /** The calls of the API. */
  public enum Call {
    TRACK,
    PAGE,
    SCREEN,
    IDENTIFY,
    GROUP,
    ALIAS,
    BATCH,
    IMPORT;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The call of that name, as it stands in routes and in {@code type}; null for any other. */
    public static @Nullable Call named(@Nullable String word) {
      for (Call call : values()) {
        if (call.word.equals(word)) {
          return call;
        }
      }
      return null;
    }

    /** Its name in the route. */
    public String word() {
      return word;
    }

    /** Whether its body holds several calls. */
    public boolean isBatch() {
      return this == BATCH || this == IMPORT;
    }
  }

  /**
   * What a body of the API held.
   *
   * @param writeKey the key in the body, null when there is none
   * @param body the events; of a call without {@code batch[]} it is {@code single}
   */
  public record Parsed(@Nullable String writeKey, ParsedBody<EventDraft> body) {}

  /**
   * Reads a decompressed body.
   *
   * @throws UnreadableBody 400, as the public server answers: {@code INVALID_JSON}, {@code
   *     EVENT_TOO_LARGE} for a single call, {@code BODY_TOO_LARGE} and {@code TOO_MANY_EVENTS} for
   *     a batch. All else that is wrong is a rejection, one overlong item of a batch included
   */
  public static Parsed parse(Call call, byte[] body) throws UnreadableBody {
    if (!call.isBatch() && body.length > Limits.EVENT_BYTES) {
      throw new UnreadableBody(Refusal.EVENT_TOO_LARGE, 400, NativeEvents.tooLarge(body.length));
    }
    if (body.length > BATCH_BYTES) {
      throw new UnreadableBody(
          Refusal.BODY_TOO_LARGE,
          400,
          "the batch is " + body.length + " bytes of JSON; at most " + BATCH_BYTES + " are taken");
    }
    int from = Json.textStart(body);
    Json.checkText(body, from);
    try (var in = new JsonCursor(body, from, body.length)) {
      JsonToken first = in.next();
      var parsed =
          first == JsonToken.START_OBJECT ? object(call, in, body) : other(call, in, first);
      if (in.next() != null) {
        throw UnreadableBody.invalidJson("more JSON follows the call's object");
      }
      return parsed;
    } catch (IOException e) {
      throw UnreadableBody.invalidJson(Json.detail(e, from));
    }
  }

  private static Parsed object(Call call, JsonCursor in, byte[] body)
      throws IOException, UnreadableBody {
    if (call.isBatch()) {
      return batch(call, in, body);
    }
    var items = new ParsedBody.Collector<EventDraft>(1);
    var item = SegmentItem.read(in);
    item.deliver(call, body, SegmentContext.NONE, items);
    return new Parsed(item.writeKey(), items.body(true));
  }

  private static Parsed other(Call call, JsonCursor in, @Nullable JsonToken first)
      throws IOException {
    in.skip();
    var items = new ParsedBody.Collector<EventDraft>(0);
    items.reject(
        Refusal.INVALID_JSON, "the body is " + Json.nounOf(first) + ", not an object of a call");
    return new Parsed(null, items.body(!call.isBatch()));
  }

  private static Parsed batch(Call call, JsonCursor in, byte[] body)
      throws IOException, UnreadableBody {
    List<@Nullable SegmentItem> calls = List.of();
    String wrong = call.word() + " holds no array 'batch'";
    String writeKey = null;
    var context = new SegmentContext();
    while (in.nextField()) {
      switch (in.name()) {
        case "batch" -> {
          boolean isArray = in.token() == JsonToken.START_ARRAY;
          calls = isArray ? items(in) : List.of();
          wrong = isArray ? "" : "batch is " + Json.nounOf(in.token()) + ", not an array of calls";
          in.skip();
        }
        case "writeKey" -> writeKey = in.stringOrNull();
        case "sentAt" -> context.sentAt(in.timeOrAbsent());
        case "context" -> context.readContext(in);
        case "integrations" -> context.readIntegrations(in);
        default -> in.skip();
      }
    }
    var items = new ParsedBody.Collector<EventDraft>(calls.size());
    if (!wrong.isEmpty()) {
      items.reject(Refusal.INVALID_JSON, wrong);
    }
    var shared = context.sharedBy(calls.size());
    for (SegmentItem item : calls) {
      if (item == null) {
        items.reject(Refusal.INVALID_JSON, "the item is not an object of a call");
      } else {
        item.deliver(Call.named(item.type()), body, shared, items);
      }
    }
    return new Parsed(writeKey, items.body(false));
  }

  /** The calls of a batch, null for what is not an object: the context may come after them. */
  private static List<@Nullable SegmentItem> items(JsonCursor in)
      throws IOException, UnreadableBody {
    var calls = new ArrayList<@Nullable SegmentItem>();
    for (JsonToken item = in.next(); item != JsonToken.END_ARRAY; item = in.next()) {
      if (calls.size() == Limits.REQUEST_EVENTS) {
        throw NativeBody.tooMany(400, NativeEvents.NOUN);
      }
      if (item == JsonToken.START_OBJECT) {
        calls.add(SegmentItem.read(in));
      } else {
        calls.add(null);
        in.skip();
      }
    }
    return calls;
  }
}
