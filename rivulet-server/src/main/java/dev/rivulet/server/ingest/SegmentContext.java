package dev.rivulet.server.ingest;

import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a batch says once for all its items: when it was sent, its context and integrations. */
final class SegmentContext {
  static final SegmentContext NONE = new SegmentContext();

  /** One less than an event's, for it is kept inside the properties. */
  private static final int NESTING = Limits.NESTING - 1;

  private long sentAt = EventDraft.ABSENT;
  private @Nullable Span context;
  private @Nullable Span integrations;

  void sentAt(long time) {
    sentAt = time;
  }

  void readContext(JsonCursor in) throws IOException {
    context = in.sideObject(NESTING);
  }

  void readIntegrations(JsonCursor in) throws IOException {
    integrations = in.sideObject(NESTING);
  }

  /** Leaves out what would make the events of one body larger than a body may be. */
  SegmentContext sharedBy(int items) {
    long bytes = context == null ? 0 : context.length();
    bytes += integrations == null ? 0 : integrations.length();
    if (bytes * items > Limits.BODY_BYTES) {
      context = null;
      integrations = null;
    }
    return this;
  }

  long sentAt() {
    return sentAt;
  }

  @Nullable Span context() {
    return context;
  }

  @Nullable Span integrations() {
    return integrations;
  }
}
