import { partialIndex } from "../kit/chart-data.js";
import { count, foreign, percent } from "../lib/format.js";
import { STEPS, bucketName } from "../lib/time.js";
import { groupsOf } from "./groups.js";

/*
 * What the chart and the table show of the answers: `{counts, uniques, asked}`, where `asked` is the
 * question they answer (the address may already ask another).
 */

const stepOf = (value) => STEPS.find((step) => step.value === value);

/** The answer that is drawn; uniques are kept by hour, so their step may be wider than the asked one. */
export function drawnAnswer({ counts, uniques, asked }, measure) {
  const answer = measure === "people" ? { ...counts, ...uniques } : counts;
  return { ...answer, step: stepOf(answer.step) ?? stepOf(asked.step) };
}

/** Series, buckets and names for the chart. */
export function chartOf(answers, { measure, style }) {
  const { counts, asked } = answers;
  const { series: buckets, step } = drawnAnswer(answers, measure);
  const split = measure === "events" && counts.groups !== undefined;
  const series = split ? groupsOf(counts).series.filter(({ values }) => values !== null)
    : [{ label: measure, token: "--water", values: buckets.map((row) => (measure === "people" ? row.uniques : row.count)) }];
  return {
    times: buckets.map(({ time }) => Date.parse(time) / 1000),
    series: series.map((one) => ({ ...one, style })),
    stacked: split && style !== "line",
    partial: partialIndex(buckets),
    stepSeconds: step.millis / 1000,
    name: (index) => bucketName(Date.parse(buckets[index].time), step.value, asked.zone),
    label: `${foreign(asked.event)}, ${measure} by ${step.label}`,
  };
}

/** Columns, rows and the usual order for the table: of the breakdown if there is one, else of time. */
export function tableOf(answers) {
  return answers.counts.groups === undefined ? timeTable(answers) : groupTable(answers);
}

function groupTable({ counts, asked }) {
  return {
    label: `Events by ${foreign(asked.by)}`,
    usual: "-events",
    rows: groupsOf(counts).rows,
    columns: [
      { id: "value", label: foreign(asked.by), text: (row) => foreign(row.label) },
      { id: "events", label: "events", numeric: true, text: (row) => count(row.total), key: (row) => row.total },
      { id: "share", label: "share", numeric: true, minor: true, text: (row) => percent(row.total / counts.total), key: (row) => row.total },
    ],
  };
}

function timeTable({ counts, uniques, asked }) {
  const people = new Map(uniques.series.map((row) => [row.time, row.uniques]));
  const sameSteps = uniques.step === undefined || uniques.step === counts.step;
  const columns = [
    { id: "time", label: stepOf(asked.step).label, key: (row) => row.time,
      text: (row) => bucketName(Date.parse(row.time), asked.step, asked.zone) + (row.partial ? ", so far" : "") },
    { id: "events", label: "events", numeric: true, text: (row) => count(row.count), key: (row) => row.count },
  ];
  if (sameSteps) {
    columns.push({ id: "people", label: "people", numeric: true, minor: true,
      text: (row) => count(people.get(row.time)), key: (row) => people.get(row.time) ?? null });
  }
  return { label: "Events over time", usual: "-time", rows: counts.series, columns };
}
