package dev.rivulet.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.admission.SampleAdmission;
import dev.rivulet.admission.Verdict.Accepted;
import dev.rivulet.admission.Verdict.Refused;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.log.RecordBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final long NOW = 1_700_000_000_000L;

  @Test
  void of_recordOfTheLog_isTheSampleThatWasSent() {
    SampleDraft draft =
        Sample.of("response_time", 12.5)
            .tag("method", "GET")
            .tag("endpoint", "/a/{id}")
            .tag("none", "")
            .node("n1")
            .kind(MetricKind.HISTOGRAM)
            .id("x")
            .at(NOW - 5);
    Event event = RecordBatch.decode(RecordBatch.encode(List.of(accepted(draft)))).get(0);
    assertEquals(Kind.SAMPLE, event.kind());
    Sample read = Sample.of(event);
    assertEquals("{endpoint=/a/{id}, method=GET}", read.series().tags().toString());
    assertEquals("n1", read.node());
    assertEquals(MetricKind.HISTOGRAM, read.kind());
    assertEquals(12.5, read.values().sum());
    assertEquals(NOW - 5, read.values().lastAt());
    assertEquals(accepted(draft).user(), read.series().text());
  }

  @Test
  void of_manyValues_isASketch() {
    var values = new Summary();
    for (int i = 0; i < 1_000; i++) {
      values.add(i, NOW);
    }
    Event event =
        RecordBatch.decode(
                RecordBatch.encode(List.of(accepted(new SampleDraft().metric("m").values(values)))))
            .get(0);
    assertEquals(Kind.SKETCH, event.kind());
    assertEquals(1_000, Sample.of(event).values().count());
  }

  @Test
  void text_ofASeries_cannotBeAPerson() {
    assertTrue(accepted(Sample.of("u1", 1)).user().charAt(0) < ' ');
    assertThrows(IllegalArgumentException.class, () -> SeriesKey.parse("u1"));
  }

  @Test
  void admit_whatCannotBe_namesTheValue() {
    assertRefused(Sample.of("m", Double.NaN), "invalid_value", "NaN");
    assertRefused(Sample.of("m", Double.POSITIVE_INFINITY), "invalid_value", "Infinity");
    assertRefused(Sample.of("response_time", -1), "invalid_value", "-1.0");
    assertRefused(Sample.of("", 1), "missing_metric", "metric");
    assertRefused(Sample.of("x".repeat(10_240), 1), "invalid_metric", "10240");
    assertRefused(Sample.of("m", 1).tag("k", "v".repeat(10_240)), "invalid_tags", "10240");
    assertRefused(Sample.of("m", 1).tag("k".repeat(101), "v"), "invalid_tags", "101");
    assertRefused(Sample.of("m", 1).tag("k", "a\nb"), "invalid_tags", "000A");
    assertRefused(Sample.of("m", 1).node("n".repeat(201)), "invalid_node", "201");
    assertRefused(Sample.of("m", 1).at(-1), "invalid_time", "-1");
    SampleDraft many = Sample.of("m", 1);
    for (int i = 0; i < 21; i++) {
      many.tag("k" + i, "v");
    }
    assertRefused(many, "invalid_tags", "21");
    assertEquals(NOW, accepted(Sample.of("m", 1).at(NOW + 3_600_000)).occurredAt());
    assertEquals(5, accepted(Sample.of("m", -1).at(5)).occurredAt(), "old times are kept");
  }

  private static Event accepted(SampleDraft draft) {
    return ((Accepted) SampleAdmission.admit("default", draft, NOW)).event();
  }

  private static void assertRefused(SampleDraft draft, String reason, String named) {
    var refused = (Refused) SampleAdmission.admit("default", draft, NOW);
    assertEquals(reason, refused.reason().word());
    assertTrue(refused.detail().contains(named), refused.detail());
  }
}
