import { LitElement, css, html, nothing } from "lit";
import { percent, rate } from "../lib/format.js";
import { partialIndex } from "../kit/chart-data.js";
import { milliseconds } from "../kit/percentile-bands.js";
import { shared } from "../kit/styles.js";
import { style } from "../kit/style.js";
import "../kit/number.js";
import "../kit/sparkline.js";

/** Smaller shifts are noise: of a figure relative to it, of a share or score as it is. */
const SAME = 0.005;

const score = (value) => (value === null || value === undefined ? "–" : value.toFixed(2));

/** `worse` is the direction in which a change is bad news. */
const FIGURES = [
  { id: "throughput", label: "requests a second", format: (value) => (value < 1 && value > 0 ? value.toPrecision(2) : rate(value)), worse: null, ink: "--muted", of: (row) => (row.requests === 0 ? 0 : row.throughput) },
  { id: "p50", label: "p50", title: "Half of the requests were quicker", format: milliseconds, worse: "up" },
  { id: "p95", label: "p95", title: "One request of 20 was slower", format: milliseconds, worse: "up" },
  { id: "p99", label: "p99", title: "One request of 100 was slower", format: milliseconds, worse: "up" },
  { id: "apdex", label: "Apdex", format: score, worse: "down", same: 0.005 },
  { id: "errorRate", label: "server errors", format: percent, worse: "up", same: 0.0005, ink: "--alarm" },
];

/** What all requests of the question come to, each figure with its way over the range. */
export class RvPerformanceFigures extends LitElement {
  static properties = { total: { attribute: false }, apdexMillis: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { display: block; }
      dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: var(--space-5) clamp(1rem, 2.4vw, 3rem); }
      div { display: grid; align-content: start; min-width: 0; }
      rv-number { display: block; font-size: var(--size-2xl); font-weight: 500; line-height: 1.1; letter-spacing: -0.025em; }
      dt { order: 1; color: var(--muted); margin-top: var(--space-1); }
      .change { order: 2; min-height: 1.3em; font-size: var(--size-s); color: var(--muted); white-space: nowrap; }
      .change b { font-weight: 600; }
      .worse { color: var(--alarm); }
      .better { color: var(--water); }
      .way { order: 3; margin-top: var(--space-2); }
      rv-sparkline { height: 1.75rem; }
      @media (max-width: 30rem) { dl { grid-template-columns: 1fr 1fr; } }
    `,
  ];

  render() {
    return html`<dl>${FIGURES.map((figure) => this.figure(figure))}</dl>`;
  }

  figure({ id, label, title, format, worse, same, ink, of }) {
    const { total } = this;
    const rows = total.series ?? [];
    const series = rows.map(of ?? ((row) => row[id]));
    const hint = id === "apdex" ? `Up to ${milliseconds(this.apdexMillis)} counts in full, up to ${milliseconds(4 * this.apdexMillis)} by half${total.apdexError > 0 ? `; off by ${total.apdexError.toFixed(4)} at most` : ""}` : title;
    return html`<div id=${id} title=${hint ?? nothing}><dt>${label}</dt><dd><rv-number .value=${total[id]} .format=${format}></rv-number></dd>
      ${total.previous === undefined ? nothing : change(total[id], total.previous[id], { worse, same, format })}
      <dd class="way"><rv-sparkline .values=${series} .partial=${partialIndex(rows)} ${style({ "--ink": `var(${ink ?? "--water"})` })}></rv-sparkline></dd></div>`;
  }
}

/** A figure beside that of the time before, in words for those who do not see colours. */
function change(now, before, { worse, same, format }) {
  if (now === null || now === undefined) return html`<dd class="change"></dd>`;
  if (before === null || before === undefined) return html`<dd class="change">nothing before</dd>`;
  const absolute = same !== undefined;
  const distance = absolute ? now - before : before === 0 ? (now === 0 ? 0 : Infinity) : now / before - 1;
  const way = Math.abs(distance) < (same ?? SAME) ? "same" : distance > 0 ? "up" : "down";
  const kind = way === "same" || worse === null ? "" : way === worse ? "worse" : "better";
  const amount = absolute || !Number.isFinite(distance) ? "" : percent(Math.abs(distance));
  return html`<dd class="change" title="The time before: ${format(before)}"><b class=${kind}><span aria-hidden="true">${{ up: "↑", down: "↓", same: "=" }[way]}</span>
    <span class="out-of-sight">${way}${kind === "" ? "" : `, ${kind}`}</span>${amount}</b> from ${format(before)}</dd>`;
}

customElements.define("rv-performance-figures", RvPerformanceFigures);
