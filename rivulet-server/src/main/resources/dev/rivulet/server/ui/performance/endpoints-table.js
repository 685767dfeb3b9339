import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { compact, count, foreign, percent } from "../lib/format.js";
import { setParams } from "../lib/router.js";
import { icon } from "../kit/icon.js";
import { milliseconds } from "../kit/percentile-bands.js";
import { shared } from "../kit/styles.js";
import { style } from "../kit/style.js";
import { endpointAddress, endpointName } from "./question.js";
import "../kit/sparkline.js";

/** Shares of errors above this are told in the colour of alarm. */
const MANY_ERRORS = 0.01;

const COLUMNS = [
  { id: "requests", label: "requests", say: ({ requests }) => count(requests) },
  { id: "totalMillis", label: "of all time", title: "Its share of the time that all requests took together" },
  { id: "p50", label: "p50", say: ({ p50 }) => milliseconds(p50), minor: true },
  { id: "p95", label: "p95", say: ({ p95 }) => milliseconds(p95) },
  { id: "p99", label: "p99", say: ({ p99 }) => milliseconds(p99) },
  { id: "max", label: "max", say: ({ max }) => milliseconds(max), minor: true },
  { id: "errorRate", label: "errors", title: "Answers of 500 to 599", say: ({ errorRate }) => percent(errorRate) },
  { id: "apdex", label: "Apdex", say: ({ apdex }) => (apdex === null ? "–" : apdex.toFixed(2)) },
];

/** The endpoints, the first by what the page sorts by; a name leads to the endpoint's own page. */
export class RvEndpointsTable extends LitElement {
  static properties = { report: { attribute: false }, sort: {}, find: {}, all: { type: Boolean } };

  static styles = [
    shared,
    css`
      :host { display: grid; gap: var(--space-3); min-width: 0; }
      .head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-5); }
      .find { display: flex; align-items: center; gap: var(--space-2); margin-left: auto; color: var(--muted); border-bottom: 1px solid var(--line-strong); }
      .find:focus-within { border-color: var(--water); }
      .find input { width: 13rem; height: 2rem; border: 0; background: none; outline: none; color: var(--text); }
      .find input::-webkit-search-cancel-button { display: none; }
      .scroll { overflow-x: auto; overscroll-behavior-x: contain; }
      table { width: 100%; border-collapse: collapse; }
      th, td { height: 2.75rem; padding: 0 0 0 var(--space-4); font-weight: 400; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
      thead th { height: 2.25rem; color: var(--muted); font-size: var(--size-s); border-bottom-color: var(--line-strong); }
      thead button { display: inline-flex; gap: 0.3em; min-height: 2.25rem; align-items: center; }
      thead button:hover, thead [aria-sort="descending"] button, thead [aria-sort="ascending"] button { color: var(--text); }
      thead [aria-sort="descending"] button, thead [aria-sort="ascending"] button { font-weight: 600; }
      th.name { width: 99%; min-width: 11rem; max-width: 0; padding-left: 0; text-align: left; }
      tbody tr { position: relative; }
      tbody tr:hover { background: var(--hover); }
      tbody tr:hover a .path { color: var(--water); }
      .name a, .name > span { display: flex; align-items: baseline; gap: var(--space-2); min-width: 0; }
      .name a::after { content: ""; position: absolute; inset: 0; }
      .path { font-weight: 600; }
      .method { flex: none; min-width: 3.4rem; color: var(--muted); font-size: var(--size-xs); letter-spacing: 0.03em; }
      td { font-weight: 600; }
      td.minor { font-weight: 400; color: var(--muted); }
      td.many { color: var(--alarm); }
      .share { display: inline-grid; grid-template-columns: 3.2rem 3rem; align-items: center; gap: var(--space-2); font-weight: 400; }
      .bar { height: 0.35rem; border-radius: 1rem; background: var(--line); overflow: hidden; }
      .bar i { display: block; height: 100%; width: calc(var(--part) * 100%); background: var(--water); }
      .trend { width: 7rem; }
      .trend rv-sparkline { width: 6rem; height: 1.5rem; margin-left: auto; }
      tr.gone td, tr.gone .path { color: var(--muted); font-weight: 400; }
      .hint { display: block; color: var(--sand); font-size: var(--size-s); white-space: normal; padding-bottom: var(--space-2); }
      @media (min-width: 88rem) {
        .share { grid-template-columns: 3.2rem 7rem; }
        .trend { width: 15rem; }
        .trend rv-sparkline { width: 13.5rem; }
      }
      @media (max-width: 62rem) { .wide { display: none; } }
      @media (max-width: 44rem) {
        .find { margin-left: 0; flex: 1 1 100%; }
        .find input { flex: 1; }
        table, tbody { display: block; }
        thead tr { display: flex; flex-wrap: wrap; gap: 0 var(--space-4); border-bottom: 1px solid var(--line-strong); }
        thead th { padding: 0; border: 0; height: auto; }
        thead .name, thead .trend { display: none; }
        tbody tr { display: grid; grid-template-columns: repeat(4, auto); justify-content: space-between; padding: var(--space-2) 0; border-bottom: 1px solid var(--line); }
        th, td { height: auto; padding: 0; border: 0; }
        th.name { grid-column: 1 / -1; width: auto; max-width: none; min-width: 0; }
        .method { min-width: 0; }
        td { font-size: var(--size-s); }
        td::before { content: attr(data-label) " "; color: var(--muted); font-weight: 400; }
        td.small-out, .trend { display: none; }
      }
    `,
  ];

