import uPlot from "uplot";
import { LitElement, css, html } from "lit";
import { compact, count, foreign } from "../lib/format.js";
import { layers } from "./chart-data.js";
import { bucketOf, chartTableStyles, tableOf, told } from "./chart-table.js";
import { axisFont, fade, hatch, onTheme, palette, place, plotStyles, rem } from "./plot.js";
import { style } from "./style.js";
import { shared } from "./styles.js";

const SHOWN_IN_TIP = 9;
const PARTS = [1, 2, 5].flatMap((n) => Array.from({ length: 12 }, (_, i) => n / 10 ** (i + 1))).sort((a, b) => a - b);
const INCREMENTS = [1, 2, 5].flatMap((n) => Array.from({ length: 13 }, (_, i) => n * 10 ** i)).sort((a, b) => a - b);
const CONTINUOUS = [...PARTS, ...INCREMENTS];

/**
 * A chart over time on uPlot. `times` are epoch seconds; `series` as in chart-data.js; `name(index)`
 * titles a bucket, `tick(seconds)` (optional) a place on the axis, `format(value)` a value and `axis(value)`
 * one in short. `continuous`: values are not counts, one may be 0.003. `ordinal`: `times` are 0, 1, 2, … of
 * anything. Arrow keys walk the buckets and tell them, and `listed` is all of it as a table; dragging fires `range` with `{from, to}` in epoch seconds.
 */
export class RvChart extends LitElement {
  static properties = {
    times: { attribute: false },
    series: { attribute: false },
    stacked: { type: Boolean },
    partial: { attribute: false },
    stepSeconds: { attribute: false },
    end: { attribute: false },
    zone: {},
    name: { attribute: false },
    tick: { attribute: false },
    format: { attribute: false },
    axis: { attribute: false },
    ordinal: { type: Boolean },
    continuous: { type: Boolean },
    label: {},
    zoom: { type: Boolean },
    listed: { type: Boolean, reflect: true },
    tip: { state: true },
    said: { state: true },
  };

  static styles = [
    shared,
    plotStyles,
    chartTableStyles,
    css`
      :host { display: block; position: relative; min-height: 12rem; }
      .frame { position: absolute; inset: 0; border-radius: var(--radius); }
    `,
  ];

