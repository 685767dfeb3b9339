import { known, rangeOf, timesOf } from "../lib/question.js";
import { params, setParams } from "../lib/router.js";

export const VIEWS = [
  { value: "cohorts", label: "Retention" },
  { value: "stickiness", label: "Stickiness" },
  { value: "lifecycle", label: "Lifecycle" },
];

const last = (value, label) => ({ value, label, millis: Number.parseInt(value, 10) * 86_400_000 });

/** The periods with their usual ranges; the third is the one to begin with. */
export const PERIODS = [
  { value: "day", days: 1, mark: 7, ranges: [last("7d", "last 7 days"), last("14d", "last 14 days"), last("30d", "last 30 days")] },
  { value: "week", days: 7, mark: 4, ranges: [last("28d", "last 4 weeks"), last("56d", "last 8 weeks"), last("84d", "last 12 weeks"), last("182d", "last 26 weeks")] },
  { value: "month", days: 30, mark: 3, ranges: [last("91d", "last 3 months"), last("183d", "last 6 months"), last("365d", "last 12 months"), last("730d", "last 2 years")] },
];

export const TYPES = [{ value: "first", label: "for the first time" }, { value: "recurring", label: "at any time" }];
export const MODES = [{ value: "on", label: "in" }, { value: "onOrAfter", label: "in or after" }];

/** Days make no stickiness by themselves. */
export const periodsOf = (view) => (view === "stickiness" ? PERIODS.slice(1) : PERIODS);

/** What the address asks. */
export function question(now) {
  const given = params();
  const view = known(VIEWS, given.get("view")).value;
  const period = known(periodsOf(view), given.get("period"), PERIODS[1]);
  const { range, moving } = rangeOf(given, now, { ranges: period.ranges, usual: period.ranges[2].value });
  return {
    view,
    period,
    range,
    event: given.get("event"),
    first: given.get("first"),
    back: given.get("return"),
    type: known(TYPES, given.get("type")).value,
    mode: known(MODES, given.get("mode")).value,
    by: given.get("first") === null ? null : given.get("by"),
    group: given.get("group"),
    interval: given.get("interval"),
    firstWhere: whereIn(given, "firstWhere"),
    returnWhere: whereIn(given, "returnWhere"),
    where: whereIn(given, "where"),
    moving,
  };
}

/** Conditions in the API's form; null when there are none, or none that can be read. */
function whereIn(given, parameter) {
  try {
    const where = JSON.parse(given.get(parameter) ?? "null");
    return where !== null && typeof where === "object" && !Array.isArray(where) && Object.keys(where).length > 0 ? where : null;
  } catch {
    return null;
  }
}

const text = (where) => (where === null ? null : JSON.stringify(where));

/** Puts conditions into the address. */
export const setWhere = (parameter, where) => setParams({ [parameter]: text(where) });

/** The API call that answers the question. */
export function callOf({ view, period, range, event, first, back, type, mode, by, where, firstWhere, returnWhere }) {
  const shared = { period: period.value, ...timesOf(range) };
  if (view !== "cohorts") return { path: `/api/v1/retention/${view}`, params: { event, ...shared, where: text(where) } };
  return { path: "/api/v1/retention", params: { first, return: back, type, mode, ...shared, by,
    firstWhere: text(firstWhere), returnWhere: text(returnWhere) } };
}

/** Another period has other ranges. */
export const setPeriod = (period) => setParams({ period, last: null, from: null, to: null, interval: null });
