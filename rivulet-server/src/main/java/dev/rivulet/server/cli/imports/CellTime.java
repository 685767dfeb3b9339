package dev.rivulet.server.cli.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Times as they stand in CSV cells: ISO-8601 with {@code T} or a blank between date and time, with
 * or without offset, a date alone, or seconds or milliseconds since 1970.
 */
final class CellTime {
  /** Numbers from here on are milliseconds: as seconds this would be the year 5138. */
  private static final BigDecimal LEAST_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]HH:mm")
          .optionalStart()
          .appendPattern(":ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .optionalEnd()
          .appendPattern("[ ][XXX][XX][X]")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private final ZoneId zone;

  CellTime(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Epoch milliseconds.
   *
   * @throws DateTimeException when the text is no time
   */
  long millis(String text) {
    if (text.matches("-?\\d{1,18}(\\.\\d{1,9})?")) {
      var number = new BigDecimal(text);
      var millis = number.abs().compareTo(LEAST_MILLIS) < 0 ? number.movePointRight(3) : number;
      return millis.longValue();
    }
    var parsed = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    var offset = parsed.query(TemporalQueries.offset());
    var time = parsed.query(TemporalQueries.localTime());
    var date = LocalDate.from(parsed);
    var local = LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time);
    Instant instant =
        offset == null ? ZonedDateTime.of(local, zone).toInstant() : local.toInstant(offset);
    return instant.toEpochMilli();
  }
}
