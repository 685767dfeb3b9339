import { RANGES, STEPS, stepsFor, usualStep } from "../lib/time.js";
import { iso } from "../lib/question.js";

/** A query of a tile in its parts; null when it cannot be one. */
export function parsed(query) {
  if (!/^\/api\/v1\/[^\s#\\]+$/.test(query ?? "")) return null;
  const [path, rest = ""] = query.split(/\?(.*)/s);
  const params = {};
  for (const [name, value] of new URLSearchParams(rest)) if (value !== "") params[name] = value;
  return { path, params };
}

/** The parts as one text, spaces and all encoded. */
export function written({ path, params }) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== null && value !== undefined && value !== "") query.set(name, value);
  const text = query.toString().replaceAll("+", "%20");
  return text === "" ? path : `${path}?${text}`;
}

/** Whether the query has a range of its own, whatever the board's is. */
export const pinned = ({ params }) => ["last", "from", "to"].some((name) => name in params);

const UNIT_WORDS = { s: "seconds", m: "minutes", h: "hours", d: "days", w: "weeks" };
const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `7d` in millis; null when it is no duration. */
export function millisOf(last) {
  const read = /^(\d{1,9})(s|m|h|d|w)$/.exec(last ?? "");
  return read === null ? null : Number(read[1]) * UNITS[read[2]];
}

/** The range that a query is asked with: its own, else the board's. */
export function rangeOf(query, range) {
  if (!pinned(query)) return range;
  const { last, from, to } = query.params;
  if (last !== undefined) return { last };
  const [first, end] = [instant(from), instant(to)];
  return { from: first, to: Number.isNaN(end) ? undefined : end };
}

const instant = (text) => (/^\d+$/.test(text ?? "") ? Number(text) : Date.parse(text ?? ""));

export function lengthOf(range, now) {
  return range.last ? millisOf(range.last) ?? RANGES[1].millis : (range.to ?? now) - range.from;
}

/** The range as parameters of the API. */
export const rangeParams = (range) => (range.last ? { last: range.last }
  : { from: iso(range.from), ...(range.to === undefined ? {} : { to: iso(range.to) }) });

/** Several lines on top of each other want fewer points. */
const FEW = 62;

/** The step that draws the range; the query's own comes first. */
export function stepFor(query, range, now) {
  if (query.params.step !== undefined) return query.params.step;
  const millis = lengthOf(range, now);
  if (query.params.by !== undefined) return (STEPS.find((step) => millis / step.millis <= FEW) ?? STEPS.at(-1)).value;
  const usual = RANGES.find(({ value }) => value === range.last)?.step ?? usualStep(millis);
  const steps = stepsFor(millis).map(({ value }) => value);
  return steps.length === 0 || steps.includes(usual) ? usual : steps.at(-1);
}

/** The stretch of the same length before; null for one without a beginning. */
export function before(range, now) {
  const millis = lengthOf(range, now);
  const end = range.last ? now - millis : range.from;
  return Number.isFinite(end) && millis > 0 ? { from: end - millis, to: end } : null;
}

/** The range in words. */
export function rangeWords(range) {
  const known = RANGES.find(({ value }) => value === range.last)?.label;
  if (known || !range.last) return known ?? null;
  const many = Number.parseInt(range.last, 10);
  const units = UNIT_WORDS[range.last.at(-1)] ?? "";
  return many === 1 ? `last ${units.slice(0, -1)}` : `last ${many} ${units}`;
}
