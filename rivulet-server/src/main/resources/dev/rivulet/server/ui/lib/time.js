/** Times as a reader of a given IANA zone sees them. Instants are epoch millis throughout. */
const formats = new Map();

function format(zone, options) {
  const id = `${zone}|${JSON.stringify(options)}`;
  let known = formats.get(id);
  if (known === undefined) {
    known = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options });
    formats.set(id, known);
  }
  return known;
}

const CLOCK = { hour: "2-digit", minute: "2-digit" };

export const clock = (at, zone) => format(zone, CLOCK).format(at);
export const clockSeconds = (at, zone) => format(zone, { ...CLOCK, second: "2-digit" }).format(at);
export const weekday = (at, zone) => format(zone, { weekday: "long" }).format(at);
export const month = (at, zone) => format(zone, { month: "long", year: "numeric" }).format(at);
export const monthShort = (at, zone) => format(zone, { month: "short", year: "numeric" }).format(at);
export const dayOfMonth = (at, zone) => format(zone, { day: "numeric", month: "short" }).format(at);

/** Mon 22 Nov, with the year where it is not this one. */
export function day(at, zone) {
  const year = format(zone, { year: "numeric" });
  const other = year.format(at) === year.format(Date.now()) ? {} : { year: "numeric" };
  return format(zone, { weekday: "short", day: "numeric", month: "short", ...other }).format(at);
}

export const dayClock = (at, zone) => `${day(at, zone)}, ${clock(at, zone)}`;

/** The steps of the API, with a usual length to size charts by. */
export const STEPS = [
  { value: "1m", label: "minute", millis: 60_000 },
  { value: "15m", label: "15 minutes", millis: 900_000 },
  { value: "1h", label: "hour", millis: 3_600_000 },
  { value: "1d", label: "day", millis: 86_400_000 },
  { value: "1w", label: "week", millis: 604_800_000 },
  { value: "1M", label: "month", millis: 2_592_000_000 },
];

export const RANGES = [
  { value: "1h", label: "last hour", millis: 3_600_000, step: "1m" },
  { value: "24h", label: "last 24 hours", millis: 86_400_000, step: "15m" },
  { value: "7d", label: "last 7 days", millis: 604_800_000, step: "1h" },
  { value: "30d", label: "last 30 days", millis: 2_592_000_000, step: "1d" },
];

const MOST_BUCKETS = 1_500;

/** The steps that make sense over a range: at least two buckets, at most what a screen can tell apart. */
export function stepsFor(millis) {
  return STEPS.filter((step) => millis / step.millis >= 1 && millis / step.millis <= MOST_BUCKETS);
}

/** The step that draws a range with some 24 to 170 buckets. */
export function usualStep(millis) {
  return (STEPS.find((step) => millis / step.millis <= 170) ?? STEPS.at(-1)).value;
}

/** The name of the bucket that begins at `at`. */
export function bucketName(at, step, zone) {
  switch (step) {
    case "1M": return month(at, zone);
    case "1w": return `week of ${day(at, zone)}`;
    case "1d": return day(at, zone);
    default: return dayClock(at, zone);
  }
}

/** `2026-11-22T10:00`, the wall clock of the zone, as a datetime-local field wants it. */
export function wall(at, zone) {
  const parts = format(zone, { year: "numeric", month: "2-digit", day: "2-digit", ...CLOCK }).formatToParts(at);
  const of = (type) => parts.find((part) => part.type === type).value;
  return `${of("year").padStart(4, "0")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}

/**
 * The instant of a wall clock in the zone. Where clocks go back it is the first of the two; where
 * they go forward, the hour that does not exist counts on from the one before.
 */
export function instantOf(text, zone) {
  const asUtc = Date.parse(`${text}Z`);
  const offset = (at) => Date.parse(`${wall(at, zone)}Z`) - at;
  const [before, after] = [-86_400_000, 86_400_000].map((day) => asUtc - offset(asUtc + day));
  return wall(before, zone) !== text && wall(after, zone) === text ? after : before;
}

export const readersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";

export function knownZone(zone) {
  try {
    format(zone, CLOCK);
    return true;
  } catch {
    return false;
  }
}
