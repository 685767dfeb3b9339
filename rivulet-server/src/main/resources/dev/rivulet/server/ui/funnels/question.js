import { params, setParams } from "../lib/router.js";
import { iso } from "../events/question.js";

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

/** What the address asks of a funnel; what makes no sense in it falls back to the usual. */
export function question(now) {
  const given = params();
  const [from, to] = [given.get("from"), given.get("to")].map((time) => Date.parse(time ?? ""));
  const known = RANGES.find(({ value }) => value === given.get("last")) ?? RANGES.find(({ value }) => value === USUAL_RANGE);
  const range = from < to ? { from, to } : { last: known.value };
  const millis = range.last ? known.millis : to - from;
  const steps = STEPS.filter((step) => millis / step.millis >= 2 && millis / step.millis <= MOST_BUCKETS).map(({ value }) => value);
  const usual = range.last ? known.step : millis > 60 * 24 * HOUR ? "1w" : millis > 3 * 24 * HOUR ? "1d" : "1h";
  return {
    range,
    steps: steps.length === 0 ? [usual] : steps,
    step: steps.includes(given.get("step")) ? given.get("step") : usual,
    by: given.get("by"),
    compare: given.get("compare") === "previous",
    trend: given.get("trend"),
    who: who(given.get("who")),
    moving: range.last !== undefined || range.to > now,
  };
}

/** `dropped:3` are those who dropped before step 3. */
function who(text) {
  const read = /^(reached|dropped):([1-9]\d?)$/.exec(text ?? "");
  return read === null ? null : { outcome: read[1], step: Number(read[2]) };
}

export const setWho = (chosen) => setParams({ who: chosen === null ? null : `${chosen.outcome}:${chosen.step}` }, { replace: true });

const timesOf = ({ range }) => (range.last ? range : { from: iso(range.from), to: iso(range.to) });

/** The parameters of the report; the breakdown is asked for by itself, since it reads the log. */
export const reportParams = (asked) => ({ ...timesOf(asked), step: asked.step, compare: asked.compare ? "previous" : null });
export const groupsParams = (asked) => ({ ...timesOf(asked), by: asked.by });
export const peopleParams = (asked, { step, outcome }) => ({ step, outcome, ...timesOf(asked) });
