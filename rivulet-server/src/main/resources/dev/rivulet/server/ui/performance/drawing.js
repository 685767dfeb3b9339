import { partialIndex } from "../kit/chart-data.js";
import { bucketName } from "../lib/time.js";

const PERCENTILES = [["p50", "p50"], ["p90", "p90"], ["p99", "p99"], ["p999", "p99.9"]];

/** From what is well to what is not; other is what is no status code. */
export const CLASSES = [
  { id: "2xx", label: "2xx, success", token: "--water" },
  { id: "3xx", label: "3xx, redirect", token: "--series-5" },
  { id: "1xx", label: "1xx, informal", token: "--series-8" },
  { id: "4xx", label: "4xx, client error", token: "--series-2" },
  { id: "5xx", label: "5xx, server error", token: "--series-4" },
  { id: "other", label: "no status code", token: "--series-other" },
];

export const statusToken = (status) => {
  const known = /^[1-5]\d\d$/.test(status ?? "") ? `${status[0]}xx` : "other";
  return CLASSES.find(({ id }) => id === known).token;
};

/** What both charts of the series share. */
function frame({ total }, { step, zone }) {
  const { series } = total;
  return {
    times: series.map(({ time }) => Date.parse(time) / 1000),
    partial: partialIndex(series),
    stepSeconds: step.millis / 1000,
    zone,
    name: (index) => bucketName(Date.parse(series[index].time), step.value, zone),
  };
}

export function bandsOf(report, asked) {
  return { ...frame(report, asked), percentiles: PERCENTILES.map(([id, label]) => ({ label, values: report.total.series.map((row) => row[id]) })) };
}

/** The classes that are there at all, stacked; 0 where a bucket has requests of others only. */
export function statusesOf(report, asked) {
  const { series } = report.total;
  const there = CLASSES.filter(({ id }) => series.some(({ statusClasses }) => statusClasses?.[id] > 0));
  return {
    ...frame(report, asked),
    series: there.map(({ id, label, token }) => ({ label, token, style: "bars",
      values: series.map(({ statusClasses }) => (statusClasses === null ? null : statusClasses[id] ?? 0)) })),
  };
}
