import { LitElement, css, html } from "lit";
import { setParams } from "../lib/router.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";

const CHARTS = { area: "Areas", line: "Lines", bars: "Bars" };
const MEASURES = { events: "Events", people: "People" };

/** What the chart counts and how it draws it. */
export class RvSwitches extends LitElement {
  static properties = { asked: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { display: flex; flex-wrap: wrap; gap: var(--space-3); }
      div { display: flex; padding: 2px; border: 1px solid var(--line); border-radius: calc(var(--radius) + 2px); }
      button { display: grid; place-items: center; min-width: 2.25rem; height: 2rem; padding: 0 var(--space-3); border-radius: var(--radius); color: var(--muted); font-size: var(--size-s); }
      button:hover { color: var(--text); }
      button[aria-pressed="true"] { background: var(--hover); color: var(--text); font-weight: 600; }
    `,
  ];

  render() {
    const { measure, style } = this.asked;
    return html`
      <div role="group" aria-label="Measure">${Object.entries(MEASURES).map(([value, label]) => this.one("show", value, measure, label, label))}</div>
      <div role="group" aria-label="Chart">${Object.entries(CHARTS).map(([value, label]) =>
        this.one("as", value, style, label, icon(value === "line" ? "lines" : value)))}</div>
    `;
  }

  one(parameter, value, chosen, label, content) {
    return html`<button id=${value} aria-pressed=${value === chosen} aria-label=${label} title=${label}
      @click=${() => setParams({ [parameter]: value }, { replace: true })}>${content}</button>`;
  }
}

customElements.define("rv-switches", RvSwitches);
