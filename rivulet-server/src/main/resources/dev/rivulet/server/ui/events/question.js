import { params, setParams } from "../lib/router.js";
import { RANGES, STEPS, knownZone, stepsFor, usualStep } from "../lib/time.js";

const STYLES = ["line", "area", "bars"];
const MEASURES = ["events", "people"];

/**
 * What the address asks. Anything in it that makes no sense falls back to the usual: an address is
 * typed by hand, and a page must open.
 */
export function question(projectZone, now) {
  const given = params();
  const zone = given.get("tz") !== null && knownZone(given.get("tz")) ? given.get("tz") : projectZone;
  const range = rangeOf(given);
  const millis = range.last ? RANGES.find(({ value }) => value === range.last).millis : range.to - range.from;
  const steps = stepsFor(millis);
  const step = steps.find(({ value }) => value === given.get("step"))?.value
    ?? (range.last ? RANGES.find(({ value }) => value === range.last).step : usualStep(millis));
  return {
    event: given.get("event"),
    range,
    step,
    steps: steps.length === 0 ? [STEPS[0]] : steps,
    by: given.get("by"),
    top: given.get("top"),
    zone,
    zoneGiven: given.get("tz") !== null,
    measure: MEASURES.includes(given.get("show")) ? given.get("show") : "events",
    style: STYLES.includes(given.get("as")) ? given.get("as") : "area",
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

/** The question as parameters of the API; `by` only where the route knows it. */
export function callParams({ event, range, step, zone, by }, { breakdown = false, series = true } = {}) {
  const times = range.last ? { last: range.last } : { from: iso(range.from), to: iso(range.to) };
  return { event, ...times, ...(series ? { step, tz: zone } : {}), ...(breakdown ? { by } : {}) };
}

export const iso = (at) => new Date(at).toISOString().replace(".000Z", "Z");

/** Asks about another range; the step that suited the old one is dropped. */
export function setRange(range) {
  setParams(range.last ? { last: range.last, from: null, to: null, step: null }
    : { last: null, from: iso(range.from), to: iso(range.to), step: null });
}
