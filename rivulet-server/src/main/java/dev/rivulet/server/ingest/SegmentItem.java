package dev.rivulet.server.ingest;

import dev.rivulet.admission.Refusal;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import dev.rivulet.server.ingest.SegmentEvents.Call;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One call of Segment's API as it was read, before what its batch says for all is known. */
final class SegmentItem {
  private final SegmentContext own = new SegmentContext();
  private @Nullable String type;
  private @Nullable String writeKey;
  private @Nullable String event;
  private @Nullable String userId;
  private @Nullable String anonymousId;
  private @Nullable String messageId;
  private long timestamp = EventDraft.ABSENT;
  private @Nullable Span name;
  private @Nullable Span category;
  private @Nullable Span properties;
  private int reservedNames;
  private @Nullable Span traits;
  private int length;
  private JsonCursor.@Nullable Fault fault;

  private SegmentItem() {}

  /** Reads the object at which {@code in} stands. */
  static SegmentItem read(JsonCursor in) throws IOException {
    var item = new SegmentItem();
    int start = in.start();
    in.beginEvent();
    while (in.nextField()) {
      item.readField(in.name(), in);
    }
    item.length = in.start() + 1 - start;
    item.fault = in.fault();
    return item;
  }

  private void readField(String field, JsonCursor in) throws IOException {
    switch (field) {
      case "type" -> type = in.stringOrNull();
      case "writeKey" -> writeKey = in.stringOrNull();
      case "event" -> event = in.text(field, Refusal.INVALID_EVENT);
      case "userId" -> userId = in.text(field, Refusal.INVALID_USER);
      case "anonymousId" -> anonymousId = in.text(field, Refusal.INVALID_USER);
      case "messageId" -> messageId = in.text(field, Refusal.INVALID_ID);
      case "timestamp" -> timestamp = in.time(field);
      case "sentAt" -> own.sentAt(in.timeOrAbsent());
      case "name" -> name = in.string(field, Refusal.INVALID_PROPERTIES);
      case "category" -> category = in.string(field, Refusal.INVALID_PROPERTIES);
      case "properties" -> {
        properties = object(field, in);
        reservedNames = properties == null ? 0 : in.reservedNames();
      }
      case "traits" -> traits = object(field, in);
      case "context" -> own.readContext(in);
      case "integrations" -> own.readIntegrations(in);
      default -> in.skip();
    }
  }

  private static @Nullable Span object(String field, JsonCursor in) throws IOException {
    boolean given = in.object(field, Limits.NESTING, Refusal.INVALID_PROPERTIES);
    return given && !in.objectEmpty() ? new Span(in.objectStart(), in.objectEnd()) : null;
  }

  /** The item's own word for what it is, in a batch. */
  @Nullable String type() {
    return type;
  }

  @Nullable String writeKey() {
    return writeKey;
  }

  /**
   * Makes the item a draft or a rejection.
   *
   * @param call what it is; null when its type is not known
   * @param batch what its batch says for all; what the item says itself comes first, but for the
   *     time of sending
   */
  void deliver(
      @Nullable Call call,
      byte[] body,
      SegmentContext batch,
      ParsedBody.Collector<EventDraft> items)
      throws IOException {
    if (length > Limits.EVENT_BYTES) {
      items.reject(Refusal.EVENT_TOO_LARGE, NativeEvents.tooLarge(length));
      return;
    }
    var draft = new EventDraft();
    switch (call == null ? Call.BATCH : call) {
      case TRACK -> draft.name(event).properties(merged(body, batch, false));
      case PAGE -> draft.name("page").properties(merged(body, batch, true));
      case SCREEN -> draft.name("screen").properties(merged(body, batch, true));
      case IDENTIFY -> draft.kind(Kind.TRAITS).name("identify").properties(slice(body, traits));
      case GROUP, ALIAS, BATCH, IMPORT -> {
        items.reject(Refusal.UNSUPPORTED_TYPE, unsupported(call));
        return;
      }
    }
    if (fault != null) {
      items.reject(fault.reason(), fault.detail());
      return;
    }
    draft.by(userId == null || userId.isEmpty() ? anonymousId : userId);
    draft.id(messageId).at(timestamp);
    draft.sentAt(batch.sentAt() == EventDraft.ABSENT ? own.sentAt() : batch.sentAt());
    items.accept(draft);
  }

  private String unsupported(@Nullable Call call) {
    return "type "
        + (call == null ? Json.quoted(type) : Json.quoted(call.word()))
        + " is not kept; track, page, screen and identify are";
  }

  private Properties merged(byte[] body, SegmentContext batch, boolean named) throws IOException {
    var out = new PropertiesWriter(body, properties, reservedNames);
    if (named) {
      out.add(ReservedName.NAME, name);
      out.add(ReservedName.CATEGORY, category);
    }
    out.addMerged(ReservedName.CONTEXT, own.context(), batch.context());
    out.addMerged(ReservedName.INTEGRATIONS, own.integrations(), batch.integrations());
    return out.properties();
  }

  private static Properties slice(byte[] body, @Nullable Span span) {
    return span == null ? Properties.NONE : Properties.slice(body, span.start(), span.length());
  }
}
