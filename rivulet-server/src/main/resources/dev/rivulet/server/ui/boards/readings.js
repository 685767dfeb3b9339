import { bytes, compact, count, percent, rate, visit } from "../lib/format.js";
import { milliseconds } from "../kit/percentile-bands.js";

/*
 * What the answers of the API hold: for each call the numbers that a tile can show, how each is
 * written, and whether more of it is better.
 *
 * A reading: `{id, label, unit, format, axis, better, of(answer), point(point)}`; `point` reads one point of the
 * answer's `series` and is absent where there is none.
 */
const significant = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const decimals = (value) => (value === null || value === undefined ? "–" : Math.abs(value) >= 1_000 ? count(value) : significant.format(value).replace("-", "−"));
const axisPercent = (value) => `${significant.format(value * 100)} %`;

const COUNT = { format: count, axis: compact };
/** Those who went hang below the line; how many they are is no negative number. */
const SIGNED = { format: (value) => count(value === null ? null : Math.abs(value)), axis: (value) => compact(Math.abs(value)), unit: "people" };
const VALUE = { format: decimals, axis: compact };
const SHARE = { format: percent, axis: axisPercent, unit: "" };
const VISIT = { format: visit, axis: visit, unit: "" };
const MILLIS = { format: milliseconds, axis: milliseconds, unit: "", better: "lower" };

/** One field of the answer, and of each point under the same name or `pointName`. */
const field = (id, label, how, pointName = id) => ({ id, label, unit: label, ...how, of: (answer) => answer[id] ?? null,
  point: pointName === null ? undefined : (point) => point[pointName] ?? null });

const PERCENTILES = ["p50", "p90", "p95", "p99", "p999"];
const LATENCIES = [...PERCENTILES, "mean", "min", "max"];
const NUMBERS = ["count", "sum", "mean", "min", "max", "p50", "p90", "p95", "p99"];

const inTotal = (id, label, how) => ({ id, label, unit: label, ...how, of: (answer) => (answer.total ?? answer)[id] ?? null, point: (point) => point[id] ?? null });

const steps = (answer) => answer.steps ?? [];

const ROUTES = [
  { path: /^\/api\/v1\/events\/count$/, kinds: ["number", "line", "bars", "table"], stats: [field("total", "events", { ...COUNT, better: "higher" }, "count")] },
  { path: /^\/api\/v1\/events\/uniques$/, kinds: ["number", "line", "bars", "table"], stats: [field("total", "people", { ...COUNT, better: "higher" }, "uniques")] },
  { path: /^\/api\/v1\/events\/top$/, noStep: true, kinds: ["bars", "table", "number"], stats: [field("total", "events", COUNT, null)],
    bars: ({ values = [], other = 0 }) => [...values.map((one) => ({ name: one.value, count: one.count })), ...(other > 0 ? [{ name: "other", count: other, rest: true }] : [])] },
  { path: /^\/api\/v1\/events\/stats$/, sketches: true, kinds: ["number", "line", "bars", "percentiles", "table"], stats: NUMBERS.map((id) => field(id, id, id === "count" ? COUNT : VALUE)), usual: "mean" },
  { path: /^\/api\/v1\/events$/, noStep: true, noRange: true, kinds: ["bars", "table"], stats: [], rows: "events", bars: ({ events = [] }) => events.map((one) => ({ name: one.event, count: one.total })) },
  { path: /^\/api\/v1\/events\/properties$/, noStep: true, noRange: true, kinds: ["bars", "table"], stats: [], rows: "properties", bars: ({ properties = [] }) => properties.map((one) => ({ name: one.property, count: one.count })) },
  { path: /^\/api\/v1\/sessions$/, kinds: ["number", "line", "bars", "table"], stats: [
    field("sessions", "sessions", { ...COUNT, better: "higher" }),
    field("bounceRate", "bounce rate", { ...SHARE, better: "lower" }),
    field("medianSeconds", "median length", { ...VISIT, better: "higher" }),
    field("p90Seconds", "length, 90th percentile", VISIT),
    field("meanSeconds", "mean length", VISIT, null),
    field("pagesPerSession", "pages per session", { ...VALUE, better: "higher" }, null)] },
  { path: /^\/api\/v1\/online$/, noStep: true, noRange: true, kinds: ["number"], stats: [field("online", "people online", COUNT, null)] },
  { path: /^\/api\/v1\/overview$/, noStep: true, noRange: true, kinds: ["number"], stats: [
    field("eventsPerSecond", "events per second", { format: rate, axis: rate }, null),
    field("online", "people online", COUNT, null),
    { id: "today.count", label: "events today", unit: "events today", ...COUNT, of: ({ today }) => today?.count ?? null },
    { id: "today.uniques", label: "people today", unit: "people today", ...COUNT, of: ({ today }) => today?.uniques ?? null }] },
  { path: /^\/api\/v1\/metrics\/[^/]+$/, metric: true, kinds: ["number", "line", "bars", "percentiles", "table"],
    stats: [{ ...field("value", "value", VALUE), unit: "" }] },
  { path: /^\/api\/v1\/metrics\/[^/]+\/current$/, metric: true, noStep: true, noRange: true, kinds: ["number", "bars", "table"], stats: [{ ...field("value", "now", VALUE, null), unit: "now" }],
    bars: ({ byNode = [] }) => byNode.map(({ node, value }) => ({ name: node ?? "(no node)", count: value })), rows: "byNode" },
  { path: /^\/api\/v1\/metrics$/, noStep: true, noRange: true, kinds: ["table", "bars"], stats: [], rows: "metrics", bars: ({ metrics = [] }) => metrics.map((one) => ({ name: one.metric, count: one.samples })) },
  { path: /^\/api\/v1\/performance$/, sketches: true, kinds: ["number", "line", "bars", "percentiles", "table"], stats: [
    inTotal("p95", "95th percentile", MILLIS),
    ...LATENCIES.filter((id) => id !== "p95").map((id) => inTotal(id, id, MILLIS)),
    inTotal("requests", "requests", COUNT),
    inTotal("throughput", "requests per second", { format: rate, axis: rate }),
    inTotal("apdex", "Apdex", { ...VALUE, better: "higher" }),
    inTotal("errorRate", "errors", { ...SHARE, better: "lower" })],
    leastLimit: true, series: ({ total, series }) => total?.series ?? series, rows: "endpoints", columns: ["endpoint", "method", "requests", "p50", "p95", "p99", "errorRate"],
    bars: ({ endpoints = [] }) => endpoints.map(({ method, endpoint, requests }) => ({ name: `${method} ${endpoint}`, count: requests })), cell: (id, value) => (LATENCIES.includes(id) ? milliseconds(value) : null) },
  { path: /^\/api\/v1\/performance\/heatmap$/, kinds: ["heatmap"], stats: [], latency: true },
  { path: /^\/api\/v1\/funnels\/[^/]+\/report$/, kinds: ["number", "bars", "line", "table"], stats: [
    { id: "conversion", label: "conversion", ...SHARE, better: "higher", of: (answer) => steps(answer).at(-1)?.fromStart ?? null,
      point: ({ entered, converted }) => (entered > 0 ? converted / entered : null) },
    field("entered", "entered", { ...COUNT, better: "higher" }),
    { id: "finished", label: "finished", unit: "finished", ...COUNT, better: "higher", of: (answer) => steps(answer).at(-1)?.users ?? null, point: ({ converted }) => converted ?? null }],
    bars: (answer) => steps(answer).map((one) => ({ key: one.step, name: [one.event].flat().join(" or "), count: one.users })), rows: "steps", columns: ["event", "users", "fromStart", "fromPrevious", "medianSeconds", "p90Seconds"], cell: (id, value) => (/Seconds$/.test(id) ? visit(value) : null), totalOf: ({ entered }) => entered },
  { path: /^\/api\/v1\/retention$/, noStep: true, noRange: false, kinds: ["heatmap", "number", "table"], stats: [
    { id: "mean.0", label: "came back a period later", ...SHARE, unit: "weighted mean of the cohorts", better: "higher", of: ({ mean = [] }) => mean[0] ?? null }], rows: "cohorts", cohorts: true, periods: true },
  { path: /^\/api\/v1\/retention\/lifecycle$/, noStep: true, kinds: ["line", "bars", "table"], stats: [
    ["new", "new"], ["returning", "returning"], ["resurrecting", "back again"], ["dormant", "gone"]].map(([id, label]) => ({ ...field(id, label, SIGNED), of: () => null,
    point: (point) => (id === "dormant" && point[id] ? -point[id] : point[id] ?? null) })), together: true, periods: true },
  { path: /^\/api\/v1\/status$/, noStep: true, noRange: true, kinds: ["number", "table"], stats: [
    field("lagMillis", "behind", { ...MILLIS }, null), field("pending", "waiting", { ...COUNT, better: "lower" }, null),
    field("accepted", "accepted", COUNT, null), field("duplicates", "duplicates", COUNT, null)], rows: "partitions",
    withheld: "The partitions name the servers, so they are not shown to who came with a link to this board." },
  { path: /^\/api\/v1\/sets\/[^/]+$/, noStep: true, noRange: true, kinds: ["number"], stats: [field("distinct", "different values", COUNT, null)] },
];

