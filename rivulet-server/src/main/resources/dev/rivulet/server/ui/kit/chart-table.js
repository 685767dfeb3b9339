import { css, html } from "lit";
import { foreign } from "../lib/format.js";

/** A value of a chart, in words. */
export const told = (value, format) => (value === null || value === undefined ? "no data" : format(value));

/** The bucket of a chart, in words. */
export const bucketOf = ({ name, partial }, index) => name(index) + (index === partial ? ", so far" : "");

/** What a chart draws, as a table: for who does not see it and for who wants the values. */
export const tableOf = (chart) => html`<div class="listed" tabindex="0" role="region" aria-label="${chart.label ?? ""}: table"><table>
  <thead><tr><td></td>${chart.series.map(({ label }) => html`<th scope="col"><bdi>${foreign(label)}</bdi></th>`)}</tr></thead>
  <tbody>${chart.times.map((_, i) => html`<tr><th scope="row">${bucketOf(chart, i)}</th>${chart.series.map(({ values }) =>
    html`<td>${told(values[i], chart.format)}</td>`)}</tr>`)}</tbody></table></div>`;

export const chartTableStyles = css`
  .listed { position: absolute; inset: 0; overflow: auto; overscroll-behavior: contain; font-size: var(--size-s); }
  .listed table { width: 100%; border-collapse: collapse; }
  .listed :is(th, td) { height: 1.9rem; padding: 0 var(--space-4) 0 0; text-align: right; font-weight: 600; white-space: nowrap; border-bottom: 1px solid var(--line); }
  .listed th { text-align: left; font-weight: 400; }
  .listed thead th { color: var(--muted); text-align: right; }
  /* Like the link that skips the menu: there for who reaches it with the keyboard, or by reading. */
  .turn { position: absolute; z-index: 3; right: 0; bottom: calc(100% - 1.5rem); min-height: 1.75rem; background: var(--raised); font-size: var(--size-s); }
  :host([listed]) .frame { visibility: hidden; }
  .turn:not(:focus-visible):not([aria-pressed="true"]) { position: absolute; width: 1px; height: 1px; min-height: 0; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
