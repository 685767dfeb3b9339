import { partialIndex } from "../kit/chart-data.js";
import { percentileToken } from "../kit/percentile-bands.js";
import { foreign } from "../lib/format.js";
import { STEPS, bucketName } from "../lib/time.js";
import { BANDS, BAND_STATS, STATS, addsUp, groupName, writing } from "./metrics.js";

/*
 * What the chart and the table show of the answers, by stat: `{asked, kind, answers: {p50, count, …}}`, where
 * `asked` is the question they answer (the address may already ask another).
 */
const COLOURED = 8;

const stepOf = (value) => STEPS.find((step) => step.value === value) ?? STEPS[0];
const labelOf = (stat) => STATS.find(({ value }) => value === stat)?.label ?? stat;
const isBands = ({ asked }) => asked.stat === BANDS;

/** The answer whose buckets are drawn. */
export const drawn = (shown) => shown.answers[isBands(shown) ? BAND_STATS.at(-1) : shown.asked.stat];

/** Series, buckets and names for the chart. */
export function chartOf(shown) {
  const { asked, kind } = shown;
  const answer = drawn(shown);
  const step = stepOf(answer.step);
  const frame = {
    times: answer.series.map(({ time }) => Date.parse(time) / 1000),
    partial: partialIndex(answer.series),
    stepSeconds: step.millis / 1000,
    name: (index) => bucketName(Date.parse(answer.series[index].time), step.value, asked.zone),
    label: `${foreign(asked.metric)}, ${isBands(shown) ? "percentiles" : labelOf(asked.stat)} by ${step.label}`,
    ...writing(asked.metric, asked.stat),
  };
  if (isBands(shown)) {
    return { ...frame, percentiles: BAND_STATS.map((stat) => ({ label: stat, values: valuesOf(shown.answers[stat]) })) };
  }
  const stacked = addsUp(asked.stat) && answer.groups !== undefined;
  const style = stacked ? "area" : kind === "counter" && answer.groups === undefined && addsUp(asked.stat) ? "bars" : answer.groups === undefined ? "area" : "line";
  return { ...frame, stacked, series: seriesOf(answer, asked.by).map((one) => ({ ...one, style })) };
}

const valuesOf = ({ series }) => series.map(({ value }) => value);

/** The groups in the order of their colours: nodes by name, so that each keeps its own, others the largest first. */
function ranked(answer, by) {
  const groups = [...(answer.groups ?? [])];
  return by === "node" ? groups.sort((a, b) => groupName(a.group).localeCompare(groupName(b.group), "en", { numeric: true }))
    : groups.sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
}

function seriesOf(answer, by) {
  if (answer.groups === undefined) return [{ label: labelOf(answer.stat), token: "--water", values: valuesOf(answer) }];
  const groups = ranked(answer, by);
  const coloured = groups.slice(0, COLOURED).map((group, i) => ({ label: groupName(group.group), token: `--series-${i + 1}`, values: valuesOf(group) }));
  const rest = [...groups.slice(COLOURED), ...(answer.other ? [answer.other] : [])];
  if (rest.length === 0 || !addsUp(answer.stat)) return coloured;
  const values = answer.series.map((_, i) => rest.reduce((sum, { series }) => (series[i].value === null ? sum : (sum ?? 0) + series[i].value), null));
  return [...coloured, { label: "others", token: "--series-other", values }];
}

/** Bands are told apart by a legend; groups by the table below. */
export const legend = BAND_STATS.map((stat, i) => ({ label: stat, token: percentileToken(i) }));

/** Columns, rows and the usual order for the table: of the breakdown if there is one, else of time. */
export function tableOf(shown) {
  return shown.asked.by === null ? timeTable(shown) : groupTable(shown);
}

function statsOf({ asked }) {
  const own = asked.stat === BANDS ? BAND_STATS : [asked.stat];
  return own.includes("count") ? own : [...own, "count"];
}

function column(metric, stat) {
  const { format } = writing(metric, stat);
  return { id: stat, label: stat === "count" ? "samples" : labelOf(stat), numeric: true, minor: stat === "count",
    text: (row) => format(row[stat]), key: (row) => row[stat] };
}

function groupTable(shown) {
  const { asked, answers } = shown;
  const stats = statsOf(shown);
  const rows = new Map();
  ranked(drawn(shown), asked.by).forEach(({ group }, i) => rows.set(group, { group, label: groupName(group), token: i < COLOURED && !isBands(shown) ? `--series-${i + 1}` : null }));
  for (const stat of stats) {
    for (const { group, value } of answers[stat].groups ?? []) if (rows.has(group)) rows.get(group)[stat] = value;
  }
  return {
    label: `By ${foreign(asked.by)}`,
    usual: `-${asked.by === "node" ? "count" : stats[0]}`,
    rows: [...rows.values()],
    columns: [{ id: "group", label: foreign(asked.by), text: (row) => foreign(row.label) }, ...stats.map((stat) => column(asked.metric, stat))],
  };
}

function timeTable(shown) {
  const { asked, answers } = shown;
  const stats = statsOf(shown);
  const { step, series } = drawn(shown);
  const all = series.map(({ time, partial }, i) => ({ time, partial, ...Object.fromEntries(stats.map((stat) => [stat, answers[stat].series[i]?.value ?? null])) }));
  const rows = all.filter((row) => stats.some((stat) => row[stat] !== null));
  return {
    label: "Values over time",
    usual: "-time",
    rows,
    silent: all.length - rows.length,
    columns: [
      { id: "time", label: stepOf(step).label, key: (row) => row.time,
        text: (row) => bucketName(Date.parse(row.time), step, asked.zone) + (row.partial ? ", so far" : "") },
      ...stats.map((stat) => column(asked.metric, stat)),
    ],
  };
}
