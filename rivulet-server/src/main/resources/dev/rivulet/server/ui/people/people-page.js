import { LitElement, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ask } from "../lib/api.js";
import { count, foreign, since } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { Refresher } from "../lib/refresher.js";
import { navigate, onNavigate, params, setParams } from "../lib/router.js";
import { day, dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { personAddress } from "./people.js";
import { peopleStyles } from "./people-styles.js";
import { identifyWays } from "./identify.js";
import "../kit/find-bar.js";
import "../kit/first-event.js";
import "../kit/source.js";
import "../kit/states.js";

const USERS = "/api/v1/users";
const AT_ONCE = 50;
const SHOWN_TRAITS = 5;
const REFRESH_MILLIS = 2_000;

/** Everybody, the most recently seen first, and a search by id or trait. The address is the state. */
export class RvPeoplePage extends LitElement {
  static properties = { wanted: { state: true }, answer: { state: true }, error: { state: true }, clock: { state: true }, loadingMore: { state: true } };

  static styles = [shared, pageStyles, peopleStyles];

  constructor() {
    super();
    this.wanted = params().get("search") ?? "";
    this.answer = null;
    this.error = null;
    this.clock = Date.now();
    this.shift = 0;
    this.zone = "UTC";
    this.loadingMore = false;
    this.opening = null;
    this.refresher = new Refresher(this, () => this.load(), { pause: () => REFRESH_MILLIS });
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.turn()), watch("overview", (message) => this.heard(message))];
    this.ticking = setInterval(() => (this.clock = Date.now()), 1_000);
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    clearInterval(this.ticking);
    this.request?.abort();
  }

  get now() {
    return this.clock + this.shift;
  }

  /** The overview tells the server's clock and zone, and that somebody moved. */
  heard({ at, timezone }) {
    this.shift = Date.parse(at) - Date.now();
    this.zone = timezone;
    this.refresher.soon();
  }

  turn() {
    const wanted = params().get("search") ?? "";
    if (location.pathname !== "/people" || wanted === this.wanted.trim()) return;
    this.wanted = wanted;
    this.load();
  }

  /** Who types on has not decided yet. */
  type({ target }) {
    this.wanted = target.wanted;
    this.opening = null;
  }

  find(search) {
    setParams({ search }, { replace: true });
    this.load();
  }

  callParams(cursor = null) {
    return { search: this.wanted.trim(), limit: AT_ONCE, cursor };
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const search = this.wanted.trim();
    try {
      const first = await ask(USERS, this.callParams(), { signal: request.signal });
      const longer = this.answer?.search === search && this.answer.users.length > AT_ONCE;
      this.answer = { ...first, search, ...(longer ? this.withOlder(first) : {}) };
      this.error = null;
      if (search === this.opening) this.openFirst();
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused) this.error = error;
    }
  }

  /** Keeps the pages read so far below a fresh first page; who moved up is not shown twice. */
  withOlder(first) {
    const fresh = new Set(first.users.map(({ user }) => user));
    const users = [...first.users, ...this.answer.users.filter(({ user }) => !fresh.has(user))];
    return { users, next: this.answer.next };
  }

  async more() {
    const { search, next } = this.answer;
    this.loadingMore = true;
    try {
      const page = await ask(USERS, this.callParams(next));
      if (this.answer.search !== search) return; // Something else was typed meanwhile.
      const known = new Set(this.answer.users.map(({ user }) => user));
      const users = [...this.answer.users, ...page.users.filter(({ user }) => !known.has(user))];
      this.answer = { ...this.answer, users, next: page.next, complete: page.complete };
    } catch (error) {
      if (!error.refused) this.error = error;
    } finally {
      this.loadingMore = false;
    }
  }

  /** Enter opens the first person found: when what was typed is not answered yet, once it is. */
  enter({ detail }) {
    this.opening = detail;
    if (this.answer?.search === detail) this.openFirst();
  }

  openFirst() {
    this.opening = null;
    const [first] = this.answer.users;
    const address = first === undefined ? null : personAddress(first.user);
    if (address !== null) navigate(address);
  }

  render() {
    if (this.answer?.users.length === 0 && this.answer.search === "" && this.wanted === "") {
      return html`<div class="first"><rv-first-event heading="Nobody has been here yet." .ways=${identifyWays}
        lead="Send an event with a user, or tell who somebody is, and they appear here, without a reload."></rv-first-event></div>`;
    }
    return html`<div class="page">
      <h1 class="out-of-sight">People</h1>
      <rv-find-bar label="Find a person by id or trait" placeholder="Find a person by id or trait" .wanted=${this.wanted}
        @wanted=${this.type} @settled=${({ detail }) => this.find(detail)} @enter=${this.enter}></rv-find-bar>
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`}
      ${this.answer !== null ? this.list() : this.error === null ? html`<rv-skeleton lines="9" aria-busy="true"></rv-skeleton>` : nothing}
    </div>`;
  }

  clear() {
    this.renderRoot.querySelector("rv-find-bar").clear();
  }

  list() {
    const { users, search, next, complete } = this.answer;
    const order = search === "" ? "most recently seen first" : `matching "${foreign(search)}"`;
    const bounded = search !== "" && complete === false;
    return html`<div class="list" ?data-waiting=${search !== this.wanted.trim()}>
      <p class="out-of-sight" role="status">${search === "" ? "" : `${users.length} found`}</p>
      ${users.length === 0 ? this.nobody(search) : html`<table aria-label="People, ${order}">
        <thead><tr><th scope="col" class="user">person</th><th scope="col">traits</th><th scope="col" class="when first-seen">first seen</th>
          <th scope="col" class="when">last seen</th><th scope="col" class="numeric">actions</th></tr></thead>
        <tbody id="people">${repeat(users, ({ user }) => user, (person) => this.row(person))}</tbody></table>`}
      ${next === undefined ? nothing : html`<p class="more"><button class="button" ?disabled=${this.loadingMore} @click=${this.more}>Show more</button></p>`}
      ${bounded ? html`<p class="muted small">There are more people than a search looks through: these are from the most recently seen. An exact id is always found.</p>` : nothing}
      <rv-source .facts=${[`${count(users.length)} ${users.length === 1 ? "person" : "people"}, ${order}`, this.zone, "exact"]} path=${USERS} .params=${this.callParams()}></rv-source>
    </div>`;
  }

  row({ user, firstSeen, lastSeen, total, traits }) {
    const name = foreign(user);
    const href = personAddress(user);
    const [first, last] = [Date.parse(firstSeen), Date.parse(lastSeen)];
    return html`<tr>
      <th scope="row" class="user">${href === null ? html`<span class="who cut" title=${name}><bdi>${name}</bdi></span>`
        : html`<a class="who cut" href=${href} data-page title=${name}><bdi>${name}</bdi></a>`}</th>
      <td class="traits cut">${Object.entries(traits ?? {}).slice(0, SHOWN_TRAITS).map(([key, value], i) =>
        html`${i === 0 ? "" : " · "}<bdi>${foreign(key)}</bdi> <b><bdi>${foreign(value)}</bdi></b>`)}</td>
      <td class="when first-seen seen muted" title=${dayClock(first, this.zone)}>${day(first, this.zone)}</td>
      <td class="when seen"><time datetime=${lastSeen} title=${dayClock(last, this.zone)}>${since(last, this.now)}</time></td>
      <td class="numeric" data-unit=${total === 1 ? "action" : "actions"}>${count(total)}</td></tr>`;
  }

  nobody(search) {
    return html`<div class="silent"><p>Nobody's id or trait contains <b><bdi>${foreign(search)}</bdi></b>.</p>
      <button class="button" @click=${this.clear}>Show everybody</button></div>`;
  }
}

customElements.define("rv-people-page", RvPeoplePage);
