import { LitElement, html, nothing } from "lit";
import { address } from "../lib/api.js";
import { count, exactness, rate } from "../lib/format.js";
import { liveState, onLiveState, reconnect, watch } from "../lib/live.js";
import { weekday } from "../lib/time.js";
import { shared } from "../kit/styles.js";
import { liveStyles } from "./live-styles.js";
import "../kit/bar-list.js";
import "../kit/event-feed.js";
import "../kit/first-event.js";
import "../kit/source.js";
import "../kit/states.js";
import "../kit/tile.js";
import "./hours.js";
import "./river.js";

const OVERVIEW = "/api/v1/overview";
const TOP = 10;
const NEWEST = 6;

/** What happens right now and how today goes; every number comes from the overview's stream. */
export class RvLivePage extends LitElement {
  static properties = { overview: { state: true }, connection: { state: true }, clock: { state: true } };

  static styles = [shared, liveStyles];

  constructor() {
    super();
    this.overview = null;
    this.connection = liveState();
    this.clock = Date.now();
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [
      watch("overview", (message) => this.take(message)),
      onLiveState((state) => (this.connection = state)),
    ];
    this.ticking = setInterval(() => (this.clock = Date.now()), 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    clearInterval(this.ticking);
  }

  take(message) {
    this.overview = { ...this.overview, ...message };
    this.serverNow = Date.parse(this.overview.at);
    this.shift = this.serverNow - Date.now();
    this.clock = Date.now();
    const { online, recent } = this.overview;
    document.title = recent.length === 0 ? "Live · Rivulet" : `${count(online)} online · Rivulet`;
  }

  get stale() {
    return this.connection.name !== "live" && this.overview !== null;
  }

  render() {
    if (this.overview === null) return this.waiting();
    const { recent, today } = this.overview;
    if (recent.length === 0 && today.count === 0) {
      return html`<section class="first"><rv-first-event></rv-first-event></section>`;
    }
    return html`<div class="page" ?data-stale=${this.stale}>
      ${this.stale ? html`<p class="stale-note">These numbers stand still until the connection is back. ${this.connection.error?.message}</p>` : nothing}
      ${this.now()} ${this.today()} ${this.lists()}
    </div>`;
  }

  /** Before the first answer: the shape of the page, or why there is none. */
  waiting() {
    if (this.connection.error !== null) {
      return html`<section class="first"><h1 class="out-of-sight">Live</h1><rv-error .error=${this.connection.error} @retry=${reconnect}></rv-error>
        <p class="muted">This page keeps trying and fills itself as soon as there is an answer.</p></section>`;
    }
    return html`<div class="page" aria-busy="true"><span class="out-of-sight" role="status">Loading</span>
      <section class="now"><div class="numbers"><rv-skeleton chart></rv-skeleton><rv-skeleton chart></rv-skeleton></div>
        <div class="river"><rv-skeleton chart></rv-skeleton></div></section>
      <section class="lists">${[1, 2, 3].map(() => html`<div><rv-skeleton lines="7"></rv-skeleton></div>`)}</section></div>`;
  }

  now() {
    const { eventsPerSecond, online, pulse, timezone } = this.overview;
    return html`<section class="now" aria-labelledby="now-title">
      <h1 id="now-title" class="out-of-sight">Live</h1>
      <div class="numbers">
        <rv-tile id="rate" hero accent .value=${eventsPerSecond} .format=${rate} label="events per second"></rv-tile>
        <rv-tile id="online" hero .value=${online} label="people online"></rv-tile>
      </div>
      <rv-river class="river" .pulse=${pulse} .perSecond=${eventsPerSecond} .now=${this.serverNow}
        .zone=${timezone} ?still=${this.stale}></rv-river>
      ${this.source("last 30 minutes in steps of 10 s", "online: seen in the last 5 minutes")}
    </section>`;
  }

  today() {
    const { today, lastWeek, hours, timezone } = this.overview;
    const label = `by this time last ${weekday(Date.parse(today.from), timezone)}`;
    return html`<section class="today" aria-labelledby="today-title">
      <div class="sums">
        <h2 id="today-title">Today</h2>
        <rv-tile id="today-count" .value=${today.count} label="events" .before=${lastWeek?.count ?? null} .beforeLabel=${label}></rv-tile>
        <rv-tile id="today-uniques" .value=${today.uniques} label="people" .before=${lastWeek?.uniques ?? null} .beforeLabel=${label}></rv-tile>
      </div>
      <rv-hours .hours=${hours} .from=${today.from} .lastWeekFrom=${lastWeek?.from} .zone=${timezone}></rv-hours>
      ${this.source("since midnight, by hour")}
    </section>`;
  }

  lists() {
    const { topEvents, topPages, recent, today, timezone } = this.overview;
    const events = topEvents.slice(0, TOP).map((row) => ({ name: row.event, count: row.count,
      href: address("/events", { event: row.event }) }));
    const pages = topPages.slice(0, TOP).map((row) => ({ name: row.value, count: row.count }));
    return html`<section class="lists">
      <div aria-labelledby="events-title" role="group">
        <h2 id="events-title">Top events <span class="muted">today</span></h2>
        <rv-bar-list id="top-events" .rows=${events} .total=${today.count}></rv-bar-list>
      </div>
      <div aria-labelledby="pages-title" role="group">
        <h2 id="pages-title">Top pages <span class="muted">today</span></h2>
        <rv-bar-list id="top-pages" mono .rows=${pages} none="No event carried a page today"></rv-bar-list>
      </div>
      <div aria-labelledby="newest-title" role="group">
        <h2 id="newest-title">Newest events</h2>
        <rv-event-feed id="newest" .events=${recent.slice(0, NEWEST)} .now=${this.clock + this.shift} .zone=${timezone}></rv-event-feed>
      </div>
      ${this.source("counts of events, today")}
    </section>`;
  }

  source(...facts) {
    return html`<rv-source .facts=${[...facts, this.overview.timezone, exactness(this.overview)]} path=${OVERVIEW}></rv-source>`;
  }
}

customElements.define("rv-live-page", RvLivePage);
