import { LitElement, css, html } from "lit";
import { shared } from "./styles.js";

/** Views of one page, one at a time. `tabs`: `[{value, label}]`; fires `pick` with the value. */
export class RvTabs extends LitElement {
  static properties = { tabs: { attribute: false }, value: {}, label: {} };

  static styles = [
    shared,
    css`
      :host { display: block; }
      div { display: flex; gap: var(--space-5); overflow-x: auto; scrollbar-width: none; border-bottom: 1px solid var(--line-strong); }
      button { position: relative; min-height: 2.5rem; color: var(--muted); white-space: nowrap; }
      button:hover { color: var(--text); }
      button[aria-selected="true"] { color: var(--text); font-weight: 600; }
      button[aria-selected="true"]::after { content: ""; position: absolute; inset: auto 0 0; height: 2px; background: var(--water); }
      button:focus-visible { outline-offset: -3px; }
    `,
  ];

  render() {
    return html`<div role="tablist" aria-label=${this.label} @keydown=${this.arrows}>${this.tabs.map(({ value, label }) => html`<button
      role="tab" id="tab-${value}" aria-selected=${value === this.value} tabindex=${value === this.value ? 0 : -1}
      @click=${() => this.pick(value)}>${label}</button>`)}</div>`;
  }

  arrows(event) {
    const at = this.tabs.findIndex(({ value }) => value === this.value);
    const last = this.tabs.length - 1;
    const next = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.pick(this.tabs[next].value);
    this.renderRoot.getElementById(`tab-${this.tabs[next].value}`).focus();
  }

  pick(value) {
    if (value !== this.value) this.dispatchEvent(new CustomEvent("pick", { detail: value }));
  }
}

customElements.define("rv-tabs", RvTabs);
