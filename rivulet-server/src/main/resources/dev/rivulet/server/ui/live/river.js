import uPlot from "uplot";
import { LitElement, css, html } from "lit";
import { rate } from "../lib/format.js";
import { calm } from "../lib/motion.js";
import { clockSeconds } from "../lib/time.js";
import { axisFont, fade, onTheme, palette, place, plotStyles, rem } from "../kit/plot.js";
import { shared } from "../kit/styles.js";

const SPAN_SECONDS = 1_790;
const FLOW_MILLIS = 700;
const RIPPLE_MILLIS = 1_200;
const MOVING_FRAME_MILLIS = 40;
const QUIET_FRAME_MILLIS = 250;

/**
 * The last 30 minutes, flowing. Its right edge is now: the finished 10-second buckets as events per
 * second, then the rate of this moment as a drop. `pulse` as in the overview, `now` the server's
 * clock (epoch millis) at the moment the overview came in.
 */
export class RvRiver extends LitElement {
  static properties = {
    pulse: { attribute: false },
    perSecond: { attribute: false },
    now: { attribute: false },
    zone: {},
    still: { type: Boolean },
    tip: { state: true },
  };

  static styles = [
    shared,
    plotStyles,
    css`
      :host { display: block; position: relative; }
      .frame { position: absolute; inset: 0; }
      .u-hz .u-cursor-x { border-color: var(--water); }
    `,
  ];

  constructor() {
    super();
    this.zone = "UTC";
    this.tip = null;
    this.times = [];
    this.rates = [];
    this.tide = { from: 0, to: 0, begun: 0 };
    this.ceiling = 1;
    this.drawnAt = 0;
    this.ripple = -Infinity;
  }

