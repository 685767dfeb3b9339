import { LitElement, html, nothing } from "lit";
import { address, ask } from "../lib/api.js";
import { count, exactness, foreign, since } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { setRange } from "../lib/question.js";
import { Refresher } from "../lib/refresher.js";
import { onNavigate, setParams } from "../lib/router.js";
import { dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { chartOf, drawnAnswer, tableOf } from "./drawing.js";
import { eventsStyles } from "./events-styles.js";
import { nameOf } from "./groups.js";
import { callParams, question } from "./question.js";
import "../kit/bar-list.js";
import "../kit/chart.js";
import "../kit/first-event.js";
import "../kit/picker.js";
import "../kit/source.js";
import "../kit/states.js";
import "../kit/table.js";
import "../kit/tile.js";
import "./sentence.js";
import "./switches.js";

const REFRESH_MILLIS = 1_000;
/** A name that the bounded list will never hold must not be asked for with every message. */
const NAMES_MILLIS = 2_000;
const TOP_VALUES = 10;

/** One event over time: how often, by how many people, split by a property. The address is the state. */
export class RvEventsPage extends LitElement {
  static properties = {
    names: { state: true },
    properties: { state: true },
    answers: { state: true },
    top: { state: true },
    error: { state: true },
    topError: { state: true },
    asked: { state: true },
  };

  static styles = [shared, pageStyles, eventsStyles];

  constructor() {
    super();
    this.names = null;
    this.properties = [];
    this.answers = null;
    this.top = null;
    this.error = null;
    this.topError = null;
    this.projectZone = "UTC";
    this.shift = 0;
    this.asked = question(this.projectZone, Date.now());
    this.refresher = new Refresher(this, () => this.refresh(), { pause: () => REFRESH_MILLIS });
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.turn()), watch("overview", (message) => this.heard(message))];
    this.loadNames();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    this.unwatch?.();
    this.request?.abort();
  }

  get now() {
    return Date.now() + this.shift;
  }

  /** The overview tells the server's clock and zone, and of events not seen before. */
  heard({ at, timezone, recent }) {
    this.shift = Date.parse(at) - Date.now();
    if (timezone !== this.projectZone) {
      this.projectZone = timezone;
      this.turn();
    }
    const known = new Set(this.names?.map(({ event }) => event));
    if (this.names === null || recent.every(({ event }) => known.has(event))) return;
    if (performance.now() - this.namedAt > NAMES_MILLIS) this.loadNames();
  }

  async loadNames() {
    this.namedAt = performance.now();
    try {
      const { events } = await ask("/api/v1/events");
      this.names = events.toSorted((a, b) => b.total - a.total);
      this.error = null;
      this.turn();
    } catch (error) {
      if (!error.refused) this.error = error;
    }
  }

  /** Follows the address: picks the busiest event if it names none, and asks what has changed. */
  turn() {
    const now = question(this.projectZone, this.now);
    if (now.event === null && this.names?.length > 0 && location.pathname === "/events") {
      setParams({ event: this.names[0].event }, { replace: true }); // Comes back here.
      return;
    }
    const before = this.asked;
    this.asked = now;
    if (now.event === null || !this.isConnected) return;
    document.title = `${foreign(now.event).slice(0, 60)} · Rivulet`;
    if (before.event !== now.event || this.watching !== now.event) this.follow(now.event);
    const key = JSON.stringify([callParams(now, { breakdown: true }), now.top]);
    if (key === this.key) return;
    this.key = key;
    this.load();
  }

  follow(event) {
    this.watching = event;
    this.unwatch?.();
    this.properties = [];
    this.top = null;
    this.loadProperties(event);
    // A comma separates topics: one inside a name is encoded, and so is the sign that encodes.
    const name = event.replaceAll("%", "%25").replaceAll(",", "%2C");
    this.unwatch = watch(`event:${name}`, () => this.asked.moving && this.refresher.soon());
  }

  async loadProperties(event) {
    try {
      const { properties } = await ask("/api/v1/events/properties", { event });
      if (event !== this.watching) return; // Another event was picked meanwhile.
      this.properties = properties;
      await this.loadTop();
    } catch (error) {
      this.topError = error;
    }
  }

  async refresh() {
    if (this.properties.length === 0) await this.loadProperties(this.watching);
    await this.load();
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const asked = this.asked;
    const { signal } = request;
    try {
      const [counts, uniques] = await Promise.all([
        ask("/api/v1/events/count", callParams(asked, { breakdown: true }), { signal }),
        ask("/api/v1/events/uniques", callParams(asked), { signal }),
        this.loadTop(signal),
      ]);
      this.answers = { counts, uniques, asked };
      this.error = null;
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused) this.error = error;
    }
  }

  get topProperty() {
    const wanted = this.asked.top ?? this.asked.by;
    return this.properties.some(({ property }) => property === wanted) ? wanted : this.properties[0]?.property ?? null;
  }

  get topParams() {
    return { ...callParams(this.asked, { series: false }), property: this.topProperty, limit: TOP_VALUES };
  }

  async loadTop(signal) {
    if (this.topProperty === null) return;
    try {
      this.top = await ask("/api/v1/events/top", this.topParams, { signal });
      this.topError = null;
    } catch (error) {
      if (error.name !== "AbortError") this.topError = error;
    }
  }

  render() {
    if (this.names === null) {
      return this.error === null ? html`<div class="page" aria-busy="true"><rv-skeleton lines="2"></rv-skeleton><rv-skeleton chart></rv-skeleton></div>`
        : html`<div class="page"><h1 class="out-of-sight">Events</h1><rv-error .error=${this.error} @retry=${this.loadNames}></rv-error></div>`;
    }
    if (this.names.length === 0 && this.asked.event === null) return html`<div class="first"><rv-first-event></rv-first-event></div>`;
    return html`<div class="page">
      <h1 class="out-of-sight">Events: ${foreign(this.asked.event)}</h1>
      <rv-sentence .asked=${this.asked} .names=${this.names} .properties=${this.properties}
        .projectZone=${this.projectZone} .now=${this.now}></rv-sentence>
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`}
      ${this.answers === null ? html`<rv-skeleton chart></rv-skeleton>` : this.result()}
    </div>`;
  }

  result() {
    const { counts, uniques, asked } = this.answers;
    const waiting = this.key !== JSON.stringify([callParams(asked, { breakdown: true }), this.asked.top]);
    return html`<div class="result" ?data-waiting=${waiting}>
      <div class="figures">
        <rv-tile id="total" .value=${counts.total} label=${counts.total === 1 ? "event" : "events"} ?accent=${asked.measure === "events"}></rv-tile>
        <rv-tile id="people" .value=${uniques.total} label=${uniques.total === 1 ? "person" : "people"} ?accent=${asked.measure === "people"}></rv-tile>
        <rv-switches .asked=${this.asked}></rv-switches>
      </div>
      ${counts.total === 0 ? this.silent() : this.chart()}
      <rv-source .facts=${this.facts()} path=${this.path} .params=${this.callParams}></rv-source>
      ${counts.total === 0 ? nothing : html`<div class="below">${this.table()}${this.values()}</div>`}
    </div>`;
  }

  get showsPeople() {
    return this.asked.measure === "people";
  }

  get path() {
    return this.showsPeople ? "/api/v1/events/uniques" : "/api/v1/events/count";
  }

  get callParams() {
    return callParams(this.answers.asked, { breakdown: !this.showsPeople });
  }

  facts() {
    const { measure } = this.asked;
    const { zone } = this.answers.asked;
    const answer = drawnAnswer(this.answers, measure);
    const [from, to] = [answer.from, answer.to].map((time) => dayClock(Date.parse(time), zone));
    const whole = measure === "people" && this.answers.asked.by !== null ? "not split" : "";
    return [`${measure} by ${answer.step.label}`, whole, `${from} to ${to}`, zone, exactness(answer)];
  }

  silent() {
    const seen = this.names.find(({ event }) => event === this.asked.event);
    return html`<div class="silent"><p>No <b><bdi>${foreign(this.asked.event)}</bdi></b> in this range.
      ${seen ? html`It was last seen ${since(Date.parse(seen.lastSeen), this.now)}.` : "It was never seen in this project."}</p>
      ${this.asked.range.last === "30d" ? nothing : html`<button class="button" @click=${() => setRange({ last: "30d" })}>Show the last 30 days</button>`}</div>`;
  }

  chart() {
    const chart = chartOf(this.answers, this.asked);
    return html`<rv-chart zoom .times=${chart.times} .series=${chart.series} ?stacked=${chart.stacked} .partial=${chart.partial}
      .stepSeconds=${chart.stepSeconds} .zone=${this.answers.asked.zone} .name=${chart.name} label=${chart.label}
      @range=${({ detail }) => this.zoomed(detail)}></rv-chart>`;
  }

  zoomed({ from, to }) {
    const minute = 60_000;
    const begin = Math.floor((from * 1000) / minute) * minute;
    setRange({ from: begin, to: Math.max(begin + minute, Math.ceil((to * 1000) / minute) * minute) });
  }

  table() {
    const { label, columns, rows, usual } = tableOf(this.answers);
    const known = columns.some(({ id }) => id === this.asked.sort?.replace(/^-/, ""));
    return html`<rv-table id="table" label=${label} .columns=${columns} .rows=${rows} .sort=${known ? this.asked.sort : usual}
      @sort=${({ detail }) => setParams({ sort: detail }, { replace: true })}></rv-table>`;
  }

  values() {
    if (this.properties.length === 0 && this.topError === null) return html`<div class="values"><h2>Properties</h2><p class="muted">This event carries none.</p></div>`;
    const options = this.properties.map((one) => ({ value: one.property, detail: count(one.count) }));
    const rows = (this.top?.values ?? []).map(({ value, count: times }) => ({ name: nameOf(value), count: times }));
    return html`<div class="values">
      <h2>Top values of <rv-picker id="top" label="Property" search="Find a property" .value=${this.topProperty} .options=${options}
        @pick=${({ detail }) => setParams({ top: detail }, { replace: true })}></rv-picker></h2>
      ${this.topError ? html`<rv-error .error=${this.topError} @retry=${() => this.loadTop()}></rv-error>`
        : this.top === null ? html`<rv-skeleton lines="5"></rv-skeleton>`
        : html`<rv-bar-list .rows=${rows} .total=${this.answers.counts.total} none="No value in this range"></rv-bar-list>
          <rv-source .facts=${["events", this.top.other > 0 ? `${count(this.top.other)} with other values` : "", exactness(this.top)]} path="/api/v1/events/top" .params=${this.topParams}></rv-source>`}
      ${this.topProperty === null || this.topProperty === this.asked.by ? nothing
        : html`<p><a class="quiet small" href=${this.splitLink()} data-page>Split the chart by <bdi>${foreign(this.topProperty)}</bdi></a></p>`}
    </div>`;
  }

  splitLink() {
    const all = Object.fromEntries(new URLSearchParams(location.search));
    return address("/events", { ...all, event: this.asked.event, by: this.topProperty });
  }
}

customElements.define("rv-events-page", RvEventsPage);
