import { LitElement, css, html, nothing } from "lit";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import "../kit/conditions.js";
import "./events-picker.js";

/**
 * One step: events, conditions, optional or not, and a handle to drag it by (arrow keys move it too).
 * Fires `change` with the new step, `move` with -1 or 1, `grab` with the pointer event, and `remove`.
 */
export class RvStepEditor extends LitElement {
  static properties = {
    step: { attribute: false }, nth: { attribute: false }, of: { attribute: false }, names: { attribute: false }, properties: { attribute: false },
    mayBeOptional: { attribute: false }, wrong: { attribute: false },
  };

  static styles = [
    shared,
    css`
      :host { position: relative; display: grid; grid-template-columns: auto auto minmax(0, 1fr) auto; align-items: start; gap: 0 var(--space-2); padding: var(--space-3) 0; border-bottom: 1px solid var(--line); background: var(--bg); }
      .handle { display: grid; place-items: center; width: 1.75rem; height: 2rem; border-radius: var(--radius); color: var(--muted); cursor: grab; touch-action: none; }
      .handle:hover { background: var(--hover); color: var(--text); }
      :host([data-dragged]) { z-index: 2; background: var(--raised); box-shadow: var(--shadow); border-radius: var(--radius); }
      :host([data-dragged]) .handle { cursor: grabbing; }
      .nth { min-width: 1.4em; line-height: 2rem; color: var(--muted); font-variant-numeric: tabular-nums; }
      .words { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.15rem 0.6rem; min-height: 2rem; padding-top: 0.25rem; font-size: var(--size-l); }
      rv-conditions { font-weight: 400; }
      .optional { padding: 0 0.6em; line-height: 1.55; border: 1px dashed var(--line-strong); border-radius: 1rem; color: var(--muted); font-size: var(--size-s); }
      .optional:hover { color: var(--text); border-color: var(--muted); }
      .optional[aria-pressed="true"] { color: var(--water); border-color: var(--water); }
      .remove { display: grid; place-items: center; width: 2rem; height: 2rem; border-radius: var(--radius); color: var(--muted); }
      .remove:hover { background: var(--hover); color: var(--text); }
      .remove[disabled] { visibility: hidden; }
      .wrong { grid-column: 3 / -1; color: var(--alarm); font-size: var(--size-s); overflow-wrap: anywhere; }
    `,
  ];

  render() {
    const { step, nth } = this;
    const name = `Step ${nth}`;
    return html`
      <button class="handle" aria-label="${name} of ${this.of}. Drag, or press the arrow keys, to move it" title="Drag, or press the arrow keys"
        @pointerdown=${(event) => this.tell("grab", event)} @keydown=${this.keys}>${icon("grip")}</button>
      <span class="nth" aria-hidden="true">${nth}</span>
      <div class="words"><rv-events-picker .events=${step.events} .names=${this.names} of=${name} @events=${({ detail }) => this.change({ events: detail })}></rv-events-picker>
        ${step.events.length === 0 ? nothing : html`<rv-conditions of="step ${nth}" .where=${step.where} .properties=${this.properties}
          @where=${({ detail }) => this.change({ where: detail })}></rv-conditions>`}
        ${this.mayBeOptional ? html`<button class="optional" aria-pressed=${step.optional} title="People may go on without an optional step"
          @click=${() => this.change({ optional: !step.optional })}>optional</button>` : nothing}</div>
      <button class="remove" aria-label="Remove step ${nth}" title="Remove" ?disabled=${this.of <= 2} @click=${() => this.tell("remove")}>${icon("close")}</button>
      ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}`;
  }

  change(part) {
    this.tell("change", { ...this.step, ...part });
  }

  keys(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.tell("move", by);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  focusHandle() {
    this.renderRoot.querySelector(".handle").focus();
  }
}

customElements.define("rv-step-editor", RvStepEditor);
