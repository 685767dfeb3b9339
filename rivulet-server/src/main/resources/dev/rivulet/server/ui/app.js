import { LitElement, css, html, nothing } from "lit";
import { ApiError, address, ask, project } from "./lib/api.js";
import { foreign } from "./lib/format.js";
import { reconnect, watchFreshness } from "./lib/live.js";
import { follow, navigate, onNavigate } from "./lib/router.js";
import { addressed, boardAddress } from "./boards/boards.js";
import { begin, isOfOneBoard, key, signOut } from "./lib/session.js";
import { icon, mark } from "./kit/icon.js";
import { shared } from "./kit/styles.js";
import { pageAt } from "./shell/pages.js";
import "./kit/freshness.js";
import "./shell/menu.js";
import "./signin/sign-in.js";

/** The lag is read, not watched: it changes once a second, not five times. */
const LAG_MILLIS = 1_000;

/** Until a server that was away is asked again. */
const LAND_MILLIS = 2_000;

const TAKEN_BACK = "This link opens nothing any more: it was taken back, or the board was deleted. Ask whoever sent it for another.";

const THEMES = ["system", "light", "dark"];
const THEME_ICONS = { system: "system", light: "sun", dark: "moon" };

/** The frame around every page: sign-in, navigation, freshness, theme. */
export class RvApp extends LitElement {
  static properties = { entered: { state: true }, reason: { state: true }, page: { state: true }, lag: { state: true }, board: { state: true }, theme: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: flex; flex-direction: column; min-height: 100dvh; }
      .skip { position: absolute; left: var(--gutter); top: -4rem; z-index: 20; padding: var(--space-2) var(--space-4); background: var(--raised); border-radius: var(--radius); }
      .skip:focus { top: var(--space-2); }
      header { position: sticky; top: 0; z-index: 10; display: flex; align-items: center; gap: var(--space-4); height: 3.5rem; padding: 0 var(--gutter); background: var(--bg); border-bottom: 1px solid var(--line); }
      .word { display: flex; align-items: center; min-height: 2.25rem; gap: 0.6rem; font-size: 1.0625rem; font-weight: 600; letter-spacing: -0.015em; }
      .project { padding: 0.1rem 0.6rem; border: 1px solid var(--line-strong); border-radius: 1rem; color: var(--muted); font-size: var(--size-s); }
      .only { flex: 1; min-width: 0; color: var(--muted); font-size: var(--size-s); }
      .end { flex: none; display: flex; align-items: center; gap: var(--space-1); }
      rv-freshness { margin-right: var(--space-3); }
      .tool { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: var(--radius); color: var(--muted); }
      .tool:hover { background: var(--hover); color: var(--text); }
      main { flex: 1; min-width: 0; }
      main:focus-visible { outline: none; }
      .lost { padding: var(--space-7) var(--gutter); display: grid; gap: var(--space-3); }
      .lost h1 { font-size: var(--size-2xl); font-weight: 500; }
      @media print { header { display: none; } }
      @media (max-width: 48rem) {
        header { gap: var(--space-2); height: 3.25rem; }
      }
      @media (max-width: 36rem) {
        .word span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        .project { display: none; }
        rv-freshness { margin-right: 0; }
      }
    `,
  ];

  constructor() {
    super();
    begin();
    this.entered = key() !== null;
    this.reason = null;
    this.lag = null;
    this.board = null;
    this.theme = document.documentElement.dataset.theme ?? "system";
    this.open();
  }

  connectedCallback() {
    super.connectedCallback();
    onNavigate(() => this.open(true));
    addEventListener("rivulet:refused", ({ detail }) => this.leave(key() === null ? null : detail));
    if (this.entered) {
      this.listen();
      this.land();
    }
  }

  /** With the key of one board: learns which it is, and opens it unless another page was asked for. */
  async land() {
    if (!isOfOneBoard()) return;
    const mine = key();
    try {
      const { board } = await ask("/api/v1/key");
      if (key() !== mine) return;
      this.board = board;
      if (["/", "/boards"].includes(location.pathname)) navigate(boardAddress(board));
    } catch (error) {
      if (key() === mine && error.status !== 401) setTimeout(() => key() === mine && this.land(), LAND_MILLIS);
    }
  }

  listen() {
    let shownAt = -Infinity;
    this.forget ??= watchFreshness(({ lagMillis }) => {
      if (performance.now() - shownAt < LAG_MILLIS) return;
      shownAt = performance.now();
      this.lag = lagMillis;
    });
  }

  enter() {
    this.entered = true;
    this.reason = null;
    this.listen();
    reconnect();
    this.land();
  }

  leave(reason) {
    this.forget?.();
    this.forget = null;
    this.reason = reason !== null && isOfOneBoard() ? new ApiError(410, TAKEN_BACK) : reason;
    this.board = null;
    signOut();
    this.entered = false;
  }

  async open(moved = false) {
    const page = pageAt(location.pathname);
    const isOther = page !== this.page;
    await page?.load();
    this.page = page;
    this.requestUpdate(); // Whether it has a frame may depend on the rest of the address.
    document.title = page === null ? "Not found · Rivulet" : isOther ? `${page.title} · Rivulet` : document.title;
    if (!moved || !isOther) return;
    await this.updateComplete;
    scrollTo(0, 0);
    this.renderRoot.querySelector("main")?.focus();
  }

  turn() {
    this.theme = THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length];
    if (this.theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.theme;
    try {
      localStorage.setItem("rivulet.theme", this.theme);
    } catch {
      // Not kept: storage is refused.
    }
  }

  render() {
    if (!this.entered) return html`<rv-sign-in .reason=${this.reason} @signed-in=${this.enter}></rv-sign-in>`;
    return html`
      <header @click=${follow} ?hidden=${this.page?.frameless?.() === true}>
        <button class="skip" @click=${this.skip}>Skip to the numbers</button>
        <a class="word" href=${isOfOneBoard() && this.board !== null ? boardAddress(this.board) : address("/")} data-page aria-label="Rivulet">${mark}<span>rivulet</span></a>
        ${isOfOneBoard() ? html`<p class="only cut">This board only</p>` : html`<rv-menu .current=${this.page?.within ?? this.page?.path ?? null}></rv-menu>`}
        ${project() === null ? nothing : html`<span class="project cut" title="Project"><bdi>${foreign(project())}</bdi></span>`}
        <div class="end">
          <rv-freshness .lag=${this.lag}></rv-freshness>
          <button class="tool" @click=${this.turn} title="Theme: ${this.theme}" aria-label="Theme: ${this.theme}. Change">${icon(THEME_ICONS[this.theme])}</button>
          <button class="tool" @click=${() => this.leave(null)} title="Sign out" aria-label="Sign out">${icon("leave")}</button>
        </div>
      </header>
      <main id="main" tabindex="-1" @click=${follow}>${this.content()}</main>
    `;
  }

  content() {
    if (isOfOneBoard() && (this.board === null || addressed() !== this.board || this.page?.path !== "/boards/*")) return this.elsewhere();
    return this.page === null ? this.lost() : this.page?.view();
  }

  /** What the key of one board does not open. */
  elsewhere() {
    if (this.board === null || addressed() === this.board) return html`<div class="lost" aria-busy="true"></div>`; // On the way there.
    return html`<div class="lost"><h1>You were sent one board.</h1><p>The link you came with opens that board and no other page.
      <a class="quiet" id="to-board" href=${boardAddress(this.board)} data-page>Go to the board</a></p></div>`;
  }

  lost() {
    return html`<div class="lost"><h1>There is no page here.</h1><p><a class="quiet" href="/" data-page>Go to Live</a></p></div>`;
  }

  skip() {
    this.renderRoot.querySelector("main").focus();
  }
}

customElements.define("rv-app", RvApp);
