package dev.rivulet.admission;

import static dev.rivulet.event.EventDraft.ABSENT;

import dev.rivulet.admission.Verdict.Accepted;
import dev.rivulet.admission.Verdict.Refused;
import dev.rivulet.event.Limits;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SampleDraft;
import dev.rivulet.measure.SeriesKey;
import dev.rivulet.measure.Summary;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The gate of samples: what a measured value must be to be counted. Pure and thread-safe. */
public final class SampleAdmission {
  private SampleAdmission() {}

  /**
   * Admits or refuses {@code draft}.
   *
   * @param receivedAt when it reached us, in epoch milliseconds
   */
  public static Verdict admit(String project, SampleDraft draft, long receivedAt) {
    String metric = draft.metric();
    Refused wrong = checkMetric(metric);
    if (wrong == null) {
      wrong = checkValue(draft);
    }
    if (wrong == null) {
      wrong = checkTags(draft.tags());
    }
    if (wrong == null) {
      wrong = Checks.text(draft.node(), "node", Limits.NODE_CHARS, Refusal.INVALID_NODE);
    }
    String id = draft.id() == null || draft.id().isEmpty() ? null : draft.id();
    if (wrong == null && id != null) {
      wrong = Checks.text(id, "id", Limits.ID_CHARS, Refusal.INVALID_ID);
    }
    long occurredAt =
        wrong == null ? Checks.occurredAt(draft.occurredAt(), ABSENT, receivedAt) : ABSENT;
    if (wrong == null && occurredAt == ABSENT) {
      wrong = new Refused(Refusal.INVALID_TIME, Checks.timeDetail(draft.occurredAt()));
    }
    if (wrong != null || metric == null) {
      return wrong != null ? wrong : new Refused(Refusal.MISSING_METRIC, "there is no sample");
    }
    var series = new SeriesKey(metric, new TreeMap<>(draft.tags()));
    var sample =
        new Sample(
            project,
            series,
            draft.node(),
            draft.kind(),
            id,
            occurredAt,
            receivedAt,
            values(draft, occurredAt));
    return new Accepted(sample.toEvent());
  }

  /** The refusal of a metric that is already of another kind. */
  public static Refused kindConflict(String metric, String known, String said) {
    return new Refused(
        Refusal.KIND_CONFLICT,
        "metric '"
            + Checks.shown(metric)
            + "' is a "
            + known
            + ", not a "
            + said
            + ": the first kind of a name stays, use another name");
  }

  private static Summary values(SampleDraft draft, long occurredAt) {
    Summary many = draft.values();
    if (many != null) {
      return many;
    }
    var one = new Summary();
    one.add(draft.value() + 0.0, occurredAt); // which makes of -0 a 0
    return one;
  }

  private static @Nullable Refused checkMetric(@Nullable String metric) {
    if (metric == null || metric.isEmpty()) {
      return new Refused(
          Refusal.MISSING_METRIC, "a sample needs the name of its metric in 'metric'");
    }
    if (metric.equals(Limits.EVERY) || metric.equals(Limits.OTHER)) {
      return new Refused(
          Refusal.INVALID_METRIC, "metric '" + metric + "' is a reserved name: choose another");
    }
    return Checks.text(metric, "metric", Limits.NAME_CHARS, Refusal.INVALID_METRIC);
  }

  private static @Nullable Refused checkValue(SampleDraft draft) {
    Summary many = draft.values();
    if (many != null && many.count() == 0) {
      return new Refused(Refusal.INVALID_VALUE, "a sketch holds no value: send it with some");
    }
    double least = many == null ? draft.value() : many.min();
    double most = many == null ? draft.value() : many.max();
    if (Double.isNaN(least)) {
      return new Refused(
          Refusal.INVALID_VALUE, "a sample needs a finite number in 'value': it has none, or NaN");
    }
    if (!Double.isFinite(least) || !Double.isFinite(most)) {
      return new Refused(
          Refusal.INVALID_VALUE,
          "value " + (Double.isFinite(least) ? most : least) + " is not a finite number");
    }
    if (least < 0 && Sample.RESPONSE_TIME.equals(draft.metric())) {
      return new Refused(
          Refusal.INVALID_VALUE,
          "value "
              + least
              + " is below 0: a response time is in milliseconds and never negative; measure it"
              + " with a clock that never goes back");
    }
    return null;
  }

  private static @Nullable Refused checkTags(Map<String, String> tags) {
    if (tags.size() > Limits.TAGS) {
      return new Refused(
          Refusal.INVALID_TAGS,
          "a sample has " + tags.size() + " tags: at most " + Limits.TAGS + " are taken");
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      String key = tag.getKey();
      Refused wrong =
          key.isEmpty()
              ? new Refused(Refusal.INVALID_TAGS, "a tag has an empty name")
              : Checks.text(key, "tag", Limits.TAG_KEY_CHARS, Refusal.INVALID_TAGS);
      if (wrong == null) {
        String field = "value of tag '" + key + "'";
        wrong = Checks.text(tag.getValue(), field, Limits.TAG_VALUE_CHARS, Refusal.INVALID_TAGS);
      }
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }
}
