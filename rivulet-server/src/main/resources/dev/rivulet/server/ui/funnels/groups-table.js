import { LitElement, css, html, nothing } from "lit";
import { count, foreign, percent } from "../lib/format.js";
import { nameOf } from "../events/groups.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { stepName } from "./funnels.js";

const FIRST_ROWS = 12;

/** A row per value of the property, a bar per step: all bars are shares of who entered with that value. */
export class RvFunnelGroups extends LitElement {
  static properties = { groups: { attribute: false }, steps: { attribute: false }, by: {}, order: {}, sort: { state: true }, all: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: block; overflow-x: auto; }
      table { width: 100%; border-collapse: collapse; }
      th, td { height: 2.75rem; padding: 0 var(--space-4) 0 0; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); white-space: nowrap; }
      thead th { height: 2.25rem; color: var(--muted); font-size: var(--size-s); border-bottom-color: var(--line-strong); }
      th:first-child { width: 20%; max-width: 12rem; overflow: hidden; text-overflow: ellipsis; }
      .numeric { width: 1%; text-align: right; font-weight: 600; padding-right: var(--space-5); }
      thead .numeric { font-weight: 400; }
      th:last-child, td:last-child { padding-right: 0; }
      .step { min-width: 6.5rem; max-width: 9rem; overflow: hidden; text-overflow: ellipsis; }
      .cell { position: relative; display: block; height: 1.6rem; line-height: 1.6rem; padding-left: 0.4rem; background: var(--sunken); border-radius: 3px; overflow: hidden; }
      .cell span { position: absolute; inset: 0 auto 0 0; width: max(2px, calc(var(--part) * 100%)); background: var(--water-deep); transition: width var(--flow) ease-out; }
      .last .cell span { background: var(--heat); }
      .cell b { position: relative; font-weight: 400; font-size: var(--size-s); }
      .last .cell b { font-weight: 600; }
      tbody tr:hover { background: var(--hover); }
      button.head { min-height: 2.25rem; }
      button.head:hover, [aria-sort="descending"] button.head { color: var(--text); }
      @media (max-width: 40rem) { .step:not(.last) { display: none; } th:first-child { width: 40%; } .step { width: 40%; } }
      .more { padding: var(--space-3) 0; }
    `,
  ];

  constructor() {
    super();
    this.sort = "entered";
    this.all = false;
  }

  render() {
    const later = this.steps.slice(1);
    const rows = this.sort === "entered" ? this.groups : this.groups.toSorted((a, b) => (b.steps.at(-1).fromStart ?? -1) - (a.steps.at(-1).fromStart ?? -1));
    const shown = this.all ? rows : rows.slice(0, FIRST_ROWS);
    return html`<table aria-label="Conversion by ${foreign(this.by)}">
      <thead><tr><th scope="col"><bdi>${foreign(this.by)}</bdi></th>
        <th scope="col" class="numeric" aria-sort=${this.sort === "entered" ? "descending" : "none"}><button class="head" @click=${() => (this.sort = "entered")}>entered</button></th>
        ${later.map((step, i) => this.head(step, i === later.length - 1))}</tr></thead>
      <tbody>${shown.map((group) => this.row(group))}</tbody></table>
      ${rows.length > shown.length ? html`<p class="more"><button class="button" @click=${() => (this.all = true)}>Show all ${rows.length}</button></p>` : nothing}`;
  }

  head(step, last) {
    const name = this.order === "any" ? `${step.step} different` : stepName(step);
    if (!last) return html`<th scope="col" class="step" title=${name}><bdi>${name}</bdi></th>`;
    return html`<th scope="col" class="step last" title=${name} aria-sort=${this.sort === "entered" ? "none" : "descending"}><button class="head cut" @click=${() => (this.sort = "conversion")}><bdi>${name}</bdi></button></th>`;
  }

  row({ group, entered, steps }) {
    const name = group === "$other" ? "all others" : nameOf(group);
    return html`<tr><th scope="row" title=${foreign(name)}><bdi>${foreign(name)}</bdi></th><td class="numeric">${count(entered)}</td>
      ${steps.slice(1).map((step, i) => html`<td class="step ${i === steps.length - 2 ? "last" : ""}"><span class="cell" title="${count(step.users)} of ${count(entered)}">
        <span ${style({ "--part": String(step.fromStart ?? 0) })}></span><b>${percent(step.fromStart)}</b></span></td>`)}</tr>`;
  }
}

customElements.define("rv-funnel-groups", RvFunnelGroups);
