import { STEPS, bucketName, day, dayClock } from "../lib/time.js";
import { count, exactness, foreign } from "../lib/format.js";
import { partialIndex } from "../kit/chart-data.js";
import { groupsOf, nameOf } from "../events/groups.js";
import { cohortRows, periodsShown, sinceFirst } from "../retention/cohorts.js";
import { BANDS, pointsOf } from "./loading.js";
import { rangeWords } from "./query.js";

const COLOURED = 8;
const MOST_COLUMNS = 7;

const seconds = (points) => points.map(({ time }) => Date.parse(time) / 1_000);

/** What rv-chart needs of the buckets of an answer. */
function buckets(points, { answer, call }, style = "line") {
  const zone = answer.timezone ?? "UTC";
  const step = STEPS.find(({ value }) => value === (answer.step ?? call.step));
  const times = seconds(points);
  const stepSeconds = step ? step.millis / 1_000 : times.length > 1 ? times[1] - times[0] : 60;
  const partial = partialIndex(points);
  return { times, partial, zone, stepSeconds, end: answer.to && style !== "bars" ? Date.parse(answer.to) / 1_000 : undefined,
    name: (i) => bucketName(times[i] * 1_000, step?.value ?? "1m", zone) };
}

/** Lines over time; null when the answer has no series, which the tile then says. */
export function linesOf(shown, { style = "line" } = {}) {
  const points = pointsOf(shown);
  if (!points?.length) return null;
  const { answer, call: { reading, route, path } } = shown;
  const read = reading.point ?? ((point) => point[reading.id] ?? null);
  if (route.together) {
    const series = route.stats.map(({ label, point }, i) => ({ label, token: `--series-${i + 1}`, style, values: points.map(point) }));
    return { ...buckets(points, shown, style), series, stacked: style === "bars" };
  }
  const groups = answer.groups?.some(({ series }) => series) ? groupLines(answer, points, read, path) : null;
  const series = groups ?? [{ label: reading.label, token: "--water", style: style === "line" ? "area" : style, values: points.map(read) }];
  return { ...buckets(points, shown, style), series: series.map((one) => ({ style, ...one })), stacked: groups !== null && style === "bars" };
}

function groupLines(answer, points, read, path) {
  if (path === "/api/v1/events/count") return groupsOf(answer).series.map(({ label, values, token }) => ({ label, values, token }));
  return sizes(answer).slice(0, COLOURED).map(({ label, series = [] }, i) => {
    const values = new Map(series.map((point) => [point.time, read(point)]));
    return { label, token: `--series-${i + 1}`, values: points.map(({ time }) => values.get(time) ?? null) };
  });
}

/** The groups of an answer, the largest first. */
const sizes = (answer) => (answer.groups ?? [])
  .map((group) => ({ ...group, label: nameOf(group.group !== undefined ? group.group : group.value ?? null), size: group.total ?? (typeof group.value === "number" ? group.value : null) ?? group.entered ?? 0 }))
  .sort((a, b) => b.size - a.size);

/** Bars with names, or null when only columns over time make sense. */
export function barsOf({ answer, call: { route } }) {
  const rows = route.bars?.(answer) ?? (answer.groups ? sizes(answer).map(({ label, size }) => ({ name: label, count: size })) : null);
  return rows?.map((row) => ({ ...row, name: typeof row.name === "string" ? row.name : nameOf(row.name ?? null) })) ?? null;
}

/** Bands over time; null when the answer has no percentiles. */
export function bandsOf(shown) {
  const points = pointsOf(shown);
  if (!points?.length) return null;
  // Not every call tells the 90th over time; the 95th stands in.
  const names = shown.bands || points.some(({ p90 }) => typeof p90 === "number") ? BANDS : BANDS.map((id) => (id === "p90" ? "p95" : id));
  const values = shown.bands ? shown.bands.map((band) => align(band.series, points)) : names.map((id) => points.map((point) => point[id] ?? null));
  if (values.every((one) => one.every((value) => value === null))) return null;
  return { ...buckets(points, shown), percentiles: names.map((label, i) => ({ label, values: values[i] })) };
}

function align(series, points) {
  const values = new Map(series.map(({ time, value }) => [time, value ?? null]));
  return points.map(({ time }) => values.get(time) ?? null);
}

/** Rows and columns of the list that the answer holds. */
export function tableOf({ answer, call: { route, reading } }) {
  const list = route.rows && Array.isArray(answer[route.rows]) ? answer[route.rows]
    : answer.groups ? sizes(answer).map(({ label, size }) => ({ group: label, [reading.label]: size }))
    : route.bars ? route.bars(answer).map(({ name, count: many }) => ({ value: nameOf(name ?? null), [reading.label ?? "count"]: many }))
    : answer.series ?? Object.values(answer).find((value) => Array.isArray(value) && typeof value[0] === "object") ?? null;
  if (list === null) return null;
  const plain = (value) => value === null || ["string", "number", "boolean"].includes(typeof value);
  const names = route.columns ?? [...new Set(list.slice(0, 50).flatMap((row) => Object.keys(row).filter((key) => plain(row[key]))))].slice(0, MOST_COLUMNS);
  const numeric = (id) => list.some((row) => typeof row[id] === "number");
  const zone = answer.timezone ?? "UTC";
  const columns = names.map((id) => ({ id, label: words(id), numeric: numeric(id), key: (row) => row[id], text: (row) => route.cell?.(id, row[id]) ?? cellText(id, row[id], zone) }));
  columns.sort((a, b) => a.numeric - b.numeric);
  return { columns, rows: list };
}

/** `fromPrevious` as one would write it. */
const words = (id) => id.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);

function cellText(id, value, zone) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return /rate$|^from(Start|Previous)$|share/i.test(id) ? `${(value * 100).toFixed(1)} %` : Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(4)));
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) return dayClock(Date.parse(value), zone);
  return foreign(value);
}

/** What rv-heat-map needs of retention. */
export function cohortsOf({ answer }) {
  const since = sinceFirst(answer);
  const { period } = answer;
  return { rows: cohortRows(since, { period, zone: answer.timezone }), period,
    columns: Array.from({ length: periodsShown(since) }, (_, i) => (i === 0 ? `${period} 1` : String(i + 1))) };
}

/** What sketches answer exactly; the rest of their answers is within their error. */
const EXACT_OF_SKETCHES = new Set(["requests", "throughput", "errorRate", "count", "sum", "mean", "min", "max", "last"]);

/** Unit, range, zone and exactness of what is shown, as short as it goes. */
export function factsOf({ answer, call: { reading, range, ownRange, route, step } }, kind) {
  const zone = answer.timezone ?? "";
  const stretch = ownRange && answer.from ? `${day(Date.parse(answer.from), zone || "UTC")} to ${day(Date.parse(answer.to) - 1, zone || "UTC")}` : route.noRange ? (answer.from ? "" : "now") : rangeWords(range)
    ?? `${dayClock(range.from, zone || "UTC")} to ${range.to ? dayClock(range.to, zone || "UTC") : "now"}`;
  const by = step && kind !== "number" && kind !== "bars" ? `by ${STEPS.find(({ value }) => value === (answer.step ?? step))?.label ?? step}` : "";
  const isExact = route.sketches && ["number", "line", "bars"].includes(kind) && EXACT_OF_SKETCHES.has(reading.id);
  const quality = isExact ? { exact: true } : typeof answer.total === "object" ? answer.total ?? answer : answer;
  return [["number", "heatmap", "percentiles"].includes(kind) ? "" : reading.unit, by, stretch, zone, exactness(quality)].filter(Boolean);
}
