import { answerOf } from "./asking.js";
import { before, lengthOf, parsed, pinned, rangeOf, rangeParams, stepFor } from "./query.js";
import { readingOf, routeOf, seriesOf } from "./readings.js";

/** The percentiles of a band chart, lowest first. */
export const BANDS = ["p50", "p90", "p99"];

/** What went before moves slowly: it is asked for once a minute. */
const BEFORE_MILLIS = 60_000;

/** What a tile asks: its query with range and step; the address of its "API call". */
export function callOf(tile, boardRange, now) {
  const query = parsed(tile.query);
  if (query === null) return null;
  const { path, params } = query;
  const route = routeOf(path);
  const range = rangeOf(query, boardRange);
  const { last, from, to, ...own } = params;
  // Hours hold no week to come back in: then the call chooses.
  const ownRange = Boolean(route.periods) && !pinned(query) && lengthOf(range, now) < PERIODS_MILLIS;
  const times = route.noRange || ownRange ? {} : rangeParams(range);
  const steps = route.noStep || (tile.kind === "table" && route.rows) || (tile.kind === "bars" && route.bars) ? {}
    : { step: stepFor(query, range, now) };
  if (tile.kind === "percentiles" && route.metric && !route.noStep) own.stat = BANDS.at(-1);
  // The total is wanted: lists of endpoints with a series each would be carried for nothing.
  const least = route.leastLimit && !["table", "bars"].includes(tile.kind) && own.limit === undefined ? { limit: 1 } : {};
  return { path, params: { ...own, ...least, ...times, ...steps }, route, range, ownRange, step: steps.step ?? null,
    reading: readingOf(path, tile.options, params), moving: Boolean(range.last) || range.to === undefined || range.to > now };
}

/** The shortest range of the board that calls with cohorts and periods follow. */
const PERIODS_MILLIS = 28 * 86_400_000;

/** Everything a tile shows: `{call, answer, before?, bands?}`. `kept` is what it showed until now. */
export async function load(tile, boardRange, now, kept) {
  const call = callOf(tile, boardRange, now);
  if (call === null) throw new Error(`'${tile.query}' is no call of this API.`);
  const { path, params } = call;
  if (tile.kind === "percentiles" && call.route.metric) {
    const bands = await Promise.all(BANDS.map((stat) => answerOf(path, { ...params, stat })));
    return { call, answer: bands.at(-1), bands };
  }
  const earlier = loadBefore(tile, call, now, kept);
  const answer = await answerOf(path, params);
  return { call, answer, ...(await earlier) };
}

/** The same question about the stretch before, for a number's trend. */
async function loadBefore(tile, call, now, kept) {
  const compares = tile.kind === "number" && tile.options?.compare !== false && !call.route.noRange && !call.route.noStep;
  const stretch = compares ? before(call.range, now) : null;
  if (stretch === null) return {};
  const sort = JSON.stringify([tile.query, call.range]);
  if (kept?.before && kept.sort === sort && now - kept.beforeAt < BEFORE_MILLIS) return { before: kept.before, beforeAt: kept.beforeAt, sort };
  const { last, from, to, ...own } = call.params;
  try {
    return { before: await answerOf(call.path, { ...own, ...rangeParams(stretch) }), beforeAt: now, sort };
  } catch {
    return {}; // The number stands without its trend.
  }
}

/** The points over time of an answer, null where it has none. */
export const pointsOf = ({ call, answer }) => seriesOf(call.path, answer);
