import { LitElement, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { exactness, foreign } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { setRange } from "../lib/question.js";
import { Refresher } from "../lib/refresher.js";
import { onNavigate, setParams } from "../lib/router.js";
import { dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { rangeName } from "./names.js";
import { VIEWS, callOf, question } from "./question.js";
import "../kit/first-event.js";
import "../kit/source.js";
import "../kit/states.js";
import "../kit/tabs.js";
import "./cohorts-view.js";
import "./lifecycle-view.js";
import "./sentence.js";
import "./stickiness-view.js";

/** Cohorts move slowly; the newest ones still move while one looks. */
const REFRESH_MILLIS = 3_000;
/** A question that is read from the log may take long: it is asked again a tenth of the time at most. */
const REST = 10;

/** Who comes back: cohorts, active days, and the lifecycle. The address is the state. */
export class RvRetentionPage extends LitElement {
  static properties = {
    names: { state: true },
    properties: { state: true },
    answer: { state: true },
    error: { state: true },
    asked: { state: true },
    zone: { state: true },
  };

  static styles = [shared, pageStyles];

  constructor() {
    super();
    this.names = null;
    this.properties = new Map();
    this.answer = null;
    this.error = null;
    this.zone = "UTC";
    this.shift = 0;
    this.refresher = new Refresher(this, () => this.refresh(), { pause: (took) => Math.max(REFRESH_MILLIS, REST * took) });
    this.asked = question(this.now);
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.turn()), watch("overview", (message) => this.heard(message))];
    this.loadNames();
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

  /** The overview tells the server's clock and zone, and that something happened. */
  heard({ at, timezone }) {
    this.shift = Date.parse(at) - Date.now();
    this.zone = timezone;
    if (this.asked.moving) this.refresher.soon();
  }

  async refresh() {
    if (this.names?.length === 0) await this.loadNames();
    await this.load();
  }

  async loadNames() {
    try {
      const { events } = await ask("/api/v1/events");
      this.names = events.toSorted((a, b) => b.total - a.total);
    } catch (error) {
      if (!error.refused) this.error = error;
    }
  }

  turn() {
    if (location.pathname !== "/retention") return;
    this.asked = question(this.now);
    document.title = `${VIEWS.find(({ value }) => value === this.asked.view).label} · Rivulet`;
    for (const event of [this.asked.first, this.asked.back, this.asked.event]) this.loadProperties(event);
    const key = JSON.stringify(callOf(this.asked));
    if (key === this.key) return;
    this.key = key;
    this.load();
  }

  async loadProperties(event) {
    if (event === null || this.properties.has(event)) return;
    this.properties.set(event, []);
    try {
      const { properties } = await ask("/api/v1/events/properties", { event });
      this.properties = new Map(this.properties).set(event, properties);
    } catch {
      // The picker then offers nothing; the answer below does not depend on it.
    }
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const { asked } = this;
    const call = callOf(asked);
    try {
      const body = await ask(call.path, call.params, { signal: request.signal });
      this.answer = { body, asked, call };
      this.error = null;
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused) this.error = error;
    }
  }

  render() {
    if (this.names?.length === 0) {
      return html`<div class="first"><rv-first-event heading="Nobody has come back yet."
        lead="Retention needs people who do something, and do it again. Send a first event; cohorts appear here as soon as there are people to follow."></rv-first-event></div>`;
    }
    return html`<div class="page">
      <h1 class="out-of-sight">Retention</h1>
      <rv-tabs id="view" label="Views" .tabs=${VIEWS} .value=${this.asked.view} @pick=${({ detail }) => setParams({ view: detail === VIEWS[0].value ? null : detail })}></rv-tabs>
      <rv-retention-sentence .asked=${this.asked} .names=${this.names ?? []} .properties=${this.properties} .zone=${this.zone} .now=${this.now}></rv-retention-sentence>
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`}
      ${this.answer?.asked.view === this.asked.view ? this.result() : this.error === null ? html`<rv-skeleton chart aria-busy="true"></rv-skeleton>` : nothing}
    </div>`;
  }

  result() {
    const { body, asked, call } = this.answer;
    const waiting = JSON.stringify(call) !== this.key;
    const source = html`<rv-source .facts=${this.facts()} path=${call.path} .params=${call.params}></rv-source>`;
    const shown = isEmpty(body, asked) ? html`${this.silent()} ${source}` : {
      cohorts: () => html`<rv-cohorts-view .body=${body} .asked=${asked} .group=${this.asked.group} .zone=${body.timezone} .source=${source}></rv-cohorts-view>`,
      stickiness: () => html`<rv-stickiness-view .body=${body} .asked=${asked} .interval=${this.asked.interval} .zone=${body.timezone} .source=${source}></rv-stickiness-view>`,
      lifecycle: () => html`<rv-lifecycle-view .body=${body} .asked=${asked} .sort=${new URLSearchParams(location.search).get("sort")} .zone=${body.timezone} .source=${source}></rv-lifecycle-view>`,
    }[asked.view]();
    return html`<div class="result" ?data-waiting=${waiting}>${shown}</div>`;
  }

  facts() {
    const { body, asked } = this.answer;
    const known = body.completeFrom ? `complete from ${dayClock(Date.parse(body.completeFrom), body.timezone)}` : "";
    return [`people by ${asked.period.value}${asked.period.value === "week" ? ", from Monday" : ""}`,
      rangeName(body, body.timezone), body.timezone, exactness(body) || known];
  }

  silent() {
    const { asked } = this.answer;
    const event = asked.view === "cohorts" ? asked.first : asked.event;
    const longest = asked.period.ranges.at(-1);
    return html`<div class="silent"><p>Nobody did ${event === null ? "anything" : html`<b><bdi>${foreign(event)}</bdi></b>`} in this range, so there is nobody to follow.</p>
      ${asked.range.last === longest.value ? nothing : html`<button class="button" @click=${() => setRange({ last: longest.value })}>Show the ${longest.label}</button>`}</div>`;
  }
}

/** Whether nobody was there in the whole range. */
function isEmpty(body, { view }) {
  switch (view) {
    case "stickiness": return body.intervals.every(({ people }) => !people);
    case "lifecycle": return body.series.every((row) => !row.new && !row.returning && !row.resurrecting && !row.dormant);
    default: return body.cohorts.every(({ size }) => size === 0);
  }
}

customElements.define("rv-retention-page", RvRetentionPage);
