import { duration } from "../lib/format.js";
import { RvChart } from "./chart.js";
import { fade } from "./plot.js";

/** From the middle of the values to their tail: the tail has the colour of its own. */
const INKS = [
  { token: "--water", fill: 0.3 },
  { token: "--series-5", fill: 0.26 },
  { token: "--sand", fill: 0.22 },
  { token: "--series-4", fill: 0.18 },
];

/** The foot of a logarithmic scale: a microsecond. */
const LEAST = 0.001;

/**
 * Percentiles over time as bands: as an rv-chart, but with `percentiles`, ascending: `[{label,
 * values}]`, at most four, such as p50, p90, p99. What lies between two of them is filled. null is "no
 * data" and stays a gap. Values are milliseconds unless `format` and `axis` say otherwise. For a
 * legend, `percentileToken(i)` is the colour of the i-th. With `log` each power of ten is as high as any other.
 */
export class RvPercentileBands extends RvChart {
  static properties = { percentiles: { attribute: false }, log: { type: Boolean } };

  constructor() {
    super();
    this.percentiles = [];
    this.log = false;
    this.format = milliseconds;
    this.axis = milliseconds;
  }

  willUpdate(changed) {
    if (changed.has("log")) this.shape = null; // Another scale is another plot.
    if (!changed.has("percentiles")) return;
    // The tip names the highest first, as they stand in the chart.
    this.series = this.percentiles
      .map(({ label, values }, i) => ({ label, values, token: percentileToken(i), style: "line", thin: i > 0 }))
      .toReversed();
  }

  options(width, height, color) {
    const options = super.options(width, height, color);
    const place = (index, tail) => this.drawn.findIndex((one) => one.index === index && Boolean(one.tail) === tail) + 1;
    if (this.log) logarithmic(options);
    options.bands = [];
    for (const tail of [false, true]) {
      for (let i = 0; i + 1 < this.series.length; i += 1) {
        const pair = [place(i, tail), place(i + 1, tail)];
        const ink = inkOf(this.series.length - 1 - i); // that of the upper one
        if (!pair.includes(0)) options.bands.push({ series: pair, fill: fade(color(ink.token), tail ? ink.fill / 2 : ink.fill) });
      }
    }
    options.series.forEach((pen, i) => {
      if (i > 0 && this.drawn[i - 1].thin) pen.width *= 0.65;
    });
    return options;
  }
}

/** Ticks at 1, 2, 5, 10, … by uPlot; a value of 0 has no place on such a scale and is at its foot. */
function logarithmic({ scales, axes }) {
  scales.y = { distr: 3, range: (_, min, max) => {
    const top = Math.max(max ?? 10, LEAST * 10);
    return [10 ** Math.floor(Math.log10(Math.max(LEAST, min ?? 1))), 10 ** Math.ceil(Math.log10(top * 1.05))];
  }, clamp: LEAST };
  delete axes[1].incrs;
  axes[1].values = (_, splits) => splits.map((value) => (value === null ? "" : milliseconds(value)));
}

const inkOf = (index) => INKS[Math.min(index, INKS.length - 1)];

export const percentileToken = (index) => inkOf(index).token;

/** 840 µs, 12.3 ms, 1.2 s: finer than a stretch of time usually needs. */
export function milliseconds(value) {
  if (value === null || value === undefined || value === 0 || value >= 1_000) return value === 0 ? "0" : duration(value);
  if (value < 1) return `${Math.round(value * 1_000)} µs`;
  return value < 9.95 ? `${value.toFixed(1)} ms` : duration(value);
}

customElements.define("rv-percentile-bands", RvPercentileBands);