const OTHER = { kinds: ["number", "table"], stats: [] };

/** What is known of the call at `path`. */
export const routeOf = (path) => ROUTES.find((route) => route.path.test(path)) ?? OTHER;

/** A number anywhere in the answer: `steps.2.users`. */
const dug = (id) => ({ id, label: id, unit: "", ...VALUE,
  of: (answer) => { const found = id.split(".").reduce((at, key) => at?.[key], answer); return typeof found === "number" ? found : null; },
  point: id.includes(".") ? undefined : (point) => (typeof point[id] === "number" ? point[id] : null) });

/** The number a tile shows: the one its options name, else the usual one of the call. */
export function readingOf(path, options = {}, params = {}) {
  const route = routeOf(path);
  const wanted = options.stat ?? route.usual;
  const found = route.stats.find(({ id }) => id === wanted) ?? (options.stat ? dug(options.stat) : route.stats[0]) ?? dug("value");
  const reading = route.metric ? { ...found, ...metricWords(path, path.endsWith("/current") ? "now" : params.stat ?? "mean") } : found;
  const unit = options.unit ?? reading.unit;
  return { ...reading, unit, better: options.better ?? reading.better ?? "neither" };
}

const inSeconds = (value) => milliseconds(value === null ? null : value * 1_000);

/** Metrics whose name ends in a unit are written in it; `response_time` is in milliseconds. */
function metricWords(path, stat) {
  const name = decodeURIComponent(path.split("/")[4]);
  if (["count"].includes(stat)) return { ...COUNT, unit: "samples" };
  if (/(^response_time|_ms|_millis|_milliseconds)$/.test(name) && stat !== "sum" && stat !== "rate") return { ...MILLIS, label: stat };
  if (/_bytes$/.test(name) && stat !== "rate") return { format: bytes, axis: bytes, label: stat, unit: "" };
  if (/_seconds$/.test(name) && stat !== "rate") return { format: inSeconds, axis: inSeconds, label: stat, unit: "" };
  return { label: stat, unit: { rate: "per second", now: "now" }[stat] ?? "" };
}

export const seriesOf = (path, answer) => (routeOf(path).series ?? (({ series }) => series))(answer) ?? null;
