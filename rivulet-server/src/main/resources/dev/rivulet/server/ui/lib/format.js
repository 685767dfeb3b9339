/** Numbers and foreign text in the words of the pages. */
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const NONE = "–";

/** 12,345; a dash for no data, which is not zero. */
export function count(value) {
  return value === null || value === undefined ? NONE : whole.format(value);
}

/** 12.3K, for axes and tight places. */
export function compact(value) {
  return value === null || value === undefined ? NONE : short.format(value);
}

/** A rate: one decimal below 100. */
export function rate(value) {
  if (value === null || value === undefined) return NONE;
  return value < 99.95 ? tenth.format(value) : whole.format(value);
}

export function percent(fraction) {
  if (fraction === null || fraction === undefined || !Number.isFinite(fraction)) return NONE;
  const value = fraction * 100;
  return `${Math.abs(value) < 9.95 ? tenth.format(value) : whole.format(value)} %`;
}

/** 840 B, 12.3 kB, 4.5 MB. */
export function bytes(value) {
  if (value === null || value === undefined) return NONE;
  const size = Math.abs(value);
  const power = size < 1_000 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
  return power === 0 ? `${whole.format(value)} B` : `${tenth.format(value / 1_000 ** power)} ${["B", "kB", "MB", "GB", "TB"][power]}`;
}

/** A stretch of time in its largest fitting unit: 3 ms, 1.2 s, 4 min, 2 h. */
export function duration(millis) {
  if (millis === null || millis === undefined) return NONE;
  if (millis < 1_000) return `${whole.format(millis)} ms`;
  if (millis < 60_000) return `${tenth.format(millis / 1_000)} s`;
  if (millis < 3_600_000) return `${whole.format(millis / 60_000)} min`;
  if (millis < 172_800_000) return `${whole.format(millis / 3_600_000)} h`;
  return `${whole.format(millis / 86_400_000)} days`;
}

/** A stretch of time as one says it of a visit: 45 s, 3 min 20 s, 1 h 4 min. */
export function visit(seconds) {
  if (seconds === null || seconds === undefined) return NONE;
  const all = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60];
  if (hours > 0) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  if (minutes > 0) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
  return `${rest} s`;
}

/** How long ago, in words; the clock of the server, not of the reader, is handed in. */
export function ago(millis, now) {
  const gone = Math.max(0, now - millis);
  return gone < 1_500 ? "now" : gone < 60_000 ? `${Math.floor(gone / 1_000)} s` : duration(gone);
}

/** `ago` as the end of a sentence: `now`, or `8 s ago`. */
export function since(millis, now) {
  const words = ago(millis, now);
  return words === "now" ? words : `${words} ago`;
}

/** How good a number is, from an answer's `exact` or `error`. */
export function exactness(answer) {
  if (answer?.exact) return "exact";
  if (typeof answer?.error === "number") {
    return `± ${new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(answer.error * 100)} %`;
  }
  return "";
}

const LONGEST = 240;

/**
 * Text from outside, fit to be shown: bounded, control characters and direction overrides made
 * visible, lone surrogates replaced. Escaping is the template's work, not done here.
 */
export function foreign(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const visible = cut.replace(/[\u0000-\u001f\u007f]/g, (c) =>
    String.fromCharCode(c === "\u007f" ? 0x2421 : 0x2400 + c.charCodeAt(0)),
  );
  const straight = visible.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\u25a1");
  const formed = straight.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  return formed === "" ? "(empty)" : formed;
}
