import { LitElement, css, html, nothing } from "lit";
import { count, percent } from "../lib/format.js";
import { style } from "./style.js";
import { shared } from "./styles.js";

/** So many columns fill the width; fewer keep to the left, or their cells would be meadows. */
const FILLS = 8;

/**
 * Shares in a grid: the deeper the colour, the larger the share, measured by the largest one shown.
 *
 * `rows`: `[{key, label, size?, partial?, strong?, token?, cells}]` with `cells` of
 * `{share, count?, of?, partial?}`, or null where there is none yet; `columns`: their names; `corner`
 * and `unit` name the rows and what `size` counts; `tell(row, index)` titles a cell. Unfinished
 * cells are hatched, which `note` explains. With `pickable` a row's name is a button that fires `pick` with its key, and
 * `picked` is the key of the chosen one. One stop for the Tab key, arrows within.
 */
export class RvHeatMap extends LitElement {
  static properties = {
    rows: { attribute: false },
    columns: { attribute: false },
    corner: {},
    unit: {},
    label: {},
    tell: { attribute: false },
    note: {},
    pickable: { type: Boolean },
    picked: { attribute: false },
    at: { state: true },
    tip: { state: true },
  };

  static styles = [
    shared,
    css`
      :host { display: block; position: relative; }
      .scroll { overflow-x: auto; overscroll-behavior-x: contain; }
      table { border-collapse: separate; border-spacing: 2px; font-size: var(--size-s); margin-left: -2px; }
      table.fills { width: 100%; }
      .fills th:first-child, .fills .size { width: 1%; }
      th, td { position: relative; height: 2.25rem; padding: 0 var(--space-2); font-weight: 400; text-align: center; white-space: nowrap; }
      thead th { height: 2rem; color: var(--muted); }
      tbody th, thead th:first-child { position: sticky; left: 0; z-index: 1; padding: 0 var(--space-4) 0 2px; text-align: left; background: var(--bg); }
      tbody th .cut { display: inline-block; max-width: 15rem; vertical-align: middle; }
      .size { padding-right: var(--space-4); text-align: right; font-weight: 600; }
      thead .size { font-weight: 400; }
      .strong th, .strong td { font-weight: 600; }
      .strong td, .strong th { height: 2.75rem; }
      .cell { min-width: 3.6rem; border-radius: 4px; background-color: color-mix(in oklab, var(--heat) calc(var(--part) * 100%), var(--sunken)); cursor: default; }
      table:not(.fills) .cell { min-width: 5rem; }
      .cell[data-partial] { background-image: repeating-linear-gradient(135deg, transparent 0 4px, color-mix(in srgb, var(--bg) 62%, transparent) 4px 8px); color: var(--text); font-style: italic; }
      .cell:hover, .cell:focus-visible { outline: 2px solid var(--water); outline-offset: -1px; border-radius: 4px; z-index: 1; }
      th button { display: inline-flex; align-items: center; max-width: 100%; min-height: 2.25rem; }
      th button:hover { color: var(--water); }
      th button[aria-pressed="true"] { font-weight: 600; color: var(--water); }
      i { display: inline-block; flex: none; width: 0.65rem; height: 0.65rem; margin-right: 0.6rem; border-radius: 2px; }
      .tip { position: absolute; z-index: 3; top: 0; left: 0; pointer-events: none; max-width: min(20rem, 90%); padding: var(--space-2) var(--space-3); border-radius: var(--radius); background: var(--raised); box-shadow: var(--shadow); font-size: var(--size-s); }
      .tip p:first-child { color: var(--muted); }
      .tip b { font-weight: 600; }
      .legend { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-5); padding-top: var(--space-3); color: var(--muted); font-size: var(--size-s); }
      .legend span { display: inline-flex; align-items: center; gap: var(--space-2); }
      .legend i { margin: 0; }
      .legend .ramp { width: 6rem; height: 0.7rem; border-radius: 3px; background: linear-gradient(to right in oklab, var(--sunken), var(--heat)); }
      .legend .hatch { width: 1.1rem; height: 0.7rem; border-radius: 3px; background: repeating-linear-gradient(135deg, transparent 0 3px, color-mix(in srgb, var(--bg) 62%, transparent) 3px 6px) var(--heat); }
      @media (max-width: 48rem) { tbody th .cut { max-width: 7.5rem; } tbody th, thead th:first-child, .size { padding-right: var(--space-2); } }
    `,
  ];

  constructor() {
    super();
    this.rows = [];
    this.columns = [];
    this.tell = () => "";
    this.note = "not finished yet, and not in the mean";
    this.at = { row: 0, column: 0 };
    this.tip = null;
  }

