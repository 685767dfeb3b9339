import { LitElement, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ask } from "../lib/api.js";
import { count, foreign, since } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { navigate, onNavigate, params, setParams } from "../lib/router.js";
import { dayClock } from "../lib/time.js";
import { partialIndex } from "../kit/chart-data.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { listStyles } from "./list-styles.js";
import { metricAddress, metricPath, writing } from "./metrics.js";
import { ways } from "./teach.js";
import "../kit/find-bar.js";
import "../kit/first-event.js";
import "../kit/number.js";
import "../kit/source.js";
import "../kit/sparkline.js";
import "../kit/states.js";

const METRICS = "/api/v1/metrics";
const AT_ONCE = 40;
const REFRESH_MILLIS = 2_000;
/** A row's last 24 hours are asked again this often, and a few rows at a time. */
const DAY_MILLIS = 10_000;
const ASKED_AT_ONCE = 3;

/** What the last day of a kind of metric comes to in one number. */
const LAST_DAY = {
  gauge: { stat: "mean", word: "mean" },
  counter: { stat: "sum", word: "sum" },
  histogram: { stat: "p50", word: "median" },
  none: { stat: "mean", word: "mean" },
};
const dayOf = (kind) => LAST_DAY[kind] ?? LAST_DAY.none;

/** Every metric with its last 24 hours, and a search by name. The address is the state. */
export class RvMetricsPage extends LitElement {
  static properties = { wanted: { state: true }, metrics: { state: true }, days: { state: true }, error: { state: true }, clock: { state: true }, most: { state: true } };

  static styles = [shared, pageStyles, listStyles];

