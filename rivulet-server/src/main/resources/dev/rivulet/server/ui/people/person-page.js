import { LitElement, html, nothing } from "lit";
import { address, ask, request } from "../lib/api.js";
import { count, foreign, since, visit } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { Refresher } from "../lib/refresher.js";
import { navigate, onNavigate } from "../lib/router.js";
import { day, dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { addressed, eventAddress, userPath } from "./people.js";
import { personStyles } from "./person-styles.js";
import "../kit/bar-list.js";
import "../kit/source.js";
import "../kit/states.js";
import "../kit/tile.js";
import "./erase-dialog.js";
import "./timeline.js";

const REFRESH_MILLIS = 2_000;
/** The overview names only the newest events, so a busy server may hide this person's: ask anyway. */
const POLL_MILLIS = 10_000;
const FEW_SESSIONS = 6;
const MANY_SESSIONS = 50;

/** One person: who they are, what they did, and whether they are here now. */
export class RvPersonPage extends LitElement {
  static properties = {
    user: { state: true },
    profile: { state: true },
    sessions: { state: true },
    error: { state: true },
    exporting: { state: true },
    exportError: { state: true },
    clock: { state: true },
  };

  static styles = [shared, pageStyles, personStyles];

  constructor() {
    super();
    this.clock = Date.now();
    this.shift = 0;
    this.zone = "UTC";
    this.refresher = new Refresher(this, () => this.load(), { pause: () => REFRESH_MILLIS });
    this.begin(addressed());
  }

  begin(user) {
    this.user = user;
    this.profile = null;
    this.sessions = null;
    this.error = null;
    this.exporting = false;
    this.exportError = null;
    this.sessionsShown = FEW_SESSIONS;
    this.gone = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.turn()), watch("overview", (message) => this.heard(message))];
    this.ticking = setInterval(() => (this.clock = Date.now()), 1_000);
    this.polling = setInterval(() => this.refresher.soon(), POLL_MILLIS);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    clearInterval(this.ticking);
    clearInterval(this.polling);
    this.request?.abort();
  }

  get now() {
    return this.clock + this.shift;
  }

  heard({ at, timezone, recent }) {
    this.shift = Date.parse(at) - Date.now();
    this.zone = timezone;
    const last = Date.parse(this.profile?.lastSeen ?? "");
    if (recent.some(({ user, time }) => user === this.user && !(Date.parse(time) <= last))) this.refresher.soon();
  }

  turn() {
    const user = addressed();
    if (!location.pathname.startsWith("/people/") || user === this.user) return;
    this.begin(user);
    this.load();
  }

  async load() {
    if (this.user === null || this.gone) return;
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    document.title = `${foreign(this.user).slice(0, 60)} · Rivulet`;
    try {
      const [profile, { sessions }] = await Promise.all([
        ask(userPath(this.user), {}, { signal: request.signal }),
        ask(userPath(this.user, "/sessions"), { limit: this.sessionsShown }, { signal: request.signal }),
      ]);
      this.profile = profile;
      this.sessions = sessions;
      this.error = null;
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused && !this.gone) this.error = error;
    }
  }

  render() {
    return html`<div class="page">${this.content()}
      ${this.user === null ? nothing : html`<rv-erase-dialog .user=${this.user} @erased=${this.erased} @left=${() => navigate(address("/people"))}></rv-erase-dialog>`}
    </div>`;
  }

  content() {
    if (this.user === null || (this.error?.status === 404 && !this.gone)) return this.nobody();
    const failed = this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`;
    if (this.profile === null) return html`${this.head()} ${this.error === null ? html`<rv-skeleton lines="9" aria-busy="true"></rv-skeleton>` : failed}`;
    return html`${this.head()} ${failed} ${this.figures()}
      <div class="columns">
        <rv-timeline .user=${this.user} .newest=${this.profile} .zone=${this.zone} .now=${this.now}></rv-timeline>
        <div class="side">${this.knows ? this.traits() : nothing} ${this.actions()} ${this.visits()} ${this.knows ? nothing : this.traits()}</div>
      </div>`;
  }

  head() {
    return html`<div class="head">
      <div><p class="crumb"><a class="quiet" href=${address("/people")} data-page>People</a> /</p>
        <h1><bdi>${foreign(this.user)}</bdi></h1></div>
      <p class="does">
        <button class="button" id="export" ?disabled=${this.exporting || this.profile === null} @click=${this.export}>${this.exporting ? "Exporting…" : "Export JSON"}</button>
        <button class="button erase" id="erase" ?disabled=${this.profile === null} @click=${this.askToErase}>Erase…</button>
      </p></div>
      ${this.exportError === null ? nothing : html`<rv-error .error=${this.exportError} @retry=${this.export}></rv-error>`}`;
  }

  figures() {
    const { total, firstSeen, lastSeen, session, sessions } = this.profile;
    const [first, last] = [Date.parse(firstSeen), Date.parse(lastSeen)];
    const { now, zone } = this;
    return html`<div>
      <div class="figures">
        <rv-tile id="total" accent .value=${total} label=${total === 1 ? "action" : "actions"}></rv-tile>
        ${typeof sessions === "number" ? html`<rv-tile id="visits" .value=${sessions} label=${sessions === 1 ? "session" : "sessions"}></rv-tile>` : nothing}
        ${session === null ? nothing : html`<div class="now" id="session"><rv-tile .value=${session.seconds} .format=${visit} label="session open now"></rv-tile>
          <p class="note">${part(session.events, "action")}, ${part(session.pages, "page")}${way(session)}</p></div>`}
        <div><rv-tile id="last-seen" .value=${last} .format=${(at) => since(at, now)} label="last seen"></rv-tile><p class="note">${dayClock(last, zone)}</p></div>
        <div><rv-tile id="first-seen" .value=${first} .format=${(at) => since(at, now)} label="first seen"></rv-tile><p class="note">${dayClock(first, zone)}</p></div>
      </div>
      <rv-source .facts=${[`${day(first, zone)} to now`, zone, "exact"]} path=${userPath(this.user)}></rv-source>
    </div>`;
  }

  actions() {
    const { actions, total } = this.profile;
    const rows = Object.entries(actions).map(([name, times]) => ({
      name: name === "$other" ? "other" : name, count: times, href: name === "$other" ? undefined : eventAddress(name),
    })).sort((a, b) => (a.href === undefined) - (b.href === undefined) || b.count - a.count);
    return html`<section aria-labelledby="actions-title"><h2 id="actions-title">Actions</h2>
      <rv-bar-list id="actions" .rows=${rows} .total=${total}></rv-bar-list></section>`;
  }

  visits() {
    const more = this.sessions.length >= this.sessionsShown && this.sessionsShown < MANY_SESSIONS;
    const open = this.profile.session?.start;
    return html`<section aria-labelledby="sessions-title"><h2 id="sessions-title">Sessions <span class="muted">newest first</span></h2>
      ${this.sessions.length === 0 ? html`<p class="none">None kept</p>` : html`<ol class="visits" id="sessions">${this.sessions.map((session) => html`<li>
        <span>${dayClock(Date.parse(session.start), this.zone)}</span>
        <b>${session.start === open ? "open now" : session.bounce ? "bounce" : visit(session.seconds)}</b>
        <span class="way"><span>${part(session.events, "action")}, ${part(session.pages, "page")}</span> ${path(session)}</span></li>`)}</ol>`}
      ${more ? html`<p><button class="button" @click=${this.moreSessions}>Show more</button></p>` : nothing}
      <rv-source .facts=${["30 minutes apart", this.zone, "exact"]} path=${userPath(this.user, "/sessions")} .params=${{ limit: this.sessionsShown }}></rv-source>
    </section>`;
  }

  moreSessions() {
    this.sessionsShown = MANY_SESSIONS;
    this.load();
  }

  get knows() {
    return Object.keys(this.profile.traits ?? {}).length > 0;
  }

  traits() {
    const known = Object.entries(this.profile.traits ?? {});
    return html`<section aria-labelledby="traits-title"><h2 id="traits-title">Traits</h2>
      ${known.length === 0 ? html`<p class="none">None told. An identify call sets them.</p>`
        : html`<dl class="known" id="traits">${known.map(([key, value]) => html`<dt><bdi>${foreign(key)}</bdi></dt><dd><bdi>${foreign(value)}</bdi></dd>`)}</dl>`}
    </section>`;
  }

  nobody() {
    return html`<h1>Nobody here.</h1><div class="silent"><p>${this.user === null ? "This address names nobody."
      : html`<b><bdi>${foreign(this.user)}</bdi></b> was never seen in this project, or has been erased.`}</p>
      <a class="button" href=${address("/people")} data-page>Show everybody</a></div>`;
  }

  /** Saved byte for byte as answered: numbers keep digits that a round through JavaScript loses. */
  async export() {
    this.exporting = true;
    this.exportError = null;
    try {
      const answer = await request(userPath(this.user, "/export"));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `${this.user.replace(/[^\w.@-]+/g, "_").slice(0, 100)}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      if (!error.refused) this.exportError = error;
    } finally {
      this.exporting = false;
    }
  }

  askToErase() {
    this.renderRoot.querySelector("rv-erase-dialog").show();
  }

  erased() {
    this.gone = true; // What is shown below the dialog stands still until the reader leaves.
    this.request?.abort();
  }
}

const part = (number, word) => `${count(number)} ${word}${number === 1 ? "" : "s"}`;

/** From the entry page to the exit page. */
function path({ entry, exit }) {
  if (entry === null || entry === undefined) return nothing;
  const from = html`<bdi>${foreign(entry)}</bdi>`;
  const both = exit === null || exit === undefined || exit === entry ? from : html`${from} → <bdi>${foreign(exit)}</bdi>`;
  return html`<span class="mono cut" title=${exit === entry ? foreign(entry) : `${foreign(entry)} → ${foreign(exit)}`}>${both}</span>`;
}

const way = (session) => (path(session) === nothing ? nothing : html`, ${path(session)}`);

customElements.define("rv-person-page", RvPersonPage);