  constructor() {
    super();
    this.times = [];
    this.series = [];
    this.partial = -1;
    this.stepSeconds = 60;
    this.zone = "UTC";
    this.name = (index) => String(index);
    this.tick = null;
    this.format = count;
    this.axis = compact;
    this.listed = false;
    this.tip = null;
    this.said = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => this.rebuild());
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this);
    if (this.hasUpdated) this.rebuild();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forgetTheme();
    this.sizes.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  render() {
    return html`
      <div class="frame" tabindex="0" role="group" aria-roledescription="chart" aria-label=${this.label ?? ""} aria-describedby="keys"
        @keydown=${this.walk} @blur=${this.leave}></div>
      <p id="keys" hidden>Arrow keys tell the values one by one.</p><p class="out-of-sight" role="status">${this.said}</p>
      <button class="button turn" aria-pressed=${this.listed} @click=${() => (this.listed = !this.listed)}>Show as a table</button>
      ${this.listed ? tableOf(this) : ""}
      ${this.tip === null ? "" : html`<div class="tip" aria-hidden="true"><table>
        <caption>${this.tip.title}</caption>
        ${this.tip.rows.map((row) => html`<tr><td class="key"><i ${style({ background: `var(${row.token})` })}></i></td>
          <th scope="row" class="cut"><bdi>${row.label}</bdi></th><td>${row.value}</td></tr>`)}
      </table></div>`}
    `;
  }

  updated(changed) {
    if ([...changed.keys()].every((name) => ["tip", "said", "listed"].includes(name)) && changed.size > 0) {
      this.moveTip();
      return;
    }
    const shape = JSON.stringify([this.stacked, this.stepSeconds, this.zone, this.partial < 0,
      this.series.map((one) => [one.style, one.token])]);
    if (this.plot && shape === this.shape) {
      this.arrange();
      this.plot.setData(this.columns());
    } else {
      this.shape = shape;
      this.rebuild();
    }
    this.moveTip();
  }

  arrange() {
    this.drawn = layers(this.series, { stacked: this.stacked, partial: this.partial });
  }

  columns() {
    return [this.places(), ...this.drawn.map((one) => one.values)];
  }

  /** Where the buckets stand on the axis: bars over the middle of their bucket, lines and ordinals at its start. */
  places() {
    return this.hasBars && !this.ordinal ? this.times.map((at) => at + this.stepSeconds / 2) : this.times;
  }

  get hasBars() {
    return this.series.some((one) => one.style === "bars");
  }

  resize() {
    const { width, height } = this.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    if (this.plot) this.plot.setSize({ width, height });
    else if (this.hasUpdated) this.rebuild();
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = null;
    const { width, height } = this.getBoundingClientRect();
    if (width === 0 || this.times.length === 0) return;
    this.arrange();
    const colors = palette(this.renderRoot);
    this.plot = new uPlot(this.options(width, height, colors.color), this.columns(), this.renderRoot.querySelector(".frame"));
    colors.done();
  }

  options(width, height, color) {
    const bars = this.hasBars;
    const margin = this.ordinal && bars ? this.stepSeconds / 2 : 0;
    const first = () => this.times[0] - margin;
    const last = () => this.end ?? this.times.at(-1) + (margin || (bars ? this.stepSeconds : 0));
    const font = axisFont(this);
    const names = timeNames(this.zone);
    const axis = { stroke: color("--muted"), font, ticks: { show: false }, gap: Math.round(rem() * 0.4) };
    return {
      width, height,
      padding: [rem() * 0.6, bars ? 0 : rem() * 0.4, 0, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), this.zone),
      scales: {
        x: { time: !this.ordinal, range: () => [first(), Math.max(last(), first() + this.stepSeconds)] },
        y: { range: (_, min, max) => [Math.min(min ?? 0, 0) * 1.06, top(min ?? 0, max ?? 0, this.continuous) * 1.06] },
      },
      axes: [
        { ...axis, grid: { show: false }, space: rem() * 4.5, size: rem() * 1.9,
          ...(this.ordinal ? { incrs: INCREMENTS } : {}), values: timeTicks((seconds, increment) => (this.tick ?? names)(seconds, increment)) },
        { ...axis, grid: { stroke: color("--line"), width: 1 }, space: rem() * 3.4, incrs: this.continuous ? CONTINUOUS : INCREMENTS,
          size: (_, values) => rem() * (0.9 + 0.5 * Math.max(1, ...(values ?? []).map((v) => v.length))),
          values: (_, splits) => splits.map(this.axis).map((name, i, all) => (name === all[i + 1] ? "" : name)) }, // Rounded, two may read the same.
      ],
      cursor: {
        y: false,
        drag: { x: this.zoom === true, y: false, setScale: false },
        points: bars ? { show: false } : { size: rem() * 0.5 },
      },
      select: { show: this.zoom === true },
      series: [{}, ...this.drawn.map((one) => this.pen(one, color(one.token), color("--bg")))],
      hooks: {
        setCursor: [(plot) => this.point(plot.cursor.idx)],
        setSelect: [(plot) => this.selected(plot)],
      },
    };
  }

  pen(one, color, paper) {
    const width = rem() * 0.11;
    if (one.style === "bars") {
      const finished = one.soft ? fade(color, 0.3) : color;
      const unfinished = hatch(color, this.stacked ? paper : null);
      const fills = (plot) => plot.data[0].map((_, i) => (i === this.partial && !one.whole ? unfinished : finished));
      return {
        width: 0, fill: finished,
        paths: uPlot.paths.bars({ size: [one.slim ? 0.46 : 0.78, 160, 1], radius: this.stacked ? 0 : this.ordinal ? 0.05 : 0.12,
          disp: { fill: { unit: 3, values: fills } } }),
        points: { show: false },
      };
    }
    return {
      stroke: one.faint ? fade(color, 0.4) : color,
      width: one.faint ? width * 0.6 : width,
      dash: one.dash,
      fill: one.style !== "area" ? undefined : this.stacked ? solid(color, this.renderRoot) : (plot) => gradient(plot, color),
      paths: uPlot.paths.linear(),
      points: { show: (plot, s) => lonely(plot.data[s]), size: 5, fill: color },
      spanGaps: false,
    };
  }

  point(index) {
    if (index === null || index === undefined || this.times[index] === undefined) {
      this.hideTip();
      return;
    }
    const rows = this.series.map((one) => ({
      token: one.token,
      label: foreign(one.label),
      amount: one.values[index],
      value: told(one.values[index], this.format),
    }));
    const known = this.stacked || this.ordinal ? rows.filter((row) => row.amount !== null) : rows;
    const sorted = this.stacked ? known.sort((a, b) => b.amount - a.amount) : known;
    this.tip = { title: bucketOf(this, index), rows: (sorted.length === 0 ? rows.slice(0, 1) : sorted).slice(0, SHOWN_IN_TIP) };
  }

  moveTip() {
    const tip = this.renderRoot.querySelector(".tip");
    if (tip === null || !this.plot) return;
    const { left, top } = this.plot.cursor;
    const over = this.plot.over;
    place(tip, over.offsetLeft + left, over.offsetTop + Math.max(0, top), this.offsetWidth, this.offsetHeight);
  }

  hideTip() {
    if (this.tip !== null) this.tip = null;
  }

  leave() {
    this.hideTip();
    this.said = "";
  }

  walk(event) {
    if (!this.plot) return;
    const last = this.times.length - 1;
    const at = this.plot.cursor.idx ?? (event.key === "ArrowLeft" ? last + 1 : -1);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape") this.plot.setCursor({ left: -10, top: -10 });
    if (next === undefined) return;
    event.preventDefault();
    const index = Math.min(last, Math.max(0, next));
    this.plot.setCursor({ left: this.plot.valToPos(this.places()[index], "x"), top: this.plot.over.clientHeight / 3 });
    // Only what the keys ask for is told: a chart that moves would talk without end.
    this.said = `${this.tip.title}: ${this.tip.rows.map(({ label, value }) => `${label} ${value}`).join(", ")}`;
  }

  selected(plot) {
    const { left, width } = plot.select;
    if (width < 4) return;
    const detail = { from: plot.posToVal(left, "x"), to: plot.posToVal(left + width, "x") };
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.dispatchEvent(new CustomEvent("range", { detail }));
  }
}

