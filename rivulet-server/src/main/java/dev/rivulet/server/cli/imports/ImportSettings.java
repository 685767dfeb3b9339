package dev.rivulet.server.cli.imports;

import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param format combined, common, ndjson, csv or auto
 * @param map FIELD=COLUMN pairs for CSV
 * @param event the event's name, where the file does not say
 * @param personWithAgent whether address and user agent together are the person
 * @param project the project's id; null for the key's own
 * @param zone of CSV times without an offset
 * @param timeout how long to go on trying when the server takes nothing
 * @param again whether to send what an earlier import is known to have sent
 */
public record ImportSettings(
    Format format,
    @Nullable String map,
    @Nullable String event,
    boolean personWithAgent,
    @Nullable String project,
    ZoneId zone,
    Duration timeout,
    boolean again) {
  /** The formats of {@code --format}. */
  public enum Format {
    AUTO,
    COMBINED,
    COMMON,
    NDJSON,
    CSV
  }
}
