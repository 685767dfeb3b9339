import { LitElement, css, html, nothing, svg } from "lit";

/**
 * The shape of a series and nothing else: `values`, null for no data; `partial` the unfinished one.
 * With `upper`, as long and with the same gaps, the band between the two is filled, not what is below.
 */
export class RvSparkline extends LitElement {
  static properties = { values: { attribute: false }, upper: { attribute: false }, partial: { attribute: false } };

  static styles = css`
    :host { display: block; min-height: 0; }
    svg { display: block; width: 100%; height: 100%; overflow: visible; }
    path { fill: none; stroke: var(--ink, var(--water)); stroke-width: 1.6; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
    .under { fill: var(--ink, var(--water)); opacity: 0.13; stroke: none; }
    .tail { stroke-dasharray: 3 3; opacity: 0.7; }
  `;

  render() {
    const values = this.values ?? [];
    const known = values.filter((value) => value !== null);
    if (known.length < 2) return nothing;
    const highest = (this.upper ?? []).filter((value) => value !== null);
    const [least, most] = [Math.min(0, ...known), Math.max(...known, ...highest)];
    const spread = most - least || 1;
    const at = (value, i) => `${(i / (values.length - 1)) * 100},${96 - ((value - least) / spread) * 90}`;
    const end = this.partial >= 0 ? this.partial : values.length;
    const runs = pieces(values.slice(0, end));
    const tail = this.partial > 0 && values[this.partial - 1] !== null && values[this.partial] !== null;
    const under = (run) => (this.upper ? run.map((i) => at(this.upper[i], i)).join(" L") : `${at(least, run[0])} L${at(least, run.at(-1))}`);
    return html`<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${runs.map((run) => svg`
      <path class="under" d="M${under(run)} L${run.toReversed().map((i) => at(values[i], i)).join(" L")} Z"></path>
      <path d="M${run.map((i) => at(values[i], i)).join(" L")}"></path>`)}
      ${tail ? svg`<path class="tail" d="M${at(values[this.partial - 1], this.partial - 1)} L${at(values[this.partial], this.partial)}"></path>` : nothing}</svg>`;
  }
}

/** The stretches with data, as lists of indexes. */
function pieces(values) {
  const runs = [];
  values.forEach((value, i) => {
    if (value === null) return;
    if (i > 0 && values[i - 1] !== null) runs.at(-1).push(i);
    else runs.push([i]);
  });
  return runs;
}

customElements.define("rv-sparkline", RvSparkline);
