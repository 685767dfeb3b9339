import { LitElement, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { key } from "../lib/session.js";
import { RANGES } from "../lib/time.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { KINDS, kindOf } from "./boards.js";
import { editorStyles } from "./editor-styles.js";
import { FORMS, formOf, kindsFor, queryOf, usualValues } from "./forms.js";
import { parsed } from "./query.js";
import { routeOf } from "./readings.js";
import { titleOf } from "./titles.js";
import "../kit/picker.js";
import "./board-tile.js";

const BETTER = [{ value: "", label: "as usual" }, { value: "higher", label: "more is better" }, { value: "lower", label: "less is better" }, { value: "neither", label: "neither" }];
const LEVELS = [{ value: "good", label: "good" }, { value: "warn", label: "watch" }, { value: "bad", label: "bad" }];
const OWN = [{ value: "", label: "the board's range" }, ...RANGES.map(({ value, label }) => ({ value, label }))];

/**
 * The panel in which a tile is made or changed, with a preview that is alive. Fires `change` with the
 * tile at each change that makes sense, `done` when it is closed. `wrong` is a refusal by the server.
 */
export class RvTileEditor extends LitElement {
  static properties = {
    tile: { attribute: false }, context: { attribute: false }, range: { attribute: false }, shift: { attribute: false }, wrong: { attribute: false },
    chosen: { state: true }, values: { state: true }, properties: { state: true },
  };

  static styles = [shared, editorStyles];

  constructor() {
    super();
    this.properties = [];
    this.values = {};
  }

  willUpdate(changed) {
    const before = changed.get("tile");
    if (!changed.has("tile") || (before && before.id === this.tile.id && this.tile.query === this.query)) return;
    const { form, values, range } = formOf(this.tile.query);
    this.chosen = form;
    this.values = values;
    this.own = range;
    this.query = this.tile.query;
    this.loadProperties();
  }

  firstUpdated() {
    this.renderRoot.querySelector("#title").focus({ preventScroll: true });
  }

  async loadProperties() {
    const { event } = this.values;
    if (!event || event === this.known) return;
    this.known = event;
    const { properties } = await ask("/api/v1/events/properties", { event }, { withKey: key() }).catch(() => ({ properties: [] }));
    if (event !== this.values.event) return;
    this.properties = properties.map(({ property }) => ({ value: property }));
    const missing = this.chosen.fields.find(({ name, of, must }) => of === "event" && must && !this.values[name]);
    if (missing && this.properties.length > 0) this.set(missing.name, this.properties[0].value);
  }

  render() {
    const { tile } = this;
    const isText = tile.kind === "text";
    return html`<aside aria-labelledby="heading" @keydown=${this.keys}>
      <header><h2 id="heading">${isText ? "Text" : "Tile"}</h2><button class="close" aria-label="Close" @click=${this.done}>${icon("close")}</button></header>
      <form @submit=${(event) => { event.preventDefault(); this.done(); }}>
        <label>Title<input id="title" type="text" maxlength="100" placeholder=${titleOf({ ...tile, title: "" }) || "None"} .value=${tile.title} @input=${({ target }) => this.tell({ title: target.value })}></label>
        ${isText ? this.words() : html`${this.source()}${this.kinds()}${this.look()}
          <div class="field preview"><span>Preview</span><div class="box" data-kind=${tile.kind}>${tile.query ? html`<rv-board-tile .tile=${{ ...tile, id: "preview" }} .range=${this.range} .shift=${this.shift}></rv-board-tile>` : html`<p class="muted">Choose what it asks.</p>`}</div></div>`}
        ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
        <button class="button primary" id="done">Done</button>
      </form></aside>`;
  }

  words() {
    return html`<label>Words<textarea id="words" rows="8" maxlength="4000" .value=${this.tile.options?.text ?? ""} @input=${({ target }) => this.option({ text: target.value || " " })}></textarea></label>`;
  }

  source() {
    const { chosen, values, context } = this;
    const forms = FORMS.filter(({ there }) => !there || there(context) || there === chosen.there);
    return html`<div class="field"><span>Shows</span><rv-picker id="form" label="What it shows" .value=${chosen.id} .options=${forms.map(({ id, label }) => ({ value: id, label }))} @pick=${({ detail }) => this.choose(detail)}></rv-picker></div>
      ${chosen.fields.map((field) => this.field(field))}
      ${chosen.id === "any" ? html`<label>Call<textarea id="query" rows="3" spellcheck="false" class="mono" placeholder="/api/v1/events/count?event=order" .value=${values.query ?? ""} @change=${({ target }) => this.set("query", target.value.trim())}></textarea>
        <span class="hint">A GET call of this API that answers numbers. Without a range of its own it takes the board's.</span></label>` : html`
        <div class="field"><span>Range</span><rv-picker id="own-range" label="Range" .value=${this.own.last ?? ""} .options=${this.rangeOptions()} @pick=${({ detail }) => this.pin(detail)}></rv-picker></div>`}
      ${chosen.id === "any" ? nothing : html`<p class="call mono">${this.tile.query || "…"}</p>`}`;
  }

  rangeOptions() {
    const { last, from } = this.own;
    if (from !== undefined) return [...OWN, { value: undefined, label: "a fixed range" }];
    return last && !OWN.some(({ value }) => value === last) ? [...OWN, { value: last, label: `last ${last}` }] : OWN;
  }

  field({ name, label, options, search, typed, none }) {
    const value = this.values[name] ?? "";
    if (typed) return html`<label>${label}<input id="field-${name}" type="text" placeholder=${none} .value=${value} @change=${({ target }) => this.set(name, target.value.trim())}></label>`;
    const known = options(this.context, { properties: this.properties, values: this.values });
    const all = value === "" || known.some((each) => each.value === value) ? known : [...known, { value }];
    return html`<div class="field"><span>${label}</span><rv-picker id="field-${name}" label=${label} search=${search ? `Find: ${label.toLowerCase()}` : nothing}
      .value=${value} .options=${all} none="Nothing there yet" @pick=${({ detail }) => this.set(name, detail)}></rv-picker></div>`;
  }

  kinds() {
    const can = kindsFor(this.tile.query);
    return html`<fieldset class="kinds"><legend>As</legend>${KINDS.filter(({ value }) => value !== "text").map(({ value, label }) => html`<label class=${can.includes(value) ? "" : "cannot"}>
      <input type="radio" name="kind" value=${value} .checked=${this.tile.kind === value} ?disabled=${!can.includes(value) && this.tile.kind !== value} @change=${() => this.tell({ kind: value })}><span>${label}</span></label>`)}</fieldset>`;
  }

  look() {
    const { kind, options = {}, query } = this.tile;
    const read = parsed(query);
    const stats = read === null ? [] : routeOf(read.path).stats;
    const both = kind === "bars" && this.canColumns();
    return html`${["number", "line", "bars"].includes(kind) && stats.length > 1 ? html`<div class="field"><span>Number</span><rv-picker id="stat" label="Number" .value=${options.stat ?? routeOf(read.path).usual ?? stats[0].id}
        .options=${stats.map(({ id, label }) => ({ value: id, label }))} @pick=${({ detail }) => this.option({ stat: detail })}></rv-picker></div>` : nothing}
      ${both ? html`<div class="field"><span>Bars</span><rv-picker id="style" label="Bars" .value=${options.style ?? "list"} .options=${[{ value: "list", label: "one per value" }, { value: "columns", label: "over time" }]} @pick=${({ detail }) => this.option({ style: detail })}></rv-picker></div>` : nothing}
      ${kind !== "number" ? nothing : html`<label>Unit<input id="unit" type="text" maxlength="20" placeholder="as the call gives it" .value=${options.unit ?? ""} @input=${({ target }) => this.option({ unit: target.value })}></label>
        <div class="field"><span>A change is</span><rv-picker id="better" label="A change is" .value=${options.better ?? ""} .options=${BETTER} @pick=${({ detail }) => this.option({ better: detail })}></rv-picker></div>
        <label class="check"><input type="checkbox" id="compare" .checked=${options.compare !== false} @change=${({ target }) => this.option({ compare: target.checked ? undefined : false })}> Compare with the period before</label>
        ${this.thresholds(options.thresholds ?? [])}`}`;
  }

  canColumns() {
    const read = parsed(this.tile.query);
    const route = read && routeOf(read.path);
    return Boolean(route && !route.noStep && (route.bars || read.params.by));
  }

  thresholds(list) {
    const put = (index, change) => this.option({ thresholds: list.map((each, i) => (i === index ? { ...each, ...change } : each)).toSorted((a, b) => a.from - b.from) });
    return html`<div class="field top"><span>Levels</span><div class="thresholds">${list.map(({ from, level }, i) => html`<p>
        <input type="number" step="any" aria-label="From" .value=${String(from)} @change=${({ target }) => Number.isFinite(target.valueAsNumber) && !list.some((each, j) => j !== i && each.from === target.valueAsNumber) && put(i, { from: target.valueAsNumber })}> it is
        <rv-picker label="Level" .value=${level} .options=${LEVELS} @pick=${({ detail }) => put(i, { level: detail })}></rv-picker>
        <button type="button" class="close" aria-label="Remove this level" @click=${() => this.option({ thresholds: list.filter((_, j) => j !== i) })}>${icon("close")}</button></p>`)}
      ${list.length >= 5 ? nothing : html`<button type="button" class="button small" id="add-level" @click=${() => this.option({ thresholds: [...list, { from: (list.at(-1)?.from ?? 0) + (list.length > 0 ? 10 : 0), level: list.length === 0 ? "good" : "warn" }] })}>${icon("plus")}A level</button>`}</div></div>`;
  }

  choose(id) {
    const form = FORMS.find((each) => each.id === id);
    const values = id === "any" ? { query: this.tile.query } : { ...usualValues(form, this.context), ...(form.fields.some(({ name }) => name === "event") && this.values.event ? { event: this.values.event } : {}) };
    this.chosen = form;
    this.values = values;
    this.known = null;
    this.prefers = form.kind ?? null;
    this.ask();
    this.loadProperties();
  }

  set(name, value) {
    this.values = { ...this.values, [name]: value };
    if (name === "event") {
      for (const field of this.chosen.fields) if (field.of === "event") delete this.values[field.name];
      this.loadProperties();
    }
    this.ask();
  }

  pin(last) {
    if (last === undefined) return;
    this.own = last === "" ? {} : { last };
    this.ask();
  }

  /** The form has another question: the tile takes it, in a kind that can show it. */
  ask() {
    const query = queryOf(this.chosen, this.values, this.own);
    if (query === null || query === "") return;
    this.query = query;
    const can = kindsFor(query);
    // Another form begins with the kind that suits it best; afterwards the kind is the maker's choice.
    const kind = this.prefers ?? (can.length === 0 || can.includes(this.tile.kind) ? this.tile.kind : can[0]);
    this.prefers = null;
    const stats = parsed(query) === null ? [] : routeOf(parsed(query).path).stats;
    const { stat, ...others } = this.tile.options ?? {};
    const options = stat !== undefined && (this.chosen.id === "any" || stats.some(({ id }) => id === stat)) ? { ...others, stat } : others;
    this.tell({ query, kind, options });
  }

  option(change) {
    const options = Object.fromEntries(Object.entries({ ...this.tile.options, ...change })
      .filter(([name, value]) => value !== undefined && value !== "" && !(name === "thresholds" && value.length === 0)));
    this.tell({ options });
  }

  tell(change) {
    const tile = { ...this.tile, ...change };
    if (tile.options && Object.keys(tile.options).length === 0) delete tile.options;
    if (tile.kind !== this.tile.kind) {
      const { width, height } = kindOf(tile.kind);
      const place = { ...tile.place, width: Math.max(tile.place.width, Math.min(width, 13 - tile.place.column)), height: Math.max(tile.place.height, height) };
      if (this.tile.kind === "number") tile.place = place;
    }
    this.dispatchEvent(new CustomEvent("change", { detail: tile }));
  }

  keys(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    this.done();
  }

  done() {
    this.dispatchEvent(new CustomEvent("done"));
  }
}

customElements.define("rv-tile-editor", RvTileEditor);
