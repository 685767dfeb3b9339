import { percent } from "../lib/format.js";
import { nameOf } from "../events/groups.js";
import { inFull, periodName } from "./names.js";

/*
 * What the heat map and the curve show of an answer. Shares are of the cohort's size; the means come
 * from the API, which leaves the unfinished periods out.
 */
const COLOURED = 8;

/** Without the cohorts before the first that has somebody: before the project's first event, say. */
export function sinceFirst(answer) {
  const first = Math.max(0, answer.cohorts.findIndex(({ size }) => size > 0));
  const cohorts = answer.cohorts.slice(first);
  const groups = answer.groups?.map((group) => ({ ...group, cohorts: group.cohorts.slice(first) }));
  return { ...answer, cohorts, groups, mean: answer.mean.slice(0, cohorts.length - 1) };
}

export const periodsShown = ({ cohorts, mean }) => Math.max(mean.length, ...cohorts.map(({ returned }) => returned.length));

/** One row for each cohort, the oldest first, under the weighted mean. */
export function cohortRows({ cohorts, mean }, { period, zone }) {
  const columns = periodsShown({ cohorts, mean });
  return [
    { key: null, label: "weighted mean", strong: true, cells: meanCells(mean, columns) },
    ...cohorts.map((cohort) => ({
      key: cohort.start,
      label: periodName(cohort.start, period, zone) + (cohort.partial ? ", so far" : ""),
      title: inFull(cohort.start, period, zone),
      size: cohort.size,
      partial: cohort.partial,
      cells: Array.from({ length: columns }, (_, i) => cohortCell(cohort, i)),
    })),
  ];
}

function cohortCell({ size, returned, partialPeriods = [] }, index) {
  const some = returned[index];
  if (some === undefined || some === null) return null;
  return { share: size === 0 ? null : some / size, count: some, of: size, partial: partialPeriods.includes(index + 1) };
}

function meanCells(mean, columns) {
  return Array.from({ length: columns }, (_, i) => (mean[i] === undefined || mean[i] === null ? null : { share: mean[i] }));
}

/** One row for each group with its mean, the largest first, coloured as its line. */
export function groupRows(answer) {
  const columns = Math.max(0, ...answer.groups.map(({ mean }) => mean.findLastIndex((share) => share !== null) + 1));
  return answer.groups.map(({ group, cohorts, mean }) => ({
    key: nameOf(group),
    label: group === "$other" ? "other" : nameOf(group),
    size: cohorts.reduce((sum, { size }) => sum + size, 0),
    mean,
    cells: meanCells(mean, columns),
  })).sort((a, b) => b.size - a.size)
    .map((row, i) => ({ ...row, token: i < COLOURED ? `--series-${i + 1}` : "--series-other" }));
}

/** Lines in per cent over the periods: a group's means, or the mean among its faint cohorts. */
export function curveOf(answer, { period, zone, groups }) {
  const columns = Math.max(0, answer.mean.findLastIndex((share) => share !== null) + 1);
  const line = (shares) => Array.from({ length: columns }, (_, i) => (shares[i] === undefined || shares[i] === null ? null : shares[i] * 100));
  const mean = { label: groups ? "all" : "weighted mean", token: groups ? "--text" : "--water", values: line(answer.mean), style: "line" };
  if (groups) {
    return [{ ...mean, dash: [4, 4] }, ...groups.slice(0, COLOURED).map((row) => ({ label: row.label, token: row.token, values: line(row.mean), style: "line" }))];
  }
  const cohorts = answer.cohorts.filter(({ size }) => size > 0).map((cohort) => ({
    label: periodName(cohort.start, period, zone), token: "--muted", faint: true, style: "line",
    values: line(cohort.returned.map((some, i) => (cohort.partialPeriods?.includes(i + 1) ? null : some / cohort.size))),
  }));
  // A single point is no line.
  return [mean, ...cohorts.filter(({ values }) => values.filter((value) => value !== null).length > 1).toReversed()];
}

export const inPercent = (value) => percent(value / 100);
