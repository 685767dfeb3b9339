import { params, setParams } from "../lib/router.js";
import { RANGES, STEPS, knownZone, stepsFor, usualStep } from "../lib/time.js";
import { BANDS, STATS, addressed, usualOf } from "./metrics.js";

const TAG = "tag.";
const NO_BREAKDOWN = "none";
const KNOWN = new Set([BANDS, ...STATS.map(({ value }) => value)]);

/**
 * What the address asks of a metric of a kind. Anything in it that makes no sense falls back to the
 * usual: an address is typed by hand, and a page must open.
 */
export function question(kind, projectZone, now) {
  const given = params();
  const zone = given.get("tz") !== null && knownZone(given.get("tz")) ? given.get("tz") : projectZone;
  const range = rangeOf(given);
  const known = range.last ? RANGES.find(({ value }) => value === range.last) : null;
  const millis = known?.millis ?? range.to - range.from;
  const steps = stepsFor(millis);
  const usual = usualOf(kind);
  const stat = KNOWN.has(given.get("stat")) ? given.get("stat") : usual.stat;
  return {
    metric: addressed(),
    range,
    millis,
    step: steps.find(({ value }) => value === given.get("step"))?.value ?? known?.step ?? usualStep(millis),
    steps: steps.length === 0 ? [STEPS[0]] : steps,
    stat,
    by: given.get("by") === NO_BREAKDOWN ? null : given.get("by") ?? (stat === usual.stat ? usual.by : null),
    tags: Object.fromEntries([...given].filter(([name, value]) => name.startsWith(TAG) && name.length > TAG.length && value !== "")),
    zone,
    sort: given.get("sort"),
    moving: range.last !== undefined || range.to > now,
  };
}

function rangeOf(given) {
  const from = Date.parse(given.get("from") ?? "");
  const to = Date.parse(given.get("to") ?? "");
  if (from < to) return { from, to };
  return { last: RANGES.find(({ value }) => value === given.get("last"))?.value ?? "24h" };
}

const iso = (at) => new Date(at).toISOString().replace(".000Z", "Z");

/** The question as parameters of the API. */
export function callParams({ range, step, zone, tags }, more = {}) {
  const times = range.last ? { last: range.last } : { from: iso(range.from), to: iso(range.to) };
  return { ...times, step, tz: zone, ...tags, ...more };
}

/** The same over the stretch before, for the trend of a number. */
export function before({ range, millis, step, zone, tags }, now, more = {}) {
  const to = range.last ? now - millis : range.from;
  return { from: iso(to - millis), to: iso(to), step, tz: zone, ...tags, ...more };
}

/** Asks about another range; the step that suited the old one is dropped. */
export function setRange(range) {
  setParams(range.last ? { last: range.last, from: null, to: null, step: null }
    : { last: null, from: iso(range.from), to: iso(range.to), step: null });
}

/** A stretch of the chart, in epoch seconds, widened to whole minutes. */
export function zoom({ from, to }) {
  const minute = 60_000;
  const begin = Math.floor((from * 1000) / minute) * minute;
  setRange({ from: begin, to: Math.max(begin + minute, Math.ceil((to * 1000) / minute) * minute) });
}

/** The address needs to say "no breakdown" only where a breakdown is usual; `setParams` drops what is empty. */
export function setBy(tag) {
  setParams({ by: tag ?? NO_BREAKDOWN });
}

/** Looks at one value of a tag only, or with null at all of them again. */
export function setTag(tag, value) {
  setParams({ [TAG + tag]: value, ...(value === null ? {} : { by: NO_BREAKDOWN }) });
}

export const tagOf = (parameter) => parameter.slice(TAG.length);
