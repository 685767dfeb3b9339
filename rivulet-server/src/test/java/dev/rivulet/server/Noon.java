package dev.rivulet.server;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Where it is noon: no day, week or month begins or ends there while a test runs. */
public final class Noon {
  private static final int NOON = 12;

  private Noon() {}

  /** A zone of whole hours, without daylight saving, where it is between 12:00 and 13:00 now. */
  public static ZoneId zone() {
    int ahead = NOON - Instant.now().atOffset(ZoneOffset.UTC).getHour();
    // These names count westwards.
    return ZoneId.of(ahead == 0 ? "UTC" : "Etc/GMT%+d".formatted(-ahead));
  }
}
