import { html } from "lit";
import { addressBelow, nameBelow, segment } from "../lib/naming.js";
import { count, foreign, percent } from "../lib/format.js";

export const FUNNELS = "/api/v1/funnels";
export const PREVIEW = `${FUNNELS}/preview`;
const PAGE = "/funnels/";

export const funnelPath = (name, below = "") => `${FUNNELS}/${segment(name)}${below}`;

/** The funnel's page, or null where no address can hold its name. */
export const funnelAddress = (name, params) => addressBelow(PAGE, name, params);

/** The funnel whose page this address is; null when it is not a funnel's, or not readable. */
export const addressed = () => nameBelow(PAGE);

/** What a funnel counts, for one and for many. */
const UNITS = { people: ["person", "people"], sessions: ["session", "sessions"], entries: ["entry", "entries"] };
export const unitOf = (counts, many = 2) => UNITS[counts]?.[many === 1 ? 0 : 1] ?? "people";
export const amount = (many, counts) => `${count(many)} ${unitOf(counts, many)}`;

/** The events of a step, whichever way they were written. */
export const eventsOf = ({ event }) => (Array.isArray(event) ? event : [event]);
export const stepName = (step) => eventsOf(step).map(foreign).join(" or ");

/** The names of all steps on one line. */
export const pathOf = ({ steps, order }) => steps.map(stepName).join(order === "any" ? " + " : " → ");

/** What the save dialog needs to know of funnels. */
export const funnelKind = {
  word: "funnel",
  path: (name) => funnelPath(name),
  parting: (name) => html`<b><bdi>${foreign(name)}</bdi></b> and what was counted for it go. The events stay: defined again, it is filled from the log as far back as that goes.`,
  summary: ({ definition }) => html`<bdi>${pathOf(definition)}</bdi>, within ${windowWords(definition.window)}`,
};

/** The share of those who entered that did the last step. */
export const conversionOf = ({ steps }) => steps?.at(-1)?.fromStart ?? null;

/** The last step before the one at `index` that nobody may skip; null before the first. */
export function requiredBefore(steps, index) {
  const at = steps.slice(0, index).findLastIndex(({ optional }) => !optional);
  return at < 0 ? null : steps[at];
}

/** How many came to the required step before but not to this one; null where skipping is allowed. */
export function droppedBefore(steps, index) {
  const before = requiredBefore(steps, index);
  return before === null || steps[index].optional ? null : before.users - steps[index].users;
}

/** A difference of two shares in points: +3.1, −0.4. */
export function points(now, before) {
  if (now === null || before === null || now === undefined || before === undefined) return null;
  return (now - before) * 100;
}

const tenth = new Intl.NumberFormat("en", { maximumFractionDigits: 1, minimumFractionDigits: 1, signDisplay: "exceptZero" });
export const signed = (value) => tenth.format(value).replace("-", "−");

const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 };
const WORDS = { s: "second", m: "minute", h: "hour", d: "day" };

/** The window in seconds, NaN when it is none. */
export function secondsOf(window) {
  const read = /^(\d+)(ms|s|m|h|d)$/.exec(window ?? "");
  return read === null ? Number.NaN : Number(read[1]) * SECONDS[read[2]];
}

/** The window in words: 7 days. */
export function windowWords(window) {
  const read = /^(\d+)([smhd])$/.exec(window ?? "");
  return read === null ? String(window) : `${read[1]} ${WORDS[read[2]]}${read[1] === "1" ? "" : "s"}`;
}

/** A stretch of time as short as it stays telling: 45 s, 3 min, 2.5 h, 3 days. */
export function span(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  const short = (value) => new Intl.NumberFormat("en", { maximumFractionDigits: value < 9.95 ? 1 : 0 }).format(value);
  if (seconds < 1) return `${Math.round(seconds * 1_000)} ms`;
  if (seconds < 60) return `${short(seconds)} s`;
  if (seconds < 3_600) return `${short(seconds / 60)} min`;
  if (seconds < 86_400) return `${short(seconds / 3_600)} h`;
  const days = short(seconds / 86_400);
  return `${days} ${days === "1" ? "day" : "days"}`;
}

export const share = percent;