  constructor() {
    super();
    this.wanted = params().get("search") ?? "";
    this.metrics = null;
    this.days = new Map();
    this.error = null;
    this.clock = Date.now();
    this.shift = 0;
    this.zone = "UTC";
    this.most = AT_ONCE;
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.turn()), watch("overview", ({ at, timezone }) => {
      this.shift = Date.parse(at) - Date.now();
      this.zone = timezone;
    })];
    this.ticking = setInterval(() => (this.clock = Date.now()), 1_000);
    this.refresh();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    clearInterval(this.ticking);
    clearTimeout(this.refreshing);
  }

  get now() {
    return this.clock + this.shift;
  }

  get shown() {
    const wanted = this.wanted.trim().toLowerCase();
    return (this.metrics ?? []).filter(({ metric }) => metric.toLowerCase().includes(wanted));
  }

  turn() {
    const wanted = params().get("search") ?? "";
    if (location.pathname === "/metrics/explore" && wanted !== this.wanted.trim()) this.wanted = wanted;
  }

  /** Metrics have no topic for all of them: the list is asked for, while somebody sees it. */
  async refresh() {
    clearTimeout(this.refreshing);
    if (!document.hidden) {
      await this.load();
      await this.loadDays();
    }
    if (this.isConnected) this.refreshing = setTimeout(() => this.refresh(), REFRESH_MILLIS);
  }

  async load() {
    try {
      const { metrics } = await ask(METRICS);
      this.metrics = metrics;
      this.error = null;
    } catch (error) {
      if (!error.refused) this.error = error;
    }
  }

  /** Only of the rows in sight, and only of those whose last 24 hours have grown old. */
  async loadDays() {
    const due = this.shown.slice(0, this.most).filter(({ metric }) => Date.now() - (this.days.get(metric)?.at ?? -Infinity) > DAY_MILLIS && metricAddress(metric) !== null);
    const next = async () => {
      for (let one = due.shift(); one !== undefined && this.isConnected; one = due.shift()) await this.loadDay(one);
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, next));
  }

  async loadDay({ metric, kind }) {
    const { stat } = dayOf(kind);
    let shown = this.days.get(metric);
    try {
      const [answer, current] = await Promise.all([
        ask(metricPath(metric), { stat, last: "24h", step: "15m" }),
        kind === "gauge" ? ask(metricPath(metric, "/current")) : null,
      ]);
      shown = { stat, answer, current };
    } catch {
      // The row keeps what it had.
    }
    this.days.set(metric, { ...shown, at: Date.now() });
    this.days = new Map(this.days);
  }

  find(search) {
    setParams({ search }, { replace: true });
  }

  /** Enter opens the first metric found. */
  enter() {
    const first = this.shown[0];
    const target = first === undefined ? null : metricAddress(first.metric);
    if (target !== null) navigate(target);
  }

  render() {
    if (this.metrics?.length === 0) {
      return html`<div class="first"><rv-first-event heading="Nothing has been measured yet." .ways=${ways}
        lead="Send one sample, a number with a name, and its history grows here, without a reload."></rv-first-event></div>`;
    }
    return html`<div class="page">
      <h1 class="out-of-sight">Metrics</h1>
      <rv-find-bar label="Find a metric by name" placeholder="Find a metric" .wanted=${this.wanted}
        @wanted=${({ target }) => (this.wanted = target.wanted)} @settled=${({ detail }) => this.find(detail)} @enter=${this.enter}></rv-find-bar>
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.refresh}></rv-error>`}
      ${this.metrics !== null ? this.list() : this.error === null ? html`<rv-skeleton lines="9" aria-busy="true"></rv-skeleton>` : nothing}
    </div>`;
  }

  clear() {
    this.renderRoot.querySelector("rv-find-bar").clear();
  }

  list() {
    const found = this.shown;
    const rows = found.slice(0, this.most);
    return html`<div class="list">
      <p class="out-of-sight" role="status">${this.wanted === "" ? "" : `${found.length} found`}</p>
      ${found.length === 0 ? this.nothingFound() : html`<table aria-label="Metrics">
        <thead><tr><th scope="col" class="metric">metric</th><th scope="col" class="spark">last 24 hours</th><th scope="col" class="value">value</th>
          <th scope="col" class="parts">series</th><th scope="col" class="when">last seen</th><th scope="col" class="numeric">samples</th></tr></thead>
        <tbody id="metrics">${repeat(rows, ({ metric }) => metric, (one) => this.row(one))}</tbody></table>`}
      ${found.length > rows.length ? html`<p><button class="button" @click=${() => this.more()}>Show ${Math.min(AT_ONCE, found.length - rows.length)} more of ${found.length}</button></p>` : nothing}
      <rv-source .facts=${[`${count(found.length)} ${found.length === 1 ? "metric" : "metrics"}`, "by name", this.zone, "exact"]} path=${METRICS}></rv-source>
    </div>`;
  }

  more() {
    this.most += AT_ONCE;
    this.loadDays();
  }

  row({ metric, kind, samples, lastSeen, series, nodes, overflow }) {
    const name = foreign(metric);
    const href = metricAddress(metric);
    const last = Date.parse(lastSeen);
    const own = nodes.length === 0 ? "" : ` · ${count(nodes.length)} ${nodes.length === 1 ? "node" : "nodes"}`;
    return html`<tr>
      <th scope="row" class="metric">${href === null ? html`<span class="who cut" title=${name}><bdi>${name}</bdi></span>`
        : html`<a class="who cut" href=${href} data-page title=${name}><bdi>${name}</bdi></a>`}
        <span class="kind">${kind ?? "any kind"}${overflow ? html` · <b title="More different tags or nodes than are kept apart">overflow</b>` : nothing}</span></th>
      ${this.day(metric, kind)}
      <td class="parts muted" title=${nodes.slice(0, 20).map(foreign).join(", ")}>${count(series)} series${own}</td>
      <td class="when"><time datetime=${lastSeen} title=${dayClock(last, this.zone)}>${since(last, this.now)}</time></td>
      <td class="numeric" data-unit="samples">${count(samples)}</td></tr>`;
  }

  day(metric, kind) {
    const { answer, current, stat } = this.days.get(metric) ?? {};
    if (answer === undefined) return html`<td class="spark"></td><td class="value"></td>`;
    const { format } = writing(metric, stat);
    const [value, word] = current ? [current.value, this.covered(current)] : [answer.value, dayOf(kind).word];
    return html`<td class="spark"><rv-sparkline .values=${answer.series.map((point) => point.value)} .partial=${partialIndex(answer.series)}></rv-sparkline></td>
      <td class="value"><rv-number .value=${value} .format=${format}></rv-number><span class="word">${word}</span></td>`;
  }

  covered({ nodes, stale }) {
    const all = nodes.length + stale.length;
    return stale.length === 0 ? "now" : `now, ${nodes.length} of ${all} nodes`;
  }

  nothingFound() {
    return html`<div class="silent"><p>No metric's name contains <b><bdi>${foreign(this.wanted.trim())}</bdi></b>.</p>
      <button class="button" @click=${this.clear}>Show all metrics</button></div>`;
  }
}

customElements.define("rv-metrics-page", RvMetricsPage);
