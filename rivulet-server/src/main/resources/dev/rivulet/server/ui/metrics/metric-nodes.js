import { LitElement, css, html, nothing } from "lit";
import { ago, foreign } from "../lib/format.js";
import { shared } from "../kit/styles.js";
import { plain } from "./metrics.js";

const SHOWN = 12;

/** The value now and whose it is: `current` as the API answers it; nodes that are silent are named, not added. */
export class RvMetricNodes extends LitElement {
  static properties = { current: { attribute: false }, format: { attribute: false }, now: { attribute: false }, all: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: block; }
      ul { display: flex; flex-wrap: wrap; gap: var(--space-2); }
      li { display: inline-flex; align-items: baseline; gap: var(--space-2); max-width: 100%; padding: 0.2rem 0.7rem; border: 1px solid var(--line); border-radius: 1rem; font-size: var(--size-s); }
      i { flex: none; align-self: center; width: 0.45rem; height: 0.45rem; border-radius: 50%; background: var(--water); }
      b { font-weight: 600; font-variant-numeric: tabular-nums; }
      .stale { border-style: dashed; color: var(--muted); }
      .stale i { background: none; border: 1.5px solid var(--sand); }
      .stale b { font-weight: 400; }
      .late { color: var(--sand); }
      button { color: var(--muted); text-decoration: underline; text-underline-offset: 3px; }
    `,
  ];

  constructor() {
    super();
    this.format = plain;
    this.all = false;
  }

  render() {
    const { byNode } = this.current;
    const shown = this.all ? byNode : byNode.slice(0, SHOWN);
    return html`<ul aria-label="Newest value of each node">${shown.map(({ node, value, time, live }) => html`<li class=${live ? "live" : "stale"}>
      <i></i><span class="cut"><bdi>${node === null ? "no node" : foreign(node)}</bdi></span><b>${this.format(value)}</b>
      ${live ? nothing : html`<span class="late">silent for ${ago(Date.parse(time), this.now)}</span>`}</li>`)}
      ${byNode.length > shown.length ? html`<li><button @click=${() => (this.all = true)}>${byNode.length - shown.length} more</button></li>` : nothing}</ul>`;
  }
}

customElements.define("rv-metric-nodes", RvMetricNodes);
