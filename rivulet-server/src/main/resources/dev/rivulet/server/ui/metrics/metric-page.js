import { LitElement, html, nothing } from "lit";
import { address, ask } from "../lib/api.js";
import { count, exactness, foreign, since } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { setRange } from "../lib/question.js";
import { Refresher } from "../lib/refresher.js";
import { onNavigate, setParams } from "../lib/router.js";
import { RANGES, dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { answersOf, answerOfBefore } from "./answers.js";
import { chartOf, drawn, legend, tableOf } from "./drawing.js";
import { metricStyles } from "./metric-styles.js";
import { STATS, addressed, metricPath, unitFact, usualOf, writing } from "./metrics.js";
import { callParams, question, zoom } from "./question.js";
import { ways } from "./teach.js";
import "../kit/chart.js";
import "../kit/first-event.js";
import "../kit/percentile-bands.js";
import "../kit/source.js";
import "../kit/states.js";
import "../kit/table.js";
import "../kit/tile.js";
import "./metric-nodes.js";
import "./metric-sentence.js";

const METRICS = "/api/v1/metrics";
/** The charts are asked again this often at most, and leave the server four times as long as they took. */
const REFRESH_MILLIS = 1_500;
const PATIENCE = 4;
/** A metric that is not there yet has no topic, and a bucket ends without a sample. */
const LOOK_MILLIS = 3_000;
/** What went before moves slowly. */
const BEFORE_MILLIS = 60_000;

/** One metric: now, over time, split by a tag or node. The address is the state. */
export class RvMetricPage extends LitElement {
  static properties = {
    info: { state: true }, asked: { state: true }, shown: { state: true }, current: { state: true }, earlier: { state: true },
    error: { state: true }, clock: { state: true },
  };

  static styles = [shared, pageStyles, metricStyles];

  constructor() {
    super();
    this.projectZone = "UTC";
    this.shift = 0;
    this.forgetMetric();
    this.clock = Date.now();
    this.refresher = new Refresher(this, () => Promise.all([this.load(), this.loadInfo()]), {
      pause: (took) => Math.max(REFRESH_MILLIS, PATIENCE * took),
    });
  }

  /** What is known of one metric says nothing of another. */
  forgetMetric() {
    this.info = undefined; // Not known yet; null is a metric that nobody has heard of.
    this.asked = question(undefined, this.projectZone, Date.now());
    this.shown = null;
    this.current = null;
    this.earlier = null;
    this.error = null;
    this.key = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.turn()), watch("overview", (message) => this.heard(message))];
    this.looking = setInterval(() => this.look(), LOOK_MILLIS);
    this.ticking = setInterval(() => (this.clock = Date.now()), 1_000);
    this.begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    this.unwatch?.();
    this.request?.abort();
    clearInterval(this.looking);
    clearInterval(this.ticking);
  }

  get now() {
    return this.clock + this.shift;
  }

  heard({ at, timezone }) {
    this.shift = Date.parse(at) - Date.now();
    if (timezone === this.projectZone) return;
    this.projectZone = timezone;
    this.turn();
  }

  look() {
    if (this.info) this.news();
    else if (!document.hidden) this.loadInfo();
  }

  begin() {
    const metric = addressed();
    this.forgetMetric();
    if (metric === null) return;
    document.title = `${foreign(metric).slice(0, 60)} · Rivulet`;
    this.unwatch?.();
    this.unwatch = null;
    this.loadInfo();
  }

  /** Only of a metric that there is: another one is no topic. */
  follow(metric) {
    // A comma separates topics: one inside a name is encoded, and so is the sign that encodes.
    this.unwatch ??= watch(`metric:${metric.replaceAll("%", "%25").replaceAll(",", "%2C")}`, (message) => this.moved(message));
  }

  async loadInfo() {
    const metric = addressed();
    try {
      const { metrics } = await ask(METRICS);
      if (metric !== addressed() || !this.isConnected) return;
      const info = metrics.find((one) => one.metric === metric) ?? null;
      const isNew = !this.info && info !== null;
      this.info = info;
      if (info !== null) this.follow(metric);
      if (isNew) this.turn();
    } catch (error) {
      if (!error.refused) this.error = error;
    }
  }

  /** A message has the value of all tags together. */
  moved(message) {
    if (this.info && this.showsCurrent && Object.keys(this.asked.tags).length === 0) this.current = message;
    this.news();
  }

  news() {
    if (this.info && this.asked.moving) this.refresher.soon();
  }

  turn() {
    const metric = addressed();
    if (metric === null || !this.isConnected) return;
    if (metric !== this.asked.metric) {
      this.begin();
      return;
    }
    if (!this.info) return;
    this.asked = question(this.info.kind, this.projectZone, this.now);
    const key = this.keyOf(this.asked);
    if (key === this.key) return;
    this.key = key;
    this.load();
  }

  keyOf(asked) {
    return JSON.stringify([callParams(asked), asked.stat, asked.by]);
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const { asked, info } = this;
    try {
      const earlier = this.loadEarlier(request.signal);
      const [current, answers] = await Promise.all([
        this.showsCurrent ? ask(metricPath(asked.metric, "/current"), asked.tags, { signal: request.signal }) : null,
        answersOf(asked, info.kind, request.signal),
      ]);
      this.shown = { asked, kind: info.kind, answers };
      this.current = current;
      this.error = null;
      await earlier;
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused) this.error = error;
    }
  }

  /** The same stretch before, once a minute; the numbers stand without it. */
  async loadEarlier(signal) {
    const { asked, info } = this;
    const stat = this.compared;
    const key = JSON.stringify([this.keyOf(asked), stat]);
    if (this.earlier?.key === key && Date.now() - this.earlier.at < BEFORE_MILLIS) return;
    try {
      const { value } = await answerOfBefore(asked, stat, this.now, signal);
      if (info === this.info || this.asked === asked) this.earlier = { key, value, stat, at: Date.now() };
    } catch (error) {
      if (error.name !== "AbortError") this.earlier = null;
    }
  }

  /** A level's mean is compared; of the others their first figure. */
  get compared() {
    const { figures } = usualOf(this.info.kind);
    return figures.includes("mean") ? "mean" : figures[0];
  }

  /** Increments and single measurements have no value that holds now. */
  get showsCurrent() {
    return this.info.kind === undefined || this.info.kind === "gauge";
  }

  render() {
    const name = foreign(addressed() ?? "");
    if (this.info === null) {
      return html`<div class="first"><rv-first-event heading="No sample of ${name} yet." .ways=${ways}
        lead="As soon as one arrives, its history appears here, without a reload."></rv-first-event></div>`;
    }
    return html`<div class="page">
      <header><a class="quiet back" href=${address("/metrics/explore")} data-page>All metrics</a>
        <h1><bdi>${name}</bdi></h1>${this.info?.kind ? html`<span class="kind">${this.info.kind}</span>` : nothing}</header>
      ${this.info === undefined ? nothing : html`<rv-metric-sentence .asked=${this.asked} .info=${this.info} .projectZone=${this.projectZone} .now=${this.now}></rv-metric-sentence>`}
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${() => (this.info ? this.load() : this.loadInfo())}></rv-error>`}
      ${this.shown !== null ? this.result() : this.error === null ? html`<rv-skeleton chart aria-busy="true"></rv-skeleton>` : nothing}
    </div>`;
  }

  result() {
    const { shown } = this;
    const isEmpty = shown.answers.count.value === null;
    return html`<div class="result" ?data-waiting=${this.key !== this.keyOf(shown.asked)}>
      ${this.current === null ? nothing : this.nowPart()}
      <div class="figures">${usualOf(shown.kind).figures.map((stat) => this.figure(stat))}</div>
      ${this.info.overflow ? html`<p class="hint">This metric has more different tags or nodes than are kept apart. What came later counts as <b>other values</b>:
        the totals are right, the split is not complete. A path or an id in a tag does this; send a template such as <span class="mono">/users/{id}</span>.</p>` : nothing}
      ${drawn(shown).explanation ? html`<p class="hint">${drawn(shown).explanation}.</p>` : nothing}
      ${isEmpty ? this.silent() : this.chart()}
      <rv-source id="source" .facts=${this.facts()} path=${metricPath(shown.asked.metric)} .params=${callParams(shown.asked, { stat: drawn(shown).stat, by: shown.asked.by })}></rv-source>
      ${isEmpty ? nothing : html`<div class="below">${this.table()}</div>`}
    </div>`;
  }

  nowPart() {
    const { current } = this;
    const { format } = writing(this.asked.metric, "last");
    const [live, all] = [current.nodes.length, current.nodes.length + current.stale.length];
    const nodes = all === 0 ? "" : `of ${live === all ? "" : `${live} of `}${all} ${all === 1 ? "node" : "nodes"}`;
    return html`<div class="now">
      <rv-tile id="current" accent .value=${current.value} .format=${format} label=${current.value === null ? "no live node has a value" : `now, ${live > 1 ? "the sum " : ""}${nodes}`.replace(/, $/, "")}></rv-tile>
      ${all === 0 ? nothing : html`<rv-metric-nodes id="nodes" .current=${current} .format=${format} .now=${this.now}></rv-metric-nodes>`}
      <rv-source .facts=${[this.newest(current), "nodes silent for 30 s are not added", "exact"]}
        path=${metricPath(this.asked.metric, "/current")} .params=${this.asked.tags}></rv-source>
    </div>`;
  }

  /** Of a node with several series the newest sample counts, whichever it is of: so its tags are told. */
  newest({ time, tags }) {
    if (time === null) return "";
    const own = this.info.series > 1 ? Object.entries(tags).map(([tag, value]) => ` ${foreign(tag)} ${foreign(value)}`).join(",") : "";
    return `newest sample ${since(Date.parse(time), this.now)}${own === "" ? "" : `, of${own}`}`;
  }

  figure(stat) {
    const { value } = this.shown.answers[stat];
    const { format } = writing(this.shown.asked.metric, stat);
    const label = { count: "samples", mean: "mean", sum: "sum", rate: "per second, on average", max: "maximum", min: "minimum" }[stat]
      ?? STATS.find((one) => one.value === stat).label;
    const compares = this.earlier?.stat === stat && this.shown.asked.range.last !== undefined;
    return html`<rv-tile id="figure-${stat}" neutral .value=${value} .format=${format} label=${label} ?accent=${this.current === null && stat === this.compared}
      .before=${compares ? this.earlier.value : undefined} beforeLabel="the ${this.rangeWord} before" noBefore="no data in the ${this.rangeWord} before"></rv-tile>`;
  }

  get rangeWord() {
    const { last } = this.shown.asked.range;
    return RANGES.find(({ value }) => value === last)?.label.replace("last ", "") ?? "stretch";
  }

  facts() {
    const { asked } = this.shown;
    const answer = drawn(this.shown);
    const [from, to] = [answer.from, answer.to].map((time) => dayClock(Date.parse(time), asked.zone));
    const other = answer.other ? `${count(answer.other.groups)} more groups are not listed` : "";
    return [unitFact(asked.metric, asked.stat), `${from} to ${to}`, asked.zone, other, exactness(answer)];
  }

  silent() {
    return html`<div class="silent"><p>No sample in this range${Object.keys(this.shown.asked.tags).length > 0 ? " has these tags" : ""}.
      The newest came ${since(Date.parse(this.info.lastSeen), this.now)}.</p>
      ${this.asked.range.last === "30d" ? nothing : html`<button class="button" @click=${() => setRange({ last: "30d" })}>Show the last 30 days</button>`}</div>`;
  }

  chart() {
    const chart = chartOf(this.shown);
    const zoomed = ({ detail }) => zoom(detail);
    if (chart.percentiles) {
      return html`<rv-percentile-bands id="chart" zoom continuous .times=${chart.times} .percentiles=${chart.percentiles} .partial=${chart.partial}
          .stepSeconds=${chart.stepSeconds} .zone=${this.shown.asked.zone} .name=${chart.name} .format=${chart.format} .axis=${chart.axis} label=${chart.label} @range=${zoomed}></rv-percentile-bands>
        <p class="legend">${legend.toReversed().map(({ label, token }) => html`<span><i ${style({ background: `var(${token})` })}></i>${label}</span>`)}</p>`;
    }
    return html`<rv-chart id="chart" zoom continuous .times=${chart.times} .series=${chart.series} ?stacked=${chart.stacked} .partial=${chart.partial}
      .stepSeconds=${chart.stepSeconds} .zone=${this.shown.asked.zone} .name=${chart.name} .format=${chart.format} .axis=${chart.axis} label=${chart.label} @range=${zoomed}></rv-chart>`;
  }

  table() {
    const { label, columns, rows, usual, silent = 0 } = tableOf(this.shown);
    const known = columns.some(({ id }) => id === this.asked.sort?.replace(/^-/, ""));
    return html`<rv-table id="table" label=${label} .columns=${columns} .rows=${rows} .sort=${known ? this.asked.sort : usual}
      @sort=${({ detail }) => setParams({ sort: detail }, { replace: true })}></rv-table>
      ${silent === 0 ? nothing : html`<p class="muted small">${count(silent)} more without a sample ${silent === 1 ? "is" : "are"} not listed.</p>`}`;
  }
}

customElements.define("rv-metric-page", RvMetricPage);