  render() {
    const { endpoints, endpointCount, other } = this.report;
    const wanted = this.find.trim().toLowerCase();
    const shown = endpoints.filter(({ endpoint, method }) => endpointName(endpoint, method).toLowerCase().includes(wanted));
    return html`
      <div class="head"><h2>${count(endpointCount)} ${endpointCount === 1 ? "endpoint" : "endpoints"}</h2>
        <label class="find">${icon("search")}<input id="find" type="search" placeholder="Find an endpoint" aria-label="Find an endpoint" maxlength="200"
          autocomplete="off" spellcheck="false" .value=${this.find} @input=${({ target }) => setParams({ find: target.value.trim() }, { replace: true })}></label></div>
      <div class="scroll"><table aria-label="Endpoints">
        <thead><tr><th scope="col" class="name">endpoint</th>${COLUMNS.map((column) => this.head(column))}<th scope="col" class="trend wide">p50 to p95</th></tr></thead>
        <tbody id="endpoints">${repeat(shown, ({ endpoint, method }) => JSON.stringify([endpoint, method]), (row) => this.row(row))}</tbody>
      </table></div>
      ${shown.length === 0 ? html`<p class="muted" id="none">${other > 0 ? "None of those listed" : "No endpoint"} has <b><bdi>${foreign(this.find)}</bdi></b> in its name.</p>` : nothing}
      ${other === 0 ? nothing : html`<p class="muted small">${count(other)} requests of endpoints that are not listed.
        ${this.all ? nothing : html`<button class="button" id="all" @click=${() => setParams({ all: true }, { replace: true })}>Show more</button>`}</p>`}
    `;
  }

  head({ id, label, title, minor }) {
    const state = this.sort !== id ? "none" : id === "apdex" ? "ascending" : "descending";
    return html`<th scope="col" class="${minor ? "wide" : ""}" title=${title ?? nothing} aria-sort=${state}><button @click=${() => setParams({ sort: id === "requests" ? null : id }, { replace: true })}>${label}${
      state === "none" ? nothing : html`<span aria-hidden="true">${state === "ascending" ? "↑" : "↓"}</span>`}</button></th>`;
  }

  row(row) {
    const { endpoint, method, hint, series } = row;
    const name = html`<span class="method">${method === null ? "" : foreign(method)}</span><span class="path cut" title=${endpoint === null ? nothing : foreign(endpoint)}><bdi>${
      endpoint === null ? "(no endpoint)" : hint ? "all others" : foreign(endpoint)}</bdi></span>`;
    return html`<tr class=${row.requests === 0 ? "gone" : ""}>
      <th scope="row" class="name">${endpoint === null ? html`<span>${name}</span>` : html`<a href=${endpointAddress(endpoint, method)} data-page>${name}</a>`}${
        hint ? html`<span class="hint">${hint}</span>` : nothing}</th>
      ${COLUMNS.map((column) => this.cell(column, row))}
      <td class="trend wide">${series === undefined ? nothing : html`<rv-sparkline .values=${series.map(({ p50 }) => p50)} .upper=${series.map(({ p95 }) => p95)}></rv-sparkline>`}</td></tr>`;
  }

  cell({ id, label, say, minor }, row) {
    if (id === "totalMillis") {
      const whole = this.report.total.totalMillis;
      const share = row.totalMillis === null || !(whole > 0) ? null : row.totalMillis / whole;
      return html`<td data-label="of all time" class="small-out" title=${share === null ? nothing : milliseconds(row.totalMillis)}><span class="share"><span>${percent(share)}</span>
        <span class="bar"><i ${style({ "--part": String(share ?? 0) })}></i></span></span></td>`;
    }
    const many = id === "errorRate" && row.errorRate > MANY_ERRORS;
    const small = ["requests", "p95", "p99", "errorRate"].includes(id);
    return html`<td data-label=${label} class="${minor ? "minor wide" : ""} ${many ? "many" : ""} ${small ? "" : "small-out"}"
      title=${id === "requests" && row.throughput !== null ? `${compact(row.throughput)} a second` : nothing}>${say(row)}</td>`;
  }
}

customElements.define("rv-endpoints-table", RvEndpointsTable);