  get most() {
    return Math.max(0, ...this.rows.flatMap(({ cells }) => cells.map((cell) => cell?.share ?? 0)));
  }

  render() {
    const most = this.most;
    const sized = this.rows.some(({ size }) => size !== undefined);
    const unfinished = this.rows.some(({ cells }) => cells.some((cell) => cell?.partial));
    return html`
      <div class="scroll" @pointerleave=${this.hide} @scroll=${this.hide}>
        <table role="grid" aria-label=${this.label ?? nothing} class=${this.columns.length >= FILLS ? "fills" : ""} @keydown=${this.walk}>
          <thead><tr><th scope="col">${this.corner}</th>${sized ? html`<th scope="col" class="size">${this.unit}</th>` : nothing}
            ${this.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
          <tbody>${this.rows.map((row, r) => html`<tr class=${row.strong ? "strong" : ""}>
            <th scope="row">${this.name(row)}</th>
            ${sized ? html`<td class="size">${row.size === undefined ? nothing : count(row.size)}${row.partial ? html`<span class="out-of-sight">, so far</span>` : nothing}</td>` : nothing}
            ${this.columns.map((_, c) => this.cell(row, r, c, most))}</tr>`)}</tbody>
        </table>
      </div>
      <p class="legend"><span>0 % <i class="ramp"></i> ${percent(most)}</span>
        ${unfinished ? html`<span><i class="hatch"></i> ${this.note}</span>` : nothing}</p>
      ${this.tip === null ? nothing : html`<div class="tip" aria-hidden="true"><p>${this.tip.title}</p><p><b>${this.tip.share}</b>${this.tip.rest}</p></div>`}
    `;
  }

  name({ key, label, token }) {
    const text = html`${token ? html`<i ${style({ background: `var(${token})` })}></i>` : nothing}<span class="cut" title=${label}><bdi>${label}</bdi></span>`;
    return this.pickable && key !== null ? html`<button aria-pressed=${key === this.picked} @click=${() => this.pick(key)}>${text}</button>` : text;
  }

  cell(row, r, c, most) {
    const cell = row.cells[c] ?? null;
    if (cell === null) return html`<td></td>`;
    const here = this.at.row === r && this.at.column === c;
    return html`<td class="cell" role="gridcell" tabindex=${here ? 0 : -1} data-at="${r} ${c}" ?data-partial=${cell.partial}
      ${style({ "--part": String(most === 0 || cell.share === null ? 0 : cell.share / most) })}
      @pointerenter=${(event) => this.show(event.currentTarget, row, c)} @focus=${(event) => this.enter(event.currentTarget, row, r, c)}
      @blur=${this.hide}>${percent(cell.share)}<span class="out-of-sight">${this.ofWhat(cell)}</span></td>`;
  }

  enter(target, row, r, c) {
    this.at = { row: r, column: c };
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.show(target, row, c);
  }

  async show(target, row, c) {
    const cell = row.cells[c];
    this.tip = { title: this.tell(row, c), share: percent(cell.share), rest: this.ofWhat(cell) };
    await this.updateComplete;
    const tip = this.renderRoot.querySelector(".tip");
    if (tip === null) return;
    const [box, host] = [target.getBoundingClientRect(), this.getBoundingClientRect()];
    const { width, height } = tip.getBoundingClientRect();
    const x = Math.min(host.width - width, Math.max(0, box.left - host.left + (box.width - width) / 2));
    const above = box.top - host.top - height - 6;
    tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(above < 0 ? box.bottom - host.top + 6 : above)}px)`;
  }

  ofWhat({ count: some, of, partial }) {
    return `${some === undefined ? "" : `, ${count(some)} of ${count(of)} ${this.unit}`}${partial ? ", so far" : ""}`;
  }

  hide() {
    if (this.tip !== null) this.tip = null;
  }

  walk(event) {
    if (event.target.dataset?.at === undefined) return;
    const { row, column } = this.at;
    const last = (r) => this.rows[r].cells.findLastIndex((cell) => cell !== null);
    const to = { ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column], Home: [row, 0], End: [row, Infinity] }[event.key];
    if (event.key === "Escape") this.hide();
    if (to === undefined) return;
    event.preventDefault();
    let r = Math.min(this.rows.length - 1, Math.max(0, to[0]));
    while (last(r) < 0 && r > 0) r -= 1; // A row without a cell yet.
    const c = Math.min(last(r), Math.max(0, to[1]));
    this.renderRoot.querySelector(`[data-at="${r} ${c}"]`)?.focus();
  }

  pick(key) {
    this.dispatchEvent(new CustomEvent("pick", { detail: key }));
  }
}

customElements.define("rv-heat-map", RvHeatMap);
