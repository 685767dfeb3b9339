import { LitElement, css, html, nothing } from "lit";
import { count, percent } from "../lib/format.js";
import { shared } from "./styles.js";
import "./number.js";

/**
 * A number with its name and, where there is one, its distance to an earlier number:
 * `before` (null: no data to compare with) and `beforeLabel` ("by this time last Monday"). With
 * `neutral`, less is not worse.
 */
export class RvTile extends LitElement {
  static properties = {
    value: { attribute: false },
    format: { attribute: false },
    label: {},
    before: { attribute: false },
    beforeLabel: {},
    noBefore: {},
    neutral: { type: Boolean, reflect: true },
    hero: { type: Boolean, reflect: true },
    accent: { type: Boolean, reflect: true },
  };

  static styles = [
    shared,
    css`
      :host { display: block; min-width: 0; }
      rv-number { display: block; font-size: var(--size-2xl); font-weight: 500; line-height: 1.1; letter-spacing: -0.025em; }
      :host([hero]) rv-number { font-size: var(--size-hero); line-height: 1; letter-spacing: -0.035em; }
      :host([accent]) rv-number { color: var(--water); }
      .label { color: var(--muted); margin-top: var(--space-1); }
      :host([hero]) .label { margin-top: var(--space-2); }
      .change { display: flex; flex-wrap: wrap; gap: 0 var(--space-2); margin-top: var(--space-2); font-size: var(--size-s); color: var(--muted); }
      .change b { font-weight: 600; color: var(--water); }
      .change b.less { color: var(--alarm); }
      :host([neutral]) .change b { color: var(--text); }
      .change b.same { color: var(--muted); }
    `,
  ];

  constructor() {
    super();
    this.format = count;
    this.value = null;
    this.before = undefined;
    this.noBefore = "no data last week to compare with";
  }

  render() {
    return html`
      <rv-number .value=${this.value} .format=${this.format}></rv-number>
      <p class="label">${this.label}</p>
      ${this.before === undefined ? nothing : this.change()}
    `;
  }

  change() {
    if (this.before === null || this.value === null) {
      return html`<p class="change">${this.noBefore}</p>`;
    }
    const share = this.before === 0 ? null : this.value / this.before - 1;
    const kind = share === null || Math.abs(share) < 0.0005 ? "same" : share < 0 ? "less" : "more";
    const sign = { same: "=", less: "↓", more: "↑" }[kind];
    return html`<p class="change">
      <b class=${kind}><span aria-hidden="true">${sign}</span>
        <span class="out-of-sight">${kind}</span> ${share === null ? "" : percent(Math.abs(share))}</b>
      <span>${this.format(this.before)} ${this.beforeLabel}</span>
    </p>`;
  }
}

customElements.define("rv-tile", RvTile);
