import { LitElement, css, html, nothing } from "lit";
import { count, percent } from "../lib/format.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { funnelStyles } from "./funnel-styles.js";
import { span, unitOf } from "./funnels.js";

/** How long those who did the last step took from the first: bars over the API's bins, with median and p90. */
export class RvConvertTimes extends LitElement {
  static properties = { convert: { attribute: false }, counts: {}, tip: { state: true } };

  static styles = [
    shared,
    funnelStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: var(--space-3); }
      .plot { position: relative; padding-top: 2.9rem; }
      ol { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 2px; height: var(--plot-height, 14rem); align-items: end; border-bottom: 1px solid var(--line-strong); }
      li { position: relative; height: 100%; }
      li:hover { background: var(--hover); }
      li span { position: absolute; inset: auto 0 0; height: max(var(--least), calc(var(--part) * 100%)); background: var(--water); border-radius: 3px 3px 0 0; transition: height var(--flow) ease-out; }
      .mark { position: absolute; inset: 0 auto 0 var(--at); border-left: 2px solid var(--sand); pointer-events: none; }
      /* Its words cover the line of the median where they meet. */
      .mark.p90 { z-index: 1; top: 1.25rem; border-left-style: dashed; }
      .mark.p90 b { padding: 0 0.2rem; background: var(--bg); line-height: 1.2; }
      .mark b { position: absolute; top: -0.2rem; left: 0.4rem; font-size: var(--size-s); font-weight: 600; white-space: nowrap; color: var(--text); }
      .mark.left b { left: auto; right: 0.55rem; }
      .edges { position: relative; height: 1.4rem; color: var(--muted); font-size: var(--size-xs); }
      .edges span { position: absolute; left: var(--at); transform: translateX(-50%); white-space: nowrap; padding-top: 0.15rem; }
      .edges span:first-child { transform: none; }
      .edges span:last-child { transform: translateX(-100%); }
      .tip { min-height: 1.4em; color: var(--muted); font-size: var(--size-s); }
    `,
  ];

  constructor() {
    super();
    this.tip = null;
  }

  /** The bins from the first to the last that holds anybody. */
  get bars() {
    const { histogram } = this.convert;
    return histogram.slice(histogram.findIndex((bar) => bar.count > 0), histogram.findLastIndex((bar) => bar.count > 0) + 1);
  }

  render() {
    const { medianSeconds: median, p90Seconds: p90 } = this.convert;
    const head = html`<h2>Time to convert <span class="muted">from the first step to the last</span></h2>`;
    if (median === null) return html`${head}<p class="muted">Nobody has done the last step yet.</p>`;
    const { bars } = this;
    const all = bars.reduce((sum, bar) => sum + bar.count, 0);
    const most = Math.max(...bars.map((bar) => bar.count));
    const edges = [...bars.map((bar) => bar.fromSeconds), bars.at(-1).toSeconds];
    const told = Math.max(1, Math.ceil(edges.length / 6));
    const [first, second] = [place(median, bars), place(p90, bars)];
    return html`${head}
      <div class="plot">
        <ol aria-label="Time to convert: half took no longer than ${span(median)}, nine in ten no longer than ${span(p90)}" @pointerleave=${() => (this.tip = null)}>
          ${bars.map((bar) => html`<li @pointerenter=${() => (this.tip = tell(bar, all, this.counts))} ${style({ "--part": String(bar.count / most), "--least": bar.count > 0 ? "2px" : "0px" })}>
            <span></span><p class="out-of-sight">${tell(bar, all, this.counts)}</p></li>`)}</ol>
        ${second - first < 0.02 ? nothing : mark("p90", `p90 ${span(p90)}`, second, second > 0.6)}
        ${mark("median", `median ${span(median)}`, first, first > 0.45)}
      </div>
      <div class="edges" aria-hidden="true">${edges.map((edge, i) => ((i % told === 0 && i < edges.length - told) || i === edges.length - 1
        ? html`<span ${style({ "--at": `${(i / bars.length) * 100}%` })}>${edge === 0 ? "0" : span(edge)}</span>` : nothing))}</div>
      <p class="tip" aria-hidden="true">${this.tip ?? nothing}</p>`;
  }
}

const mark = (kind, label, at, left) => html`<span class="mark ${kind} ${left ? "left" : ""}" ${style({ "--at": `${at * 100}%` })}><b>${label}</b></span>`;

const tell = ({ fromSeconds, toSeconds, count: some }, all, counts) =>
  `${fromSeconds === 0 ? "under" : `${span(fromSeconds)} to`} ${span(toSeconds)}: ${count(some)} ${unitOf(counts, some)}, ${percent(some / all)}`;

/** Where a time stands among the bars, as a part of their width. */
function place(seconds, bars) {
  const at = bars.findIndex(({ toSeconds }) => seconds < toSeconds);
  if (at < 0) return 1;
  const { fromSeconds, toSeconds } = bars[at];
  return (at + Math.max(0, seconds - fromSeconds) / (toSeconds - fromSeconds)) / bars.length;
}

customElements.define("rv-convert-times", RvConvertTimes);
