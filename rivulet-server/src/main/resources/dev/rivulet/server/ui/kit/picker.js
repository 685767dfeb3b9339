import { LitElement, css, html, nothing } from "lit";
import { foreign } from "../lib/format.js";
import { icon } from "./icon.js";
import { Popover, popoverStyles } from "./popover.js";
import { shared } from "./styles.js";

const MOST_SHOWN = 200;

/**
 * One choice within a sentence. `options`: `[{value, label?, detail?}]`; `search` names the field
 * that narrows them. Fires `pick` with the value. With `quiet` it is the place of one more choice.
 */
export class RvPicker extends LitElement {
  static properties = {
    label: {},
    value: { attribute: false },
    options: { attribute: false },
    search: {},
    placeholder: {},
    none: {},
    typed: { state: true },
    active: { state: true },
  };

  static styles = [shared, popoverStyles, css`
    .panel:focus-visible { outline: none; }
    :host([quiet]) .opener { color: var(--muted); border-bottom-style: dashed; border-color: var(--line-strong); font-weight: 400; }
    :host([quiet]) .opener:hover { color: var(--water); }
    :host([quiet]) .opener svg { display: none; }
  `];

  constructor() {
    super();
    this.options = [];
    this.value = null;
    this.placeholder = "choose";
    this.none = "Nothing to choose from yet";
    this.typed = "";
    this.active = 0;
    this.drop = new Popover(this);
  }

  get matching() {
    const wanted = this.typed.trim().toLowerCase();
    if (wanted === "") return this.options;
    return this.options.filter((option) => (option.label ?? option.value ?? "").toLowerCase().includes(wanted));
  }

  render() {
    const chosen = this.options.find((option) => option.value === this.value);
    const text = foreign(chosen?.label ?? chosen?.value ?? this.value ?? this.placeholder);
    return html`
      <button class="opener" aria-haspopup="listbox" aria-expanded=${this.drop.open} aria-label="${this.label}: ${text}"
        title=${text} @click=${this.toggle} @keydown=${this.openByKey}><span class="cut"><bdi>${text}</bdi></span>${icon("down")}</button>
      ${this.drop.open ? this.panel() : nothing}
    `;
  }

  panel() {
    const matching = this.matching;
    const shown = matching.slice(0, MOST_SHOWN);
    const hint = matching.length === 0 ? (this.options.length === 0 ? this.none : "Nothing matches")
      : matching.length > MOST_SHOWN ? `${matching.length - MOST_SHOWN} more: type to narrow` : "";
    return html`<div class="panel" @keydown=${this.keys}>
      ${this.search ? html`<div class="search">${icon("search")}<input type="text" role="combobox" aria-expanded="true"
        aria-controls="options" aria-autocomplete="list" aria-label=${this.search} placeholder=${this.search} autocomplete="off"
        spellcheck="false" aria-activedescendant=${shown.length > 0 ? `o${this.active}` : nothing} .value=${this.typed} @input=${this.narrow}></div>` : nothing}
      <div class="options" id="options" role="listbox" aria-label=${this.label} tabindex=${this.search ? nothing : 0}
        aria-activedescendant=${this.search || shown.length === 0 ? nothing : `o${this.active}`}>
        ${shown.map((option, i) => html`<div class="option" role="option" id="o${i}" aria-selected=${option.value === this.value}
          ?data-active=${i === this.active} @click=${() => this.pick(option)}>
          <span class="cut" title=${foreign(option.label ?? option.value)}><bdi>${foreign(option.label ?? option.value)}</bdi></span>
          ${option.detail ? html`<span class="detail">${option.detail}</span>` : nothing}${icon("check")}</div>`)}
        ${hint === "" ? nothing : html`<p class="note">${hint}</p>`}
      </div>
    </div>`;
  }

  async toggle() {
    if (this.drop.open) {
      this.drop.hide(true);
      return;
    }
    this.typed = "";
    this.active = Math.max(0, this.options.findIndex((option) => option.value === this.value));
    await this.drop.show();
    this.renderRoot.querySelector(this.search ? "input" : ".options").focus();
    this.reveal();
  }

  openByKey(event) {
    if (event.key !== "ArrowDown" || this.drop.open) return;
    event.preventDefault();
    this.toggle();
  }

  narrow(event) {
    this.typed = event.target.value;
    this.active = 0;
  }

  keys(event) {
    const last = Math.min(this.matching.length, MOST_SHOWN) - 1;
    if (event.key === "Escape") this.drop.hide(true);
    else if (event.key === "Tab") this.drop.hide();
    else if (event.key === "Enter" && last >= 0) this.pick(this.matching[this.active]);
    else if (event.key === "ArrowDown") this.active = Math.min(last, this.active + 1);
    else if (event.key === "ArrowUp") this.active = Math.max(0, this.active - 1);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    this.updateComplete.then(() => this.reveal());
  }

  reveal() {
    this.renderRoot.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }

  pick(option) {
    this.drop.hide(true);
    this.dispatchEvent(new CustomEvent("pick", { detail: option.value }));
  }
}

customElements.define("rv-picker", RvPicker);
