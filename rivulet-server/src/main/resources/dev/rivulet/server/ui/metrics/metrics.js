import { NONE, bytes, count, rate } from "../lib/format.js";
import { milliseconds } from "../kit/percentile-bands.js";
import { addressBelow, nameBelow, segment } from "../lib/naming.js";

const PAGE = "/metrics/explore/";

/** The metric's page, or null where no address can hold its name. */
export const metricAddress = (name) => addressBelow(PAGE, name);

/** The metric's API path. */
export const metricPath = (name, below = "") => `/api/v1/metrics/${segment(name)}${below}`;

/** The metric whose page this address is; null when it is none's, or not readable. */
export const addressed = () => nameBelow(PAGE);

/** The stats of the API in the words of the page. */
export const STATS = [
  { value: "mean", label: "mean" },
  { value: "sum", label: "sum" },
  { value: "rate", label: "rate per second" },
  { value: "last", label: "last value" },
  { value: "count", label: "number of samples" },
  { value: "min", label: "minimum" },
  { value: "max", label: "maximum" },
  { value: "p50", label: "median (p50)" },
  { value: "p90", label: "p90" },
  { value: "p95", label: "p95" },
  { value: "p99", label: "p99" },
  { value: "p999", label: "p99.9" },
];

/** Not a stat of the API but three of them in one chart. */
export const BANDS = "percentiles";
export const BAND_STATS = ["p50", "p90", "p99"];

/** Stats of parts that add up to the stat of the whole. */
const ADDITIVE = new Set(["count", "sum", "rate"]);
export const addsUp = (stat) => ADDITIVE.has(stat);

/** What is asked of a metric when the address says nothing: the first stat is drawn. */
const USUAL = {
  gauge: { stat: "last", by: "node", figures: ["min", "mean", "max"] },
  counter: { stat: "sum", by: null, figures: ["sum", "rate", "count"] },
  histogram: { stat: BANDS, by: null, figures: ["p50", "p99", "max", "count"] },
  none: { stat: "mean", by: null, figures: ["mean", "min", "max", "count"] },
};

export const usualOf = (kind) => USUAL[kind] ?? USUAL.none;

const UNITS = [
  { ends: /(^response_time|[._](ms|millis|milliseconds))$/i, format: milliseconds, word: "ms" },
  { ends: /[._](s|secs?|seconds)$/i, format: (value) => (value === null ? NONE : milliseconds(value * 1_000)), word: "s" },
  { ends: /[._](bytes|octets)$/i, format: bytes, word: "bytes" },
];

const fine = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const large = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const huge = new Intl.NumberFormat("en", { notation: "scientific", maximumFractionDigits: 2 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** 0.00342, 12.34, 1,234,567.8, 1.2E21. */
export function plain(value) {
  if (value === null || value === undefined) return NONE;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return huge.format(value);
  return size < 1 ? fine.format(value) : large.format(value);
}

/** Percentiles are within 1 %: more digits would say more than is known. */
const rounded = (value) => (Math.abs(value) >= 1e15 ? plain(value) : fine.format(value));

function tight(value) {
  const size = Math.abs(value);
  return size !== 0 && (size >= 1e15 || size < 1e-6) ? huge.format(value) : size < 1 ? fine.format(value) : short.format(value);
}

const unitOf = (metric) => UNITS.find(({ ends }) => ends.test(metric));

/** How values of a stat are written, `format` in full and `axis` in short. The unit is read off the metric's name. */
export function writing(metric, stat) {
  const unit = unitOf(metric);
  if (stat === "count") return { format: count, axis: tight };
  const own = unit?.format ?? (/^p\d/.test(stat) ? rounded : plain);
  if (stat === "rate") {
    return { format: (value) => (value === null ? NONE : `${unit ? own(value) : value < 100 && value >= 1 ? rate(value) : plain(value)}/s`), axis: unit?.format ?? tight };
  }
  return { format: (value) => (value === null || value === undefined ? NONE : signed(own, value)), axis: unit ? (value) => signed(own, value) : tight };
}

/** Units are written for what is not below zero. */
const signed = (format, value) => (value < 0 ? `−${format(-value)}` : format(value));

/** The unit as a fact below a chart. */
export function unitFact(metric, stat) {
  if (stat === "count") return "samples";
  const unit = unitOf(metric)?.word ?? "as measured";
  return stat === "rate" ? `${unit} per second` : unit;
}

/** A group of the API as a name. */
export const groupName = (group) => (group === null ? "(none)" : group === "$other" ? "other values" : group);
