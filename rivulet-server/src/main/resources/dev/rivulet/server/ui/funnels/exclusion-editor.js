import { LitElement, css, html, nothing } from "lit";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import "../kit/conditions.js";
import "../kit/picker.js";
import "./events-picker.js";

/** Events that take a person out when done between two steps. Fires `change` with the new exclusion, and `remove`. */
export class RvExclusionEditor extends LitElement {
  static properties = {
    exclusion: { attribute: false }, nth: { attribute: false }, steps: { attribute: false }, order: {}, names: { attribute: false },
    properties: { attribute: false }, wrong: { attribute: false },
  };

  static styles = [
    shared,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--space-3); padding: var(--space-2) 0; margin-bottom: var(--space-3); border-bottom: 1px solid var(--line); }
      .words { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.15rem 0.6rem; font-size: var(--size-l); padding-top: 0.15rem; }
      .words > span { color: var(--muted); }
      rv-picker { font-weight: 500; }
      rv-conditions { font-weight: 400; }
      .remove { display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: var(--radius); color: var(--muted); }
      .remove:hover { background: var(--hover); color: var(--text); }
      .wrong { grid-column: 1 / -1; color: var(--alarm); font-size: var(--size-s); overflow-wrap: anywhere; }
    `,
  ];

  render() {
    const { exclusion, nth, steps } = this;
    const to = exclusion.to ?? steps;
    const numbers = (first, last) => Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => ({ value: first + i, label: `step ${first + i}` }));
    return html`
      <div class="words"><span>leave out who did</span>
        <rv-events-picker .events=${exclusion.events} .names=${this.names} of="Exclusion ${nth}" @events=${({ detail }) => this.change({ events: detail })}></rv-events-picker>
        ${exclusion.events.length === 0 ? nothing : html`<rv-conditions of="exclusion ${nth}" .where=${exclusion.where} .properties=${this.properties} @where=${({ detail }) => this.change({ where: detail })}></rv-conditions>`}
        ${this.order === "any" ? html`<span>meanwhile</span>` : html`<span>between</span>
          <rv-picker id="from" label="From step" .value=${exclusion.from} .options=${numbers(1, steps - 1)} @pick=${({ detail }) => this.change({ from: detail, to: to <= detail ? null : exclusion.to })}></rv-picker>
          <span>and</span> <rv-picker id="to" label="To step" .value=${to} .options=${numbers(exclusion.from + 1, steps)} @pick=${({ detail }) => this.change({ to: detail === steps ? null : detail })}></rv-picker>`}</div>
      <button class="remove" aria-label="Remove exclusion ${nth}" title="Remove" @click=${() => this.dispatchEvent(new CustomEvent("remove"))}>${icon("close")}</button>
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}`;
  }

  change(part) {
    this.dispatchEvent(new CustomEvent("change", { detail: { ...this.exclusion, ...part } }));
  }
}

customElements.define("rv-exclusion-editor", RvExclusionEditor);
