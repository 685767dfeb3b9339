import { LitElement, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { count, exactness, foreign, since } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { setRange } from "../lib/question.js";
import { Refresher } from "../lib/refresher.js";
import { navigate, onNavigate, setParams } from "../lib/router.js";
import { RANGES, dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { milliseconds, percentileToken } from "../kit/percentile-bands.js";
import { sentenceStyles } from "../kit/sentence-styles.js";
import { shared } from "../kit/styles.js";
import { style } from "../kit/style.js";
import { bandsOf, statusToken, statusesOf } from "./drawing.js";
import { performanceStyles } from "./performance-styles.js";
import { PATH, TARGETS, USUAL_APDEX, allAddress, callsOf, endpointAddress, endpointName, question } from "./question.js";
import { ways } from "./teach.js";
import "../kit/chart.js";
import "../kit/first-event.js";
import "../kit/latency-heat-map.js";
import "../kit/percentile-bands.js";
import "../kit/picker.js";
import "../kit/range-picker.js";
import "../kit/source.js";
import "../kit/states.js";
import "./endpoints-table.js";
import "./figures.js";
import "./split-table.js";

const REFRESH_MILLIS = 2_000;
/** A question that takes long is asked again a tenth of the time at most, but for very long ones. */
const REST = 10;
const MOST_REST_MILLIS = 15_000;
/** Where nothing comes, only the clock moves the range on. */
const IDLE_MILLIS = 30_000;
const METRIC = "response_time";

/** How long requests take, all of them or one endpoint's. The address is the state. */
export class RvPerformancePage extends LitElement {
  static properties = { asked: { state: true }, answers: { state: true }, error: { state: true }, seen: { state: true }, names: { state: true } };

  static styles = [shared, pageStyles, sentenceStyles, performanceStyles];

  constructor() {
    super();
    this.answers = null;
    this.error = null;
    this.seen = undefined; // Not known yet; null when no response time ever came.
    this.names = [];
    this.projectZone = "UTC";
    this.shift = 0;
    this.refresher = new Refresher(this, () => this.load(), {
      pause: (took) => (this.seen === null ? 0 : Math.min(MOST_REST_MILLIS, Math.max(REFRESH_MILLIS, REST * took))),
    });
    this.loadedAt = -Infinity;
    this.toldRequests = null;
    this.asked = question(this.projectZone, Date.now());
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [
      onNavigate(() => this.turn()),
      watch("overview", (message) => this.heard(message)),
      watch("performance", ({ total }) => this.told(total)),
    ];
    this.turn();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    this.request?.abort();
  }

  get now() {
    return Date.now() + this.shift;
  }

  /** The overview tells the server's clock and zone. */
  heard({ at, timezone }) {
    this.shift = Date.parse(at) - Date.now();
    if (timezone === this.projectZone) return;
    this.projectZone = timezone;
    this.turn();
  }

  turn() {
    if (location.pathname !== "/performance") return;
    const before = this.asked;
    this.asked = question(this.projectZone, this.now);
    const { endpoint, method } = this.asked;
    if (before.endpoint !== endpoint || before.method !== method) scrollTo(0, 0); // Another endpoint begins at its top.
    document.title = `${endpoint === null ? "Performance" : foreign(endpointName(endpoint, method)).slice(0, 60)} · Rivulet`;
    const key = JSON.stringify(callsOf(this.asked));
    if (key === this.key || !this.isConnected) return;
    this.key = key;
    this.load();
  }

  /** The topic tells the last minutes every second; what matters is whether requests came. */
  told({ requests }) {
    if (requests === this.toldRequests && performance.now() - this.loadedAt < IDLE_MILLIS) return;
    this.toldRequests = requests;
    if (this.asked.moving) this.refresher.soon();
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const { asked } = this;
    const calls = callsOf(asked);
    try {
      const entries = await Promise.all(Object.entries(calls).map(async ([name, { path, params }]) =>
        [name, await ask(path, params, { signal: request.signal })]));
      const answers = Object.fromEntries(entries);
      this.loadedAt = performance.now();
      if (answers.report.total.requests === 0) await this.look(request.signal);
      else this.seen = true;
      if (asked.endpoint === null) this.names = answers.report.endpoints;
      else if (this.names.length === 0) this.loadNames(asked);
      this.answers = { ...answers, asked, calls, key: JSON.stringify(calls) };
      this.error = null;
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused) this.error = error;
    }
  }

  /** Whether a response time ever came, and when. */
  async look(signal) {
    const { metrics } = await ask("/api/v1/metrics", {}, { signal });
    this.seen = metrics.find(({ metric }) => metric === METRIC) ?? null;
  }

  async loadNames({ range }) {
    try {
      const { endpoints } = await ask(PATH, { ...(range.last ? range : { last: "24h" }), limit: 300 });
      this.names = endpoints;
    } catch {
      // The picker then offers only what is chosen.
    }
  }

  render() {
    if (this.seen === null) {
      return html`<div class="first"><rv-first-event heading="No response time has come yet." .ways=${ways}
        lead="Send how long a request took, with its route template, method and status. Percentiles, heat map and endpoints appear here, without a reload."></rv-first-event></div>`;
    }
    return html`<div class="page">
      <h1 class="out-of-sight">Performance</h1>
      ${this.sentence()}
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`}
      ${this.answers !== null ? this.result() : this.error === null ? html`<div aria-busy="true"><rv-skeleton lines="3"></rv-skeleton><rv-skeleton chart></rv-skeleton></div>` : nothing}
    </div>`;
  }

  sentence() {
    const { endpoint, method, range, zone, apdex } = this.asked;
    const value = endpoint === null ? null : JSON.stringify([endpoint, method]);
    const options = [{ value: null, label: "every endpoint" }, ...this.names.filter((one) => one.endpoint !== null).map((one) => ({
      value: JSON.stringify([one.endpoint, one.method]), label: endpointName(one.endpoint, one.method), detail: milliseconds(one.p95) }))];
    if (value !== null && options.every((option) => option.value !== value)) options.push({ value, label: endpointName(endpoint, method) });
    const targets = [...new Set([...TARGETS, apdex])].sort((a, b) => a - b).map((millis) => ({ value: millis, label: milliseconds(millis) }));
    return html`<div class="sentence" role="group" aria-label="The question">
      <span>how quick is</span> <rv-picker id="endpoint" label="Endpoint" search="Find an endpoint" .value=${value} .options=${options}
        @pick=${({ detail }) => navigate(detail === null ? allAddress() : endpointAddress(...JSON.parse(detail)))}></rv-picker>
      <span>${range.last ? "in the" : "from"}</span> <rv-range-picker id="range" .range=${range} .zone=${zone} .now=${this.now} @range=${({ detail }) => setRange(detail)}></rv-range-picker>
      <span>where good is up to</span> <rv-picker id="apdex" label="Good up to" .value=${apdex} .options=${targets}
        @pick=${({ detail }) => setParams({ apdex: detail === USUAL_APDEX ? null : detail })}></rv-picker></div>`;
  }

  result() {
    const { report, key } = this.answers;
    const waiting = key !== this.key;
    if (report.total.requests === 0 && !report.total.previous?.requests) return html`<div class="result" ?data-waiting=${waiting}>${this.silent()}${this.source("report")}</div>`;
    return html`<div class="result" ?data-waiting=${waiting}>
      <div class="whole"><rv-performance-figures id="total" .total=${report.total} .apdexMillis=${report.apdexMillis}></rv-performance-figures></div>
      ${this.source("report", [`${count(report.total.requests)} requests`, "times in ms"])}
      ${report.total.requests === 0 ? this.silent() : html`${this.bands()}<div class="two">${this.heat()}${this.statuses()}</div>`}
      <div class="below">${this.answers.asked.endpoint === null ? html`<rv-endpoints-table .report=${report} .sort=${this.asked.sort} .find=${this.asked.find} ?all=${this.asked.all}></rv-endpoints-table>` : this.splits()}</div>
    </div>`;
  }

  bands() {
    const { report, asked } = this.answers;
    const chart = bandsOf(report, asked);
    const scales = [["linear", "Linear", null], ["log", "Logarithmic", "log"]];
    return html`<section class="panel" aria-labelledby="bands-title"><header><h2 id="bands-title">Percentiles</h2>
        <p class="legend">${chart.percentiles.map(({ label }, i) => html`<span><i ${style({ background: `var(${percentileToken(i)})` })}></i>${label}</span>`)}</p>
        <div class="scale" role="group" aria-label="Scale">${scales.map(([id, label, value]) => html`<button id=${id} aria-pressed=${this.asked.log === (value === "log")}
          @click=${() => setParams({ scale: value }, { replace: true })}>${label}</button>`)}</div></header>
      <rv-percentile-bands id="bands" zoom ?log=${this.asked.log} .times=${chart.times} .percentiles=${chart.percentiles} .partial=${chart.partial} .stepSeconds=${chart.stepSeconds}
        .zone=${chart.zone} .name=${chart.name} label="Percentiles of response times over time" @range=${({ detail }) => this.zoomed(detail)}></rv-percentile-bands></section>`;
  }

  heat() {
    const { heat, asked } = this.answers;
    return html`<section class="panel" aria-labelledby="heat-title"><header><h2 id="heat-title">How many took how long</h2></header>
      <rv-latency-heat-map id="heat" .times=${heat.times} .bounds=${heat.bounds} .counts=${heat.counts} .stepMillis=${asked.step.millis} .partial=${heat.partial ? heat.times.length - 1 : -1}
        .zone=${asked.zone} label="Requests by time and duration" @pick=${({ detail }) => this.zoomed({ from: detail.from / 1_000, to: detail.to / 1_000 })}></rv-latency-heat-map>
      ${this.source("heat", ["requests by time and duration", "deeper is more"])}</section>`;
  }

  statuses() {
    const { report, asked } = this.answers;
    const chart = statusesOf(report, asked);
    return html`<section class="panel" aria-labelledby="mix-title"><header><h2 id="mix-title">Answers</h2>
        <p class="legend">${chart.series.map(({ label, token }) => html`<span><i ${style({ background: `var(${token})` })}></i>${label}</span>`)}</p></header>
      <rv-chart id="mix" zoom stacked .times=${chart.times} .series=${chart.series} .partial=${chart.partial} .stepSeconds=${chart.stepSeconds} .zone=${chart.zone} .name=${chart.name}
        label="Requests by class of status over time" @range=${({ detail }) => this.zoomed(detail)}></rv-chart>
      ${this.source("report", [`requests by ${asked.step.label}`])}</section>`;
  }

  splits() {
    const { report, statuses } = this.answers;
    const { requests } = report.total;
    if (requests === 0) return nothing;
    return html`<div class="two"><section class="panel" aria-labelledby="nodes-title"><h2 id="nodes-title">On ${report.groupCount === 1 ? "one node" : `${count(report.groupCount)} nodes`}</h2>
        <rv-split-table id="nodes" name="node" none="no node named" .groups=${report.groups} .requests=${requests}></rv-split-table>${this.source("report", ["by node"])}</section>
      <section class="panel" aria-labelledby="statuses-title"><h2 id="statuses-title">By status</h2>
        <rv-split-table id="statuses" name="status" none="no status" .groups=${statuses.groups} .requests=${statuses.total.requests} .token=${statusToken}></rv-split-table>${this.source("statuses", ["by status"])}</section></div>`;
  }

  source(name, facts = []) {
    const { [name]: answer, asked, calls } = this.answers;
    const [from, to] = [answer.from, answer.to].map((time) => dayClock(Date.parse(time), asked.zone));
    const good = exactness(answer.total ?? answer);
    return html`<rv-source .facts=${[...facts, `${from} to ${to}`, asked.zone, answer.total && good !== "" ? `counts exact, percentiles ${good}` : good]}
      path=${calls[name].path} .params=${calls[name].params}></rv-source>`;
  }

  silent() {
    const { endpoint, method, range } = this.answers.asked;
    const longest = RANGES.at(-1);
    return html`<div class="silent"><p>${endpoint === null ? "No request" : html`No request to <b><bdi>${foreign(endpointName(endpoint, method))}</bdi></b>`} in this range.
      ${this.seen?.lastSeen ? html`The last response time came ${since(Date.parse(this.seen.lastSeen), this.now)}.` : nothing}</p>
      ${range.last === longest.value ? nothing : html`<button class="button" @click=${() => setRange({ last: longest.value })}>Show the ${longest.label}</button>`}</div>`;
  }

  zoomed({ from, to }) {
    const minute = 60_000;
    const begin = Math.floor((from * 1_000) / minute) * minute;
    setRange({ from: begin, to: Math.max(begin + minute, Math.ceil((to * 1_000) / minute) * minute) });
  }
}

customElements.define("rv-performance-page", RvPerformancePage);
