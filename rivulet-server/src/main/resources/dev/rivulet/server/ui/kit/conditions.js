import { LitElement, css, html, nothing } from "lit";
import { foreign } from "../lib/format.js";
import { Popover, popoverStyles } from "./popover.js";
import { shared } from "./styles.js";
import { OPERATORS, conditionsOf, operatorOf, whereOf } from "./where.js";

/** One condition within a sentence, or (null) the place of a new one. Fires `condition`, null to remove it. */
class RvCondition extends LitElement {
  static properties = { condition: { attribute: false }, properties: { attribute: false }, of: {}, nth: { attribute: false }, operator: { state: true }, wrong: { state: true } };

  static styles = [
    shared,
    popoverStyles,
    css`
      .opener.new { color: var(--muted); border-bottom-style: dashed; border-color: var(--line-strong); font-weight: 400; }
      .opener.new:hover { color: var(--water); }
      form { display: grid; gap: var(--space-3); padding: var(--space-4); }
      label { display: grid; gap: var(--space-1); font-size: var(--size-s); color: var(--muted); letter-spacing: 0; font-weight: 400; }
      select, input { height: 2.25rem; min-width: 0; padding: 0 var(--space-3); border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--bg); color: var(--text); font-size: var(--size-m); font-weight: 400; color-scheme: inherit; }
      .row { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--space-3); }
      .hint, .wrong { font-size: var(--size-s); font-weight: 400; letter-spacing: 0; line-height: 1.4; }
      .hint { color: var(--muted); }
      .wrong { color: var(--alarm); }
      .buttons { display: flex; justify-content: flex-end; gap: var(--space-3); }
      .buttons .button { font-size: var(--size-s); letter-spacing: 0; }
    `,
  ];

  constructor() {
    super();
    this.condition = null;
    this.properties = [];
    this.wrong = null;
    this.drop = new Popover(this);
  }

  render() {
    const { condition } = this;
    const link = this.nth === 0 ? "where" : "and";
    const text = condition === null ? `${link}…` : `${link} ${words(condition)}`;
    // What is read begins with what is seen: whoever speaks to the page says what they see.
    return html`<button class="opener ${condition === null ? "new" : ""}" aria-haspopup="dialog" aria-expanded=${this.drop.open}
      aria-label="${text} ${condition === null ? `Add a condition on ${this.of}` : `Condition on ${this.of}`}" title=${text}
      @click=${this.toggle}><span class="cut"><bdi>${text}</bdi></span></button>${this.drop.open ? this.panel() : nothing}`;
  }

  panel() {
    const names = [...new Set([...(this.condition === null ? [] : [this.condition.property]), ...this.properties.map(({ property }) => property)])];
    const takes = operatorOf(this.operator).value;
    return html`<div class="panel" role="dialog" aria-label="Condition on ${this.of}" @keydown=${this.keys}>
      <form @submit=${this.apply}>
        <div class="row">
          <label>Property <input name="property" required maxlength="200" list="names" autocomplete="off" spellcheck="false" .value=${this.condition?.property ?? ""}></label>
          <datalist id="names">${names.map((name) => html`<option value=${name}></option>`)}</datalist>
          <label>Operator <select name="operator" @change=${({ target }) => (this.operator = target.value)}>${OPERATORS.map(({ id, label }) =>
            html`<option value=${id} ?selected=${id === this.operator}>${label}</option>`)}</select></label>
        </div>
        ${takes === null ? nothing : html`<label>Value <input name="value" required maxlength="1000" autocomplete="off" spellcheck="false" .value=${this.condition?.value ?? ""}></label>
          <p class="hint">${{ one: 'Text, or a number; a number in "quotes" is text.', many: 'Separated by commas; a number in "quotes" is text.', text: this.operator === "matches" ? "A regular expression, found anywhere in the value." : "Upper and lower case differ." }[takes]}</p>`}
        ${this.wrong === null ? nothing : html`<p class="wrong" role="alert">${this.wrong}</p>`}
        <div class="buttons">${this.condition === null ? nothing : html`<button type="button" class="button" @click=${() => this.tell(null)}>Remove</button>`}
          <button class="button primary">Apply</button></div>
      </form></div>`;
  }

  async toggle() {
    if (this.drop.open) {
      this.drop.hide(true);
      return;
    }
    this.operator = this.condition?.operator ?? "eq";
    this.wrong = null;
    await this.drop.show();
    this.renderRoot.querySelector("[name=property]").focus();
  }

  keys(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.drop.hide(true);
  }

  apply(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const property = form.get("property").trim();
    if (property === "") {
      this.wrong = "Name a property.";
      return;
    }
    this.tell({ property, operator: form.get("operator"), value: String(form.get("value") ?? "") });
  }

  tell(condition) {
    this.drop.hide(true);
    this.dispatchEvent(new CustomEvent("condition", { detail: condition }));
  }
}

const words = ({ property, operator, value }) => `${foreign(property)} ${operatorOf(operator).label}${operatorOf(operator).value === null ? "" : ` ${foreign(value)}`}`;

/** All conditions on `of` (what they narrow, in words), from and to the API's form: fires `where`. */
export class RvConditions extends LitElement {
  static properties = { where: { attribute: false }, properties: { attribute: false }, of: {} };

  static styles = css`:host { display: contents; }`;

  constructor() {
    super();
    this.where = null;
    this.properties = [];
  }

  render() {
    const conditions = conditionsOf(this.where);
    return html`${[...conditions, null].map((condition, i) => html`<rv-condition .condition=${condition} .properties=${this.properties} .of=${this.of} .nth=${i}
      @condition=${({ detail }) => this.change(conditions, i, detail)}></rv-condition>`)}`;
  }

  change(conditions, index, condition) {
    const next = conditions.toSpliced(index, 1, ...(condition === null ? [] : [condition]));
    this.dispatchEvent(new CustomEvent("where", { detail: whereOf(next) }));
  }
}

customElements.define("rv-condition", RvCondition);
customElements.define("rv-conditions", RvConditions);
