/*
 * What every page's question reads from the address alike: range, step, zone. What makes no sense falls
 * back to the usual: an address is typed by hand, and a page must open.
 */
import { setParams } from "./router.js";
import { RANGES, STEPS, knownZone, stepsFor, usualStep } from "./time.js";

/** An instant as the API takes it. */
export const iso = (at) => new Date(at).toISOString().replace(".000Z", "Z");

/** The option of that value, or the usual one. */
export const known = (options, value, usual = options[0]) => options.find((option) => option.value === value) ?? usual;

/** The stretch between two instants that the address names, or null. */
export function stretchOf(given) {
  const [from, to] = [given.get("from"), given.get("to")].map((time) => Date.parse(time ?? ""));
  return from < to ? { from, to } : null;
}

/**
 * The range, its length `millis`, whether it moves on with time, and the step that suits it (undefined
 * where `ranges` have none). Without one in the address it is the one of `ranges` called `usual`.
 */
export function rangeOf(given, now, { ranges = RANGES, usual = "24h" } = {}) {
  const range = stretchOf(given);
  if (range !== null) return { range, millis: range.to - range.from, moving: range.to > now, usual: usualStep(range.to - range.from) };
  const last = known(ranges, given.get("last"), known(ranges, usual));
  return { range: { last: last.value }, millis: last.millis, moving: true, usual: last.step };
}

/** The step of a range as `rangeOf` gives it, and those it could be. */
export function stepOf(given, { millis, usual }) {
  const steps = stepsFor(millis);
  return { step: known(steps, given.get("step"), { value: usual }).value, steps: steps.length === 0 ? [STEPS[0]] : steps };
}

export function zoneOf(given, projectZone) {
  const zone = given.get("tz");
  return zone !== null && knownZone(zone) ? zone : projectZone;
}

/** A range as parameters of the API. */
export const timesOf = (range) => (range.last ? { last: range.last } : { from: iso(range.from), to: iso(range.to) });

/** Asks about another range; the step that suited the old one is dropped. */
export function setRange(range) {
  setParams({ last: null, from: null, to: null, step: null, ...timesOf(range) });
}