/** Counts of less than three would fill the chart with nothing; other values may be that small. */
const top = (min, max, continuous) => Math.max(max, continuous ? (min < 0 || max > 0 ? 0 : 1) : 3);

/** A value between two gaps draws no line; then points are shown. */
function lonely(values) {
  return values.some((value, i) => value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null);
}

function gradient(plot, color) {
  const { top, height } = plot.bbox;
  const paint = plot.ctx.createLinearGradient(0, top, 0, top + height);
  paint.addColorStop(0, fade(color, 0.34));
  paint.addColorStop(1, fade(color, 0.04));
  return paint;
}

/** Stacked layers cover each other, so their colour is opaque: mixed with the page's. */
function solid(color, root) {
  const colors = palette(root);
  const paper = colors.color("--bg").match(/[\d.]+/g).map(Number);
  colors.done();
  const ink = color.match(/[\d.]+/g).map(Number);
  return `rgb(${[0, 1, 2].map((i) => Math.round(paper[i] + (ink[i] - paper[i]) * 0.55)).join(", ")})`;
}

/** Names the places of the axis, except one so far right that its name would be cut. */
const timeTicks = (name) => (plot, splits, _, __, increment) => {
  const { min, max } = plot.scales.x;
  return splits.map((seconds) => (seconds > max - (max - min) * 0.025 ? "" : name(seconds, increment)));
};

/** Clock times within a day, dates at midnight and for wider steps. */
function timeNames(zone) {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const date = new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "short" });
  return (seconds, increment) => {
    const time = clock.format(seconds * 1e3);
    return increment >= 86_400 || time === "00:00" ? date.format(seconds * 1e3) : time;
  };
}

customElements.define("rv-chart", RvChart);
