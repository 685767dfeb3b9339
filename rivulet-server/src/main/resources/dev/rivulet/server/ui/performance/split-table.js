import { LitElement, css, html } from "lit";
import { count, foreign, percent } from "../lib/format.js";
import { milliseconds } from "../kit/percentile-bands.js";
import { shared } from "../kit/styles.js";
import { style } from "../kit/style.js";

/** An endpoint split by node or status: how much of it each has, and how quick it is there. */
export class RvSplitTable extends LitElement {
  static properties = { groups: { attribute: false }, requests: { attribute: false }, name: {}, none: {}, token: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { display: block; min-width: 0; overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; }
      th, td { height: 2.5rem; padding: 0 0 0 var(--space-4); font-weight: 400; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
      thead th { height: 2.25rem; color: var(--muted); font-size: var(--size-s); border-bottom-color: var(--line-strong); }
      th:first-child { padding-left: 0; width: 99%; max-width: 0; min-width: 6rem; text-align: left; }
      td { font-weight: 600; }
      td.minor { font-weight: 400; color: var(--muted); }
      .bar { display: block; height: 0.25rem; margin-top: 0.15rem; border-radius: 1rem; background: var(--line); overflow: hidden; }
      .bar i { display: block; height: 100%; width: calc(var(--part) * 100%); }
    `,
  ];

  render() {
    return html`<table aria-label="By ${this.name}"><thead><tr><th scope="col">${this.name}</th><th scope="col">requests</th><th scope="col">share</th>
      <th scope="col">p50</th><th scope="col">p95</th><th scope="col">p99</th></tr></thead>
      <tbody>${this.groups.map((group) => this.row(group))}</tbody></table>`;
  }

  row({ group, requests, p50, p95, p99 }) {
    const share = requests / this.requests;
    return html`<tr><th scope="row"><span class="cut"><bdi>${group === null ? this.none : foreign(group)}</bdi></span><span class="bar"><i
      ${style({ "--part": String(share), background: `var(${this.token?.(group) ?? "--water"})` })}></i></span></th>
      <td>${count(requests)}</td><td class="minor">${percent(share)}</td><td class="minor">${milliseconds(p50)}</td><td>${milliseconds(p95)}</td><td>${milliseconds(p99)}</td></tr>`;
  }
}

customElements.define("rv-split-table", RvSplitTable);
