import { LitElement, css, html, nothing } from "lit";
import { style } from "./style.js";
import { shared } from "./styles.js";

const FIRST_ROWS = 24;

/**
 * A sortable table. `columns`: `[{id, label, numeric?, text(row), key?(row)}]` with `key` what is
 * sorted by; `rows`: anything, `row.token` colours a swatch. `sort` is `id` or `-id` for descending;
 * fires `sort` with the new one.
 */
export class RvTable extends LitElement {
  static properties = { columns: { attribute: false }, rows: { attribute: false }, sort: {}, label: {}, all: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: block; overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; }
      th, td { height: 2.25rem; padding: 0 var(--space-4) 0 0; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); white-space: nowrap; }
      th:last-child, td:last-child { padding-right: 0; }
      thead th { border-bottom-color: var(--line-strong); color: var(--muted); font-size: var(--size-s); }
      thead button { display: inline-flex; gap: 0.3em; min-height: 2.25rem; align-items: center; white-space: nowrap; }
      thead button:hover, thead [aria-sort="ascending"] button, thead [aria-sort="descending"] button { color: var(--text); }
      thead [aria-sort="ascending"] button, thead [aria-sort="descending"] button { font-weight: 600; }
      .numeric { text-align: right; }
      td.numeric { font-weight: 600; }
      td.numeric.minor { font-weight: 400; color: var(--muted); }
      .name { width: 99%; min-width: 7rem; max-width: 0; overflow: hidden; text-overflow: ellipsis; }
      tbody tr:hover { background: var(--hover); }
      i { display: inline-block; width: 0.65rem; height: 0.65rem; margin-right: 0.6rem; border-radius: 2px; }
      .more { padding: var(--space-3) 0; }
      @media (min-width: 36.01rem) { .label > bdi { display: inline-block; max-width: calc(100% - 1.5rem); overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; } }
      /* A narrow screen wraps names, where cutting them would leave rows that all read the same. */
      @media (max-width: 36rem) {
        th, td { padding-right: var(--space-2); }
        .name { width: auto; min-width: 5.25rem; max-width: none; padding-block: var(--space-1); white-space: normal; line-height: 1.35; }
        .label { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; overflow-wrap: anywhere; }
      }
    `,
  ];

  constructor() {
    super();
    this.columns = [];
    this.rows = [];
    this.sort = "";
    this.all = false;
  }

  get sorted() {
    const down = this.sort.startsWith("-");
    const column = this.columns.find(({ id }) => id === this.sort.replace(/^-/, ""));
    if (column === undefined) return this.rows;
    const key = column.key ?? column.text;
    const least = (value) => value === null || value === undefined;
    return this.rows.toSorted((a, b) => {
      const [x, y] = [key(a), key(b)];
      if (least(x) || least(y)) return least(x) - least(y); // No data is last, whichever way.
      const order = typeof x === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true });
      return down ? -order : order;
    });
  }

  render() {
    const sorted = this.sorted;
    const shown = this.all ? sorted : sorted.slice(0, FIRST_ROWS);
    return html`<table aria-label=${this.label ?? nothing}>
      <thead><tr>${this.columns.map((column, i) => this.head(column, i))}</tr></thead>
      <tbody>${shown.map((row) => html`<tr>${this.columns.map((column, i) => this.cell(column, row, i))}</tr>`)}</tbody>
    </table>
    ${sorted.length > shown.length ? html`<p class="more"><button class="button" @click=${() => (this.all = true)}>Show all ${sorted.length}</button></p>` : nothing}`;
  }

  head({ id, label, numeric }, index) {
    const state = this.sort === id ? "ascending" : this.sort === `-${id}` ? "descending" : "none";
    const arrow = { ascending: "↑", descending: "↓", none: "" }[state];
    return html`<th scope="col" class=${numeric ? "numeric" : index === 0 ? "name" : ""} aria-sort=${state}><button
      @click=${() => this.turn(id, numeric, state)}>${label}${arrow === "" ? nothing : html`<span aria-hidden="true">${arrow}</span>`}</button></th>`;
  }

  cell({ numeric, minor, text }, row, index) {
    const value = text(row);
    if (index > 0) return html`<td class="${numeric ? "numeric" : ""} ${minor ? "minor" : ""}">${value}</td>`;
    return html`<th scope="row" class="name" title=${value}><span class="label">${row.token ? html`<i ${style({ background: `var(${row.token})` })}></i>` : nothing}<bdi>${value}</bdi></span></th>`;
  }

  turn(id, numeric, state) {
    const next = state === "none" ? (numeric ? `-${id}` : id) : state === "ascending" ? `-${id}` : id;
    this.dispatchEvent(new CustomEvent("sort", { detail: next }));
  }
}

customElements.define("rv-table", RvTable);
