import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { foreign, percent } from "../lib/format.js";
import { style } from "./style.js";
import { shared } from "./styles.js";
import "./number.js";

/**
 * Names with counts, longest bar first. `rows`: `[{name, count, href?}]`; `total` makes shares;
 * `mono` for paths. Rows keep their identity, so that bars grow rather than blink.
 */
export class RvBarList extends LitElement {
  static properties = {
    rows: { attribute: false },
    total: { attribute: false },
    mono: { type: Boolean },
    none: {},
  };

  static styles = [
    shared,
    css`
      :host { display: block; }
      li { position: relative; display: flex; align-items: center; gap: var(--space-3); min-height: 2.25rem; }
      li + li { border-top: 1px solid var(--line); }
      .bar { position: absolute; inset: auto auto -1px 0; height: 2px; width: 100%; background: var(--water); transform-origin: 0 50%; transform: scaleX(var(--part)); transition: transform var(--flow) ease-out; }
      li > .cut { flex: 1; }
      a.cut:hover { color: var(--water); }
      a.cut::after { content: ""; position: absolute; inset: 0; }
      .mono { font-family: var(--mono); font-size: 0.88em; }
      rv-number { font-weight: 600; }
      .share { min-width: 3.2em; color: var(--muted); font-size: var(--size-s); text-align: right; }
      .none { padding: var(--space-4) 0; color: var(--muted); }
    `,
  ];

  constructor() {
    super();
    this.rows = [];
    this.none = "Nothing yet";
  }

  render() {
    if (this.rows.length === 0) return html`<p class="none">${this.none}</p>`;
    const most = Math.max(1, ...this.rows.map((row) => row.count));
    return html`<ol>${repeat(this.rows, (row) => row.name, (row) => this.row(row, most))}</ol>`;
  }

  row({ name, count, href }, most) {
    const shown = foreign(name);
    const names = `cut ${this.mono ? "mono" : ""}`;
    return html`<li>
      ${href
        ? html`<a class=${names} href=${href} data-page title=${shown}><bdi>${shown}</bdi></a>`
        : html`<span class=${names} title=${shown}><bdi>${shown}</bdi></span>`}
      <rv-number .value=${count}></rv-number>
      ${this.total ? html`<span class="share">${percent(count / this.total)}</span>` : nothing}
      <span class="bar" ${style({ "--part": String(count / most) })}></span>
    </li>`;
  }
}

customElements.define("rv-bar-list", RvBarList);
