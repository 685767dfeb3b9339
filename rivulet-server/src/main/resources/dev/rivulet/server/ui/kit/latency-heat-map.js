import { LitElement, css, html, nothing } from "lit";
import { count } from "../lib/format.js";
import { clock, day, dayClock } from "../lib/time.js";
import { milliseconds } from "./percentile-bands.js";
import { axisFont, onTheme, palette, place, plotStyles, rem } from "./plot.js";
import { shared } from "./styles.js";

const DAY_MILLIS = 86_400_000;

/**
 * How often which value came when: time to the right, value upwards, more is deeper.
 *
 * `times`: where the buckets begin (ISO or epoch millis), each `stepMillis` long; `bounds`: edges of
 * the rows, ascending, one more than rows; `counts[i][j]`: how often a value between `bounds[j]` and
 * `bounds[j + 1]` came in bucket i, null for no data. `partial` is the index of the unfinished bucket.
 * Rows above and below all values are left out. Arrow keys walk the cells; a click or Enter fires
 * `pick` with the cell's time and values, `{from, to, low, high}`.
 */
export class RvLatencyHeatMap extends LitElement {
  static properties = {
    times: { attribute: false },
    bounds: { attribute: false },
    counts: { attribute: false },
    stepMillis: { attribute: false },
    partial: { attribute: false },
    zone: {},
    unit: {},
    format: { attribute: false },
    label: {},
    at: { state: true },
    said: { state: true },
  };

  static styles = [
    shared,
    plotStyles,
    css`
      :host { display: block; position: relative; min-height: 9rem; }
      .frame { position: absolute; inset: 0; border-radius: var(--radius); }
      canvas { display: block; width: 100%; height: 100%; }
      .here { position: absolute; top: 0; left: 0; pointer-events: none; border: 2px solid var(--text); border-radius: 2px; }
      .tip p { white-space: nowrap; }
      .tip p:first-child { color: var(--muted); }
    `,
  ];

  constructor() {
    super();
    this.times = [];
    this.bounds = [];
    this.counts = [];
    this.stepMillis = 60_000;
    this.partial = -1;
    this.zone = "UTC";
    this.unit = "requests";
    this.format = milliseconds;
    this.at = null;
    this.said = "";
  }

  connectedCallback() {
    super.connectedCallback();
    this.forgetTheme = onTheme(() => this.draw());
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forgetTheme();
    this.sizes.disconnect();
  }

  /** Another range may have fewer cells than the one that was pointed at. */
  willUpdate() {
    if (this.at !== null && (this.at.column >= this.times.length || this.at.row >= this.bounds.length - 1)) this.at = null;
  }

  render() {
    return html`<div class="frame" tabindex="0" role="group" aria-roledescription="heat map" aria-label=${this.label ?? ""}
        @keydown=${this.walk} @pointermove=${this.point} @click=${this.pick} @pointerleave=${this.hide} @blur=${this.leave}><canvas></canvas></div>
      <p class="out-of-sight" role="status">${this.said}</p>${this.at === null ? nothing : this.tip()}`;
  }

  tip() {
    const [time, values, many] = this.words();
    return html`<div class="here" aria-hidden="true"></div><div class="tip" aria-hidden="true"><p>${time}</p><p>${values}</p><p><b>${many}</b></p></div>`;
  }

  /** The cell that is pointed at: its time, its values, how often they came. */
  words() {
    const { column, row } = this.at;
    const many = this.counts[column]?.[row] ?? null;
    return [dayClock(this.millis(column), this.zone) + (column === this.partial ? ", so far" : ""),
      `${this.format(this.bounds[row])} to ${this.format(this.bounds[row + 1])}`, many === null ? "no data" : `${count(many)} ${this.unit}`];
  }

  updated(changed) {
    if ([...changed.keys()].every((name) => ["at", "said"].includes(name))) this.moveTip();
    else this.draw();
  }

  millis(column) {
    const time = this.times[column];
    return typeof time === "number" ? time : Date.parse(time);
  }

  /** The rows that hold anything, with one more on either side; and the largest count. */
  measure() {
    let [first, last, most] = [Infinity, -1, 0];
    for (const cells of this.counts) {
      cells?.forEach((many, row) => {
        if (!(many > 0)) return;
        first = Math.min(first, row);
        last = Math.max(last, row);
        most = Math.max(most, many);
      });
    }
    const rows = this.bounds.length - 1;
    return last < 0 ? { first: 0, last: rows - 1, most } : { first: Math.max(0, first - 1), last: Math.min(rows - 1, last + 1), most };
  }

  draw() {
    const canvas = this.renderRoot?.querySelector("canvas");
    const { width, height } = this.getBoundingClientRect();
    if (!canvas || width === 0 || height === 0) return;
    const scale = devicePixelRatio;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const colors = palette(this.renderRoot);
    const [empty, full, line, muted] = ["--sunken", "--water", "--line", "--muted"].map(colors.color);
    colors.done();
    pen.font = axisFont(this);
    const { first, last, most } = this.measure();
    const rows = last - first + 1;
    const names = Array.from({ length: rows + 1 }, (_, i) => this.format(this.bounds[first + i]));
    const left = Math.ceil(Math.max(...names.map((name) => pen.measureText(name).width))) + rem() * 0.6;
    const bottom = rem() * 1.6;
    const area = { left, top: rem() * 0.4, width: Math.max(1, width - left), height: Math.max(1, height - bottom - rem() * 0.4) };
    this.area = { ...area, first, rows };
    pen.fillStyle = empty;
    pen.fillRect(area.left, area.top, area.width, area.height);
    this.drawCells(pen, { first, rows, most }, empty, full);
    this.drawAxes(pen, names, { line, muted, height });
    this.moveTip();
  }

