import { rangeOf, timesOf } from "../lib/question.js";
import { params, setParams } from "../lib/router.js";

export const RANGES = [
  { value: "24h", label: "last 24 hours", millis: 86_400_000, step: "1h" },
  { value: "7d", label: "last 7 days", millis: 604_800_000, step: "1d" },
  { value: "30d", label: "last 30 days", millis: 2_592_000_000, step: "1d" },
  { value: "90d", label: "last 90 days", millis: 7_776_000_000, step: "1w" },
];
export const USUAL_RANGE = "30d";

const HOUR = 3_600_000;
const MOST_BUCKETS = 400;
const STEPS = [{ value: "1h", millis: HOUR }, { value: "1d", millis: 24 * HOUR }, { value: "1w", millis: 168 * HOUR }];

/** What the address asks of a funnel. */
export function question(now) {
  const given = params();
  const { range, millis, moving, usual: suits } = rangeOf(given, now, { ranges: RANGES, usual: USUAL_RANGE });
  const steps = STEPS.filter((step) => millis / step.millis >= 2 && millis / step.millis <= MOST_BUCKETS).map(({ value }) => value);
  const usual = range.last ? suits : millis > 60 * 24 * HOUR ? "1w" : millis > 3 * 24 * HOUR ? "1d" : "1h";
  return {
    range,
    steps: steps.length === 0 ? [usual] : steps,
    step: steps.includes(given.get("step")) ? given.get("step") : usual,
    by: given.get("by"),
    compare: given.get("compare") === "previous",
    trend: given.get("trend"),
    who: who(given.get("who")),
    moving,
  };
}

/** `dropped:3` are those who dropped before step 3. */
function who(text) {
  const read = /^(reached|dropped):([1-9]\d?)$/.exec(text ?? "");
  return read === null ? null : { outcome: read[1], step: Number(read[2]) };
}

export const setWho = (chosen) => setParams({ who: chosen === null ? null : `${chosen.outcome}:${chosen.step}` }, { replace: true });

/** The parameters of the report; the breakdown is asked for by itself, since it reads the log. */
export const reportParams = (asked) => ({ ...timesOf(asked.range), step: asked.step, compare: asked.compare ? "previous" : null });
export const groupsParams = (asked) => ({ ...timesOf(asked.range), by: asked.by });
export const peopleParams = (asked, { step, outcome }) => ({ step, outcome, ...timesOf(asked.range) });