  connectedCallback() {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => this.rebuild());
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this);
    this.loop = (at) => {
      this.frame = requestAnimationFrame(this.loop);
      this.flow(at);
    };
    this.frame = requestAnimationFrame(this.loop);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forgetTheme();
    this.sizes.disconnect();
    cancelAnimationFrame(this.frame);
    this.plot?.destroy();
    this.plot = null;
  }

  render() {
    return html`
      <div class="frame" role="img" aria-label=${this.summary()}></div>
      ${this.tip === null ? "" : html`<div class="tip"><table><caption>${this.tip.title}</caption>
        <tr><th scope="row">${this.tip.value === null ? "no data" : "events per second"}</th>
        <td>${this.tip.value === null ? "" : rate(this.tip.value)}</td></tr></table></div>`}
    `;
  }

  summary() {
    const seen = this.rates.filter((value) => value !== null);
    if (seen.length === 0) return "Events per second over the last 30 minutes: no data";
    return `Events per second over the last 30 minutes: now ${rate(this.perSecond)}, highest ${rate(Math.max(...seen))}`;
  }

  willUpdate(changed) {
    if (changed.has("pulse") && this.pulse) this.take(this.pulse);
    if (changed.has("now")) this.clockShift = this.now - Date.now();
    if (changed.has("perSecond")) {
      const at = performance.now();
      this.tide = { from: this.level(at), to: this.perSecond ?? 0, begun: at };
      if (at - this.ripple > RIPPLE_MILLIS) this.ripple = at;
    }
  }

  updated(changed) {
    if (!this.plot && this.pulse) this.rebuild();
    if (changed.has("tip") && this.tip !== null) {
      const { left } = this.plot.cursor;
      const over = this.plot.over;
      place(this.renderRoot.querySelector(".tip"), over.offsetLeft + left, over.offsetTop + over.clientHeight / 2,
        this.offsetWidth, this.offsetHeight);
    }
  }

  /** Keeps the finished buckets, each at its middle, as a rate. */
  take({ from, stepSeconds, counts }) {
    const first = Date.parse(from) / 1000;
    const now = this.now / 1000;
    this.times = [];
    this.rates = [];
    counts.forEach((value, i) => {
      if (first + (i + 1) * stepSeconds > now) return;
      this.times.push(first + (i + 0.5) * stepSeconds);
      this.rates.push(value === null ? null : value / stepSeconds);
    });
  }

  level(at) {
    const part = calm.matches ? 1 : Math.min(1, (at - this.tide.begun) / FLOW_MILLIS);
    return this.tide.from + (this.tide.to - this.tide.from) * (1 - (1 - part) ** 3);
  }

  serverNow() {
    return (Date.now() + (this.clockShift ?? 0)) / 1000;
  }

  columns(at) {
    return [[...this.times, this.serverNow()], [...this.rates, this.perSecond === null ? null : this.level(at)]];
  }

  /** Redraws at full rate while something moves, otherwise four times a second (a pixel at a time). */
  flow(at) {
    if (!this.plot || document.hidden || this.still) return;
    const target = Math.max(1, ...this.rates.filter((value) => value !== null), this.level(at)) * 1.12;
    this.ceiling += (target - this.ceiling) * (calm.matches ? 1 : 0.08);
    const moving = at - this.tide.begun < FLOW_MILLIS + 500 || Math.abs(target - this.ceiling) > target * 0.002;
    const pause = calm.matches ? 1_000 : moving ? MOVING_FRAME_MILLIS : QUIET_FRAME_MILLIS;
    if (at - this.drawnAt < pause) return;
    this.drawnAt = at;
    this.plot.batch(() => {
      this.plot.setData(this.columns(at), false);
      this.plot.setScale("x", this.window());
      this.plot.setScale("y", { min: 0, max: this.ceiling });
    });
  }

  window() {
    const now = this.serverNow();
    return { min: now - SPAN_SECONDS, max: now };
  }

  resize() {
    const { width, height } = this.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    if (this.plot) this.plot.setSize({ width, height });
    else if (this.pulse) this.rebuild();
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = null;
    const { width, height } = this.getBoundingClientRect();
    if (width === 0 || !this.pulse) return;
    const colors = palette(this.renderRoot);
    this.ceiling = Math.max(1, ...this.rates.filter((value) => value !== null)) * 1.12;
    this.plot = new uPlot(this.options(width, height, colors.color), this.columns(performance.now()),
      this.renderRoot.querySelector(".frame"));
    colors.done();
    this.drawnAt = 0;
  }

  options(width, height, color) {
    const water = color("--water");
    const muted = color("--muted");
    const line = color("--line");
    const gutter = Number.parseFloat(getComputedStyle(this).paddingLeft) || rem();
    return {
      width, height,
      padding: [rem() * 1.2, gutter, 0, 0],
      legend: { show: false },
      scales: { x: { time: true, auto: false, ...this.window() }, y: { auto: false, min: 0, max: this.ceiling } },
      axes: [
        { stroke: muted, font: axisFont(this), grid: { show: false }, ticks: { show: false },
          size: rem() * 1.9, gap: rem() * 0.35, splits: (_, __, min, max) => minutes(min, max, width),
          values: (_, splits) => splits.map((s) => clockSeconds(s * 1000, this.zone).slice(0, 5)) },
        { show: false },
      ],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: rem() * 0.5 } },
      series: [{}, {
        stroke: (plot) => this.across(plot, water, 0.25, 1),
        width: rem() * 0.125,
        fill: (plot) => this.depth(plot, water),
        paths: uPlot.paths.spline(),
        points: { show: false },
      }],
      hooks: {
        draw: [(plot) => this.drop(plot, water)],
        setCursor: [(plot) => this.point(plot.cursor.idx)],
        drawClear: [(plot) => this.lines(plot, line, muted)],
      },
    };
  }

  across(plot, color, begin, end) {
    const paint = plot.ctx.createLinearGradient(plot.bbox.left, 0, plot.bbox.left + plot.bbox.width, 0);
    paint.addColorStop(0, fade(color, begin));
    paint.addColorStop(0.5, fade(color, end));
    return paint;
  }

  depth(plot, color) {
    const { top, height } = plot.bbox;
    const paint = plot.ctx.createLinearGradient(0, top, 0, top + height);
    paint.addColorStop(0, fade(color, 0.42));
    paint.addColorStop(0.65, fade(color, 0.12));
    paint.addColorStop(1, fade(color, 0.02));
    return paint;
  }

  /** Two quiet levels, named at their left end, instead of an axis. */
  lines(plot, line, text) {
    const { ctx, bbox } = plot;
    const nice = niceLevel(this.ceiling / 2.1);
    ctx.save();
    ctx.font = axisFont(this).replace(/^[\d.]+/, (px) => px * devicePixelRatio);
    ctx.textBaseline = "bottom";
    ctx.textAlign = "left";
    for (const level of [nice, nice * 2]) {
      const y = Math.round(plot.valToPos(level, "y", true)) + 0.5;
      if (y < bbox.top) continue;
      ctx.strokeStyle = line;
      ctx.lineWidth = 1;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      ctx.fillStyle = text;
      ctx.fillText(`${rateLabel(level)}/s`, bbox.left + Number.parseFloat(getComputedStyle(this).paddingLeft) * devicePixelRatio, y - 4);
    }
    ctx.restore();
  }

  /** The drop at the head of the river, with a ripple when its level changes. */
  drop(plot, color) {
    if (this.perSecond === null || this.perSecond === undefined) return;
    const { ctx } = plot;
    const at = performance.now();
    const x = plot.valToPos(this.serverNow(), "x", true);
    const y = plot.valToPos(this.level(at), "y", true);
    const size = rem() * 0.32 * devicePixelRatio;
    ctx.save();
    const age = (at - this.ripple) / RIPPLE_MILLIS;
    if (age < 1 && !calm.matches) {
      ctx.strokeStyle = fade(color, (1 - age) * 0.7);
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.beginPath();
      ctx.arc(x, y, size * (1 + age * 2.6), 0, Math.PI * 2);
      ctx.stroke();
    }
    ctx.fillStyle = color;
    ctx.beginPath();
    ctx.arc(x, y, size, 0, Math.PI * 2);
    ctx.fill();
    ctx.restore();
  }

  point(index) {
    const at = index === null || index === undefined ? undefined : this.plot?.data[0][index];
    if (at === undefined) {
      if (this.tip !== null) this.tip = null;
      return;
    }
    const isNow = index === this.plot.data[0].length - 1;
    const half = (this.pulse.stepSeconds / 2) * 1000;
    const title = isNow ? "now" : `${clockSeconds(at * 1000 - half, this.zone)} to ${clockSeconds(at * 1000 + half, this.zone)}`;
    this.tip = { title, value: this.plot.data[1][index] };
  }
}

/** Full five minutes within the window, away from its ends; ten where it is narrow. */
function minutes(min, max, width) {
  const step = width < rem() * 36 ? 600 : 300;
  const margin = (max - min) * 0.02;
  const found = [];
  for (let at = Math.ceil(min / step) * step; at < max - margin; at += step) if (at > min + margin) found.push(at);
  return found;
}

function niceLevel(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 0.1)));
  return ([5, 2, 1].find((n) => n * power <= value) ?? 1) * power;
}

const rateLabel = (level) => (level >= 1 ? rate(level).replace(/\.0$/, "") : String(Math.round(level * 10) / 10));

customElements.define("rv-river", RvRiver);
