import { LitElement, css, html, nothing, svg } from "lit";
import { shared } from "../kit/styles.js";

/** A whole funnel as one small stream: `steps` of the report. Says nothing by itself; the numbers stand beside it. */
export class RvFunnelMini extends LitElement {
  static properties = { steps: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { display: block; height: 2.5rem; }
      svg { display: block; width: 100%; height: 100%; }
      .stream { fill: var(--water-soft); }
      .bar { fill: var(--water); }
      .none { fill: var(--line); }
    `,
  ];

  render() {
    const { steps } = this;
    if (!steps?.length) return nothing;
    const wide = 100 / (steps.length - 0.6);
    const bar = wide * 0.4;
    const height = (step) => Math.max(3, (step.fromStart ?? 0) * 100);
    return html`<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${steps.map((step, i) => {
      const [x, h] = [i * wide, height(step)];
      const next = steps[i + 1];
      const [from, to] = [x + bar, x + wide];
      const middle = (from + to) / 2;
      return svg`${next ? svg`<path class="stream" d="M${from},${100 - h} C${middle},${100 - h} ${middle},${100 - height(next)} ${to},${100 - height(next)} V100 H${from} Z"></path>` : nothing}
        <rect class=${step.users > 0 ? "bar" : "none"} x=${x} y=${100 - h} width=${bar} height=${h}></rect>`;
    })}</svg>`;
  }
}

customElements.define("rv-funnel-mini", RvFunnelMini);
