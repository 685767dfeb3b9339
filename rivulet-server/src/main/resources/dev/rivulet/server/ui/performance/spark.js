import { LitElement, css, html, nothing, svg } from "lit";
import { shared } from "../kit/styles.js";

const WIDTH = 100;
const HEIGHT = 24;

/**
 * A trend in the space of a word: a line through `values` (null is a gap), with `upper` the soft band
 * above it. Says nothing by itself; the number stands beside it.
 */
export class RvSpark extends LitElement {
  static properties = { values: { attribute: false }, upper: { attribute: false }, tone: { reflect: true } };

  static styles = [
    shared,
    css`
      :host { display: block; height: 1.5rem; min-width: 3rem; color: var(--water); }
      :host([tone="alarm"]) { color: var(--alarm); }
      :host([tone="quiet"]) { color: var(--muted); }
      svg { display: block; width: 100%; height: 100%; overflow: visible; }
      path { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
      .band { fill: currentColor; fill-opacity: 0.16; stroke: none; }
      .alone { stroke-width: 3; stroke-linecap: round; }
    `,
  ];

  render() {
    const values = this.values ?? [];
    const most = Math.max(0, ...[...values, ...(this.upper ?? [])].filter((value) => value !== null));
    if (values.length < 2 || values.every((value) => value === null)) return nothing;
    const x = (i) => ((i / (values.length - 1)) * WIDTH).toFixed(2);
    const y = (value) => (most === 0 ? HEIGHT - 1 : HEIGHT - 1 - (value / most) * (HEIGHT - 2)).toFixed(2);
    const line = (run, of) => run.map((i) => `${x(i)},${y(of[i])}`).join(" L");
    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${runs(values).map((run) => svg`
      ${this.upper && run.length > 1 ? svg`<path class="band" d="M${line(run, this.upper)} L${line(run.toReversed(), values)} Z"></path>` : nothing}
      <path class=${run.length === 1 ? "alone" : ""} d="M${line(run, values)}${run.length === 1 ? " h0.01" : ""}"></path>`)}</svg>`;
  }
}

/** The stretches without a gap, as indexes. */
function runs(values) {
  const all = [];
  values.forEach((value, i) => {
    if (value === null) return;
    if (i === 0 || values[i - 1] === null) all.push([]);
    all.at(-1).push(i);
  });
  return all;
}

customElements.define("rv-spark", RvSpark);
