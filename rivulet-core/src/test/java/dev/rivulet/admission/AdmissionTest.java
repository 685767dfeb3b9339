package dev.rivulet.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdmissionTest {
  private static final long NOW = 1_795_392_000_000L;

  @Test
  void admit_takesWhatIsWhole() {
    Event event = accepted(draft().id("e1").at(NOW - 5_000).with("plan", "pro"));
    assertEquals("signup", event.name());
    assertEquals("u1", event.user());
    assertEquals("e1", event.id());
    assertEquals(NOW - 5_000, event.occurredAt());
    assertEquals(NOW, event.receivedAt());
    assertEquals("{\"plan\":\"pro\"}", event.properties().toJson());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"ERASURE", "ERASED"})
  void kindsThatNoSenderMaySend_areRefused(Kind kind) {
    assertEquals(Refusal.INVALID_EVENT, refused(draft().kind(kind)).reason());
  }

  @Test
  void time_followsTheRules() {
    assertEquals(NOW, accepted(draft()).occurredAt(), "none given");
    assertEquals(NOW + 299_000, accepted(draft().at(NOW + 299_000)).occurredAt(), "little ahead");
    assertEquals(NOW, accepted(draft().at(NOW + 301_000)).occurredAt(), "far ahead");
    assertEquals(NOW, accepted(draft().at(Long.MAX_VALUE)).occurredAt(), "absurdly ahead");
    assertEquals(0, accepted(draft().at(0)).occurredAt(), "old times are kept");
    assertEquals(
        NOW - 2_000,
        accepted(draft().at(NOW - 3_602_000).sentAt(NOW - 3_600_000)).occurredAt(),
        "a clock an hour slow is corrected by sentAt");
    assertEquals(Refusal.INVALID_TIME, refused(draft().at(-1)).reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\r\nb", "\ud800", "x\udc00y", "\u007f"})
  void textThatIsNoText_isRefusedNamingThePlace(String text) {
    assertEquals(Refusal.INVALID_EVENT, refused(new EventDraft().name(text).by("u")).reason());
    assertEquals(Refusal.INVALID_USER, refused(new EventDraft().name("e").by(text)).reason());
    Verdict.Refused id = refused(draft().id(text));
    assertEquals(Refusal.INVALID_ID, id.reason());
    assertTrue(id.detail().contains("U+"), id.detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}*", "<script>alert(1)</script>", "\ud83d\ude00", "a b:c/d%e", "ü"})
  void unusualText_isData(String text) {
    assertEquals(text, accepted(new EventDraft().name(text).by(text).id(text)).name());
  }

  @Test
  void whatIsMissingOrTooLong_isRefused() {
    assertEquals(Refusal.MISSING_EVENT, refused(new EventDraft().by("u")).reason());
    assertEquals(Refusal.MISSING_EVENT, refused(new EventDraft().name("").by("u")).reason());
    assertEquals(Refusal.MISSING_USER, refused(new EventDraft().name("e")).reason());
    String longText = "x".repeat(201);
    assertEquals(Refusal.INVALID_EVENT, refused(new EventDraft().name(longText).by("u")).reason());
    assertEquals(Refusal.INVALID_USER, refused(new EventDraft().name("e").by(longText)).reason());
    assertEquals(Refusal.INVALID_ID, refused(draft().id("x".repeat(129))).reason());
    assertEquals(
        Refusal.EVENT_TOO_LARGE, refused(draft().with("text", "x".repeat(33_000))).reason());
    assertEquals(Refusal.INVALID_EVENT, refused(new EventDraft().name("*").by("u")).reason());
  }

  @Test
  void traits_needNoName() {
    Event event = accepted(new EventDraft().kind(Kind.TRAITS).by("u1").with("email", "u@e.com"));
    assertEquals(Kind.TRAITS, event.kind());
  }

  private static EventDraft draft() {
    return new EventDraft().name("signup").by("u1");
  }

  private static Event accepted(EventDraft draft) {
    return assertInstanceOf(Verdict.Accepted.class, Admission.admit("p", draft, NOW)).event();
  }

  private static Verdict.Refused refused(EventDraft draft) {
    return assertInstanceOf(Verdict.Refused.class, Admission.admit("p", draft, NOW));
  }
}
