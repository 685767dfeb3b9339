import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ask } from "../lib/api.js";
import { count, duration, foreign } from "../lib/format.js";
import { clockSeconds, day, dayClock } from "../lib/time.js";
import { shared } from "../kit/styles.js";
import { eventAddress, userPath } from "./people.js";
import "../kit/source.js";
import "../kit/states.js";

const AT_ONCE = 25;
const SHOWN_PROPERTIES = 4;
const SESSION_GAP_MILLIS = 1_800_000;

/**
 * What a person did, the newest first, day by day; each action opens to all it carried. Asks again
 * when `newest` (the profile) has changed, and keeps the older actions that were read.
 */
export class RvTimeline extends LitElement {
  static properties = {
    user: { attribute: false },
    newest: { attribute: false },
    zone: {},
    events: { state: true },
    next: { state: true },
    error: { state: true },
    busy: { state: true },
  };

  static styles = [
    shared,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); }
      h2 .muted { font-weight: 400; }
      h3 { position: sticky; top: 3.5rem; z-index: 1; padding: var(--space-4) 0 var(--space-2); background: var(--bg); border-bottom: 1px solid var(--line-strong); font-size: var(--size-s); font-weight: 600; }
      section:first-of-type h3 { padding-top: 0; }
      li { display: grid; grid-template-columns: 5.25rem minmax(0, 1fr) fit-content(34%); gap: 0 var(--space-3); align-items: baseline; border-bottom: 1px solid var(--line); }
      time { color: var(--muted); font-size: var(--size-s); }
      summary { display: flex; align-items: baseline; gap: var(--space-3); min-height: 2.25rem; padding: 0.35rem 0; cursor: pointer; list-style: none; }
      summary::-webkit-details-marker { display: none; }
      summary:hover .name { color: var(--water); }
      .name { flex: none; max-width: 100%; font-weight: 600; }
      .properties { color: var(--muted); font-size: var(--size-s); }
      .properties b { font-weight: 400; color: var(--text); }
      details[open] .properties { visibility: hidden; }
      .page { justify-self: end; max-width: 100%; font-size: 0.8125rem; color: var(--muted); }
      .page:hover { color: var(--water); }
      dl { display: grid; grid-template-columns: minmax(5rem, auto) minmax(0, 1fr); gap: 0.2rem var(--space-4); margin-bottom: var(--space-3); padding: var(--space-3) var(--space-4); background: var(--sunken); border-radius: var(--radius); font-size: var(--size-s); }
      dt { color: var(--muted); }
      dd { overflow-wrap: anywhere; white-space: pre-wrap; }
      .pause { display: block; padding: 0.3rem 0 0.3rem 6rem; color: var(--muted); font-size: var(--size-xs); background: var(--sunken); }
      .end { color: var(--muted); }
      @media (max-width: 48rem) { h3 { top: 5.75rem; } }
      @media (max-width: 40rem) {
        li { grid-template-columns: 4.25rem minmax(0, 1fr); }
        .pause { padding-left: 5rem; }
        .page { grid-column: 2; justify-self: start; padding-bottom: 0.35rem; }
        summary { flex-wrap: wrap; gap: 0; }
        .properties { flex: 1 0 100%; }
      }
    `,
  ];

  constructor() {
    super();
    this.zone = "UTC";
    this.clear();
  }

  clear() {
    this.events = null;
    this.next = undefined;
    this.gone = 0;
    this.error = null;
    this.busy = false;
  }

  willUpdate(changed) {
    if (changed.has("user")) this.clear();
    if (changed.has("newest") || changed.has("user")) this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request?.abort();
  }

  get path() {
    return userPath(this.user, "/timeline");
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      const first = await ask(this.path, { limit: AT_ONCE }, { signal: request.signal });
      this.take(first);
      this.error = null;
    } catch (error) {
      if (error.name !== "AbortError" && error.status !== 404 && !error.refused) this.error = error;
    }
  }

  /** A fresh first page over the older actions read before, if the two still meet. */
  take(first) {
    const fresh = new Set(first.events.map(({ position }) => position));
    const older = this.events ?? [];
    const meets = older.some(({ position }) => fresh.has(position));
    const rest = meets ? older.slice(older.findLastIndex(({ position }) => fresh.has(position)) + 1) : [];
    this.events = [...first.events, ...rest];
    if (rest.length === 0) {
      this.next = first.next;
      this.gone = first.gone ?? 0;
    }
  }

  async earlier() {
    this.busy = true;
    const before = this.next;
    try {
      const page = await ask(this.path, { limit: AT_ONCE, before });
      if (before !== this.next) return; // Began anew meanwhile.
      const known = new Set(this.events.map(({ position }) => position));
      this.events = [...this.events, ...page.events.filter(({ position }) => !known.has(position))];
      this.next = page.next;
      this.gone = page.gone ?? this.gone;
    } catch (error) {
      if (!error.refused) this.error = error;
    } finally {
      this.busy = false;
    }
  }

  render() {
    const title = html`<h2>Timeline <span class="muted">newest first</span></h2>`;
    const failed = this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`;
    if (this.events === null) return html`${title} ${this.error === null ? html`<rv-skeleton lines="8"></rv-skeleton>` : failed}`;
    return html`${title} ${failed}
      <div id="days">${repeat(this.days(), ({ name }) => name, ({ name, items }) => html`<section aria-label=${name}>
        <h3>${name}</h3><ol>${repeat(items, ({ key }) => key, (item) => this.item(item))}</ol></section>`)}</div>
      ${this.next === undefined ? this.end() : html`<p><button class="button" id="earlier" ?disabled=${this.busy} @click=${this.earlier}>${this.busy ? "Reading…" : "Show earlier"}</button></p>`}
      <rv-source .facts=${[`newest ${count(this.events.length)} actions`, this.zone, "exact"]} path=${this.path} .params=${{ limit: AT_ONCE }}></rv-source>`;
  }

  /** Days of the zone with their actions; each knows how long before the next newer one it was. */
  days() {
    const days = [];
    this.events.forEach((event, i) => {
      const at = Date.parse(event.time);
      const name = day(at, this.zone);
      if (days.at(-1)?.name !== name) days.push({ name, items: [] });
      const items = days.at(-1).items;
      const pause = items.length === 0 ? 0 : Date.parse(this.events[i - 1].time) - at;
      items.push({ key: event.position, event, at, pause });
    });
    return days;
  }

  item({ event, at, pause }) {
    const properties = Object.entries(event.properties ?? {});
    const path = typeof event.properties?.path === "string" ? event.properties.path : null;
    const brief = properties.filter(([key]) => key !== "path").slice(0, SHOWN_PROPERTIES);
    return html`${pause < SESSION_GAP_MILLIS ? nothing : html`<li class="pause">${duration(pause)} pause</li>`}<li>
      <time datetime=${event.time}>${clockSeconds(at, this.zone)}</time>
      <details><summary><span class="name cut"><bdi>${foreign(event.event)}</bdi></span><span class="properties cut">${brief.map(([key, value], i) =>
        html`${i === 0 ? "" : " · "}<bdi>${foreign(key)}</bdi> <b><bdi>${foreign(value)}</bdi></b>`)}</span></summary>
        <dl>${properties.map(([key, value]) => html`<dt><bdi>${foreign(key)}</bdi></dt><dd><bdi>${foreign(value)}</bdi></dd>`)}
          ${properties.length === 0 ? html`<dt>properties</dt><dd>none</dd>` : nothing}
          ${event.receivedAt ? html`<dt>received</dt><dd>${dayClock(Date.parse(event.receivedAt), this.zone)}</dd>` : nothing}
          <dt>in the log at</dt><dd class="mono">${event.position}</dd></dl></details>
      ${path === null ? nothing : html`<a class="page mono cut" href=${eventAddress(event.event, "path")} data-page
        title="How popular is ${foreign(path)}?"><bdi>${foreign(path)}</bdi></a>`}</li>`;
  }

  end() {
    return html`<p class="end small">${this.gone > 0 ? `${count(this.gone)} earlier actions have left the log; they still count above.`
      : this.events.length === 0 ? "No action is kept in the log." : "There is nothing earlier in the timeline, which keeps the newest 100 actions."}</p>`;
  }
}

customElements.define("rv-timeline", RvTimeline);
