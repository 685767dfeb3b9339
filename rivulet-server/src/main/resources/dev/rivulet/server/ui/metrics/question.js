import { iso, rangeOf, setRange, stepOf, timesOf, zoneOf } from "../lib/question.js";
import { params, setParams } from "../lib/router.js";
import { BANDS, STATS, addressed, usualOf } from "./metrics.js";

const TAG = "tag.";
const NO_BREAKDOWN = "none";
const KNOWN = new Set([BANDS, ...STATS.map(({ value }) => value)]);

/** What the address asks of a metric of a kind. */
export function question(kind, projectZone, now) {
  const given = params();
  const asked = rangeOf(given, now);
  const usual = usualOf(kind);
  const stat = KNOWN.has(given.get("stat")) ? given.get("stat") : usual.stat;
  return {
    metric: addressed(),
    range: asked.range,
    millis: asked.millis,
    ...stepOf(given, asked),
    stat,
    by: given.get("by") === NO_BREAKDOWN ? null : given.get("by") ?? (stat === usual.stat ? usual.by : null),
    tags: Object.fromEntries([...given].filter(([name, value]) => name.startsWith(TAG) && name.length > TAG.length && value !== "")),
    zone: zoneOf(given, projectZone),
    sort: given.get("sort"),
    moving: asked.moving,
  };
}

/** The question as parameters of the API. */
export function callParams({ range, step, zone, tags }, more = {}) {
  return { ...timesOf(range), step, tz: zone, ...tags, ...more };
}

/** The same over the stretch before, for the trend of a number. */
export function before({ range, millis, step, zone, tags }, now, more = {}) {
  const to = range.last ? now - millis : range.from;
  return { from: iso(to - millis), to: iso(to), step, tz: zone, ...tags, ...more };
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
