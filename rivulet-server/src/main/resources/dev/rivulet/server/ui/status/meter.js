import { LitElement, css, html } from "lit";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";

/** How full something is: `parts` (`[{value, token, label}]`) of `whole`, with `label` for those who do not see it. */
export class RvMeter extends LitElement {
  static properties = { parts: { attribute: false }, whole: { attribute: false }, label: {} };

  static styles = [
    shared,
    css`
      :host { display: block; height: 0.5rem; border-radius: 0.25rem; background: var(--sunken); box-shadow: inset 0 0 0 1px var(--line); overflow: hidden; }
      .row { display: flex; height: 100%; }
      i { height: 100%; width: var(--part); background: var(--color); transition: width var(--flow) ease-out; }
    `,
  ];

  constructor() {
    super();
    this.parts = [];
    this.whole = 0;
  }

  render() {
    const part = (value) => (this.whole > 0 ? Math.min(1, Math.max(0, value / this.whole)) : 0);
    const all = this.parts.reduce((sum, { value }) => sum + value, 0);
    return html`<div class="row" role="meter" aria-label=${this.label ?? ""} aria-valuemin="0" aria-valuemax="100"
      aria-valuenow=${Math.round(part(all) * 100)}>${this.parts.map(({ value, token }) =>
        html`<i ${style({ "--part": `${part(value) * 100}%`, "--color": `var(${token})` })}></i>`)}</div>`;
  }
}

customElements.define("rv-meter", RvMeter);
