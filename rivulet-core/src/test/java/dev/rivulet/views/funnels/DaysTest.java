package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DaysTest {
  @Test
  void days_ofAnyZone_followEachOtherWithoutGap() {
    for (String zone :
        new String[] {
          "UTC",
          "Asia/Kolkata",
          "Europe/Berlin",
          "America/Sao_Paulo",
          "America/Havana",
          "Pacific/Apia",
          "America/St_Johns"
        }) {
      var days = new Days(ZoneId.of(zone));
      // St John's put its clocks back at one minute past midnight, so that a date came back.
      long time = Instant.parse("2005-01-01T00:00:00Z").toEpochMilli();
      long end = Instant.parse("2012-01-10T00:00:00Z").toEpochMilli();
      int before = days.of(time);
      for (; time < end; time += 29 * 60_000) {
        int day = days.of(time);
        assertTrue(day >= before, zone + " " + Instant.ofEpochMilli(time));
        assertTrue(days.start(day) <= time && time < days.start(day + 1), zone);
        assertEquals(day, new Days(ZoneId.of(zone)).of(days.start(day)), zone);
        before = day;
      }
    }
  }
}