  drawCells(pen, { first, rows, most }, empty, full) {
    const { area } = this;
    const [from, to] = [empty, full].map((color) => color.match(/[\d.]+/g).slice(0, 3).map(Number));
    const wide = area.width / Math.max(1, this.times.length);
    const high = area.height / rows;
    const gap = wide > 6 ? 1 : 0;
    this.counts.forEach((cells, column) => {
      for (let row = 0; row < rows; row += 1) {
        const many = cells?.[first + row] ?? 0;
        if (!(many > 0)) continue;
        // Counts differ by orders of magnitude: a single slow request must be seen beside a thousand quick ones.
        const part = 0.14 + 0.86 * (Math.log1p(many) / Math.log1p(most));
        const mixed = from.map((value, i) => Math.round(value + (to[i] - value) * part));
        pen.fillStyle = `rgba(${mixed.join(", ")}, ${column === this.partial ? 0.6 : 1})`;
        const [x, y] = [area.left + column * wide, area.top + (rows - 1 - row) * high];
        pen.fillRect(x, y, wide - gap, Math.max(1, high - (high > 5 ? 1 : 0)));
      }
    });
  }

  drawAxes(pen, names, { line, muted, height }) {
    const { area } = this;
    const high = area.height / (names.length - 1);
    const every = Math.max(1, Math.ceil((rem() * 1.7) / high));
    pen.fillStyle = muted;
    pen.strokeStyle = line;
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (let i = 0; i < names.length; i += every) {
      const y = area.top + area.height - i * high;
      pen.fillText(names[i], area.left - rem() * 0.5, Math.max(y, area.top + rem() * 0.3));
    }
    if (this.times.length === 0) return;
    const wide = area.width / this.times.length;
    const whole = this.stepMillis >= DAY_MILLIS;
    const step = Math.max(1, Math.ceil((rem() * (whole ? 5.5 : 4)) / wide));
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    for (let i = 0; i < this.times.length; i += step) {
      const at = this.millis(i);
      const time = clock(at, this.zone);
      const name = whole || time === "00:00" ? day(at, this.zone) : time;
      const half = pen.measureText(name).width / 2;
      const x = Math.min(area.left + area.width - half, Math.max(area.left + half, area.left + (i + 0.5) * wide));
      pen.fillText(name, x, height - rem() * 0.15);
    }
  }

  point(event) {
    const { area } = this;
    if (!area || this.times.length === 0) return;
    const box = this.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left - area.left) / area.width) * this.times.length);
    const row = area.first + area.rows - 1 - Math.floor(((event.clientY - box.top - area.top) / area.height) * area.rows);
    this.put(column, row, false);
  }

  /** Goes to a cell; `keep` stays at the edge where a pointer would leave. */
  put(column, row, keep) {
    const { first, rows } = this.area;
    const inside = column >= 0 && column < this.times.length && row >= first && row < first + rows;
    if (!inside && !keep) {
      this.hide();
      return;
    }
    const at = { column: Math.min(this.times.length - 1, Math.max(0, column)), row: Math.min(first + rows - 1, Math.max(first, row)) };
    if (this.at?.column !== at.column || this.at?.row !== at.row) this.at = at;
  }

  walk(event) {
    if (!this.area || this.times.length === 0) return;
    if (event.key === "Escape") this.hide();
    if (event.key === "Enter") this.pick();
    const from = this.at ?? { column: this.times.length, row: this.area.first };
    const to = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Home: [-Infinity, 0], End: [Infinity, 0] }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.put(from.column + to[0], from.row + to[1], true);
    this.said = this.words().join(", ");
  }

  pick() {
    if (this.at === null) return;
    const { column, row } = this.at;
    const from = this.millis(column);
    const to = column + 1 < this.times.length ? this.millis(column + 1) : from + this.stepMillis;
    this.dispatchEvent(new CustomEvent("pick", { detail: { from, to, low: this.bounds[row], high: this.bounds[row + 1] } }));
  }

  moveTip() {
    const tip = this.renderRoot.querySelector(".tip");
    if (tip === null || this.at === null) return;
    const { area } = this;
    const [wide, high] = [area.width / this.times.length, area.height / area.rows];
    const x = area.left + this.at.column * wide;
    const y = area.top + (area.rows - 1 - (this.at.row - area.first)) * high;
    const here = this.renderRoot.querySelector(".here");
    here.style.width = `${wide}px`;
    here.style.height = `${high}px`;
    here.style.transform = `translate(${x}px, ${y}px)`;
    place(tip, x + wide, y + high / 2, this.offsetWidth, this.offsetHeight);
  }

  hide() {
    if (this.at !== null) this.at = null;
  }

  leave() {
    this.hide();
    this.said = "";
  }
}

customElements.define("rv-latency-heat-map", RvLatencyHeatMap);
