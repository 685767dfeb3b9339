import { LitElement, css, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { bytes, count, foreign } from "../lib/format.js";
import { key } from "../lib/session.js";
import { dialogStyles } from "../kit/dialog-styles.js";
import { icon } from "../kit/icon.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { userPath } from "./people.js";

const LOOK_MILLIS = 700;

/**
 * Erases `user` once the id was typed, and shows how far that is and what was removed. Fires
 * `erased` when the person is hidden everywhere and `left` when the account of it is closed.
 */
export class RvEraseDialog extends LitElement {
  static properties = {
    user: { attribute: false },
    stage: { state: true },
    typed: { state: true },
    error: { state: true },
    needsKey: { state: true },
    erasure: { state: true },
  };

  static styles = [
    shared,
    dialogStyles,
    css`
      dialog { width: min(34rem, calc(100vw - 2rem)); }
      form, .account { display: grid; gap: var(--space-4); padding: var(--space-5); overflow: auto; }
      label { display: grid; gap: var(--space-2); font-size: var(--size-s); }
      label b { font-family: var(--mono); overflow-wrap: anywhere; user-select: all; }
      input { height: 2.5rem; min-width: 0; padding: 0 var(--space-3); border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--bg); font-family: var(--mono); }
      .wrong { padding: var(--space-3) var(--space-4); border-left: 3px solid var(--alarm); background: var(--alarm-soft); border-radius: 0 var(--radius) var(--radius) 0; overflow-wrap: anywhere; }
      .buttons { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: var(--space-3); }
      .final { border-color: var(--alarm); color: var(--alarm); }
      .final:not([disabled]):hover { background: var(--alarm-soft); border-color: var(--alarm); }
      .bar { height: 0.375rem; border-radius: 1rem; background: var(--line); overflow: hidden; }
      .bar span { display: block; height: 100%; background: var(--water); transform-origin: 0 50%; transform: scaleX(var(--part)); transition: transform var(--flow) ease-out; }
      dl { display: grid; grid-template-columns: minmax(0, 1fr) auto; }
      dl > * { padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
      dt { color: var(--muted); }
      dd { font-weight: 600; text-align: right; }
    `,
  ];

  constructor() {
    super();
    this.begin();
  }

  begin() {
    this.stage = "closed";
    this.typed = "";
    this.error = null;
    this.needsKey = false;
    this.erasure = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.looking);
  }

  async show() {
    this.begin();
    this.stage = "confirm";
    await this.updateComplete;
    this.renderRoot.querySelector("dialog").showModal();
  }

  render() {
    if (this.stage === "closed") return nothing;
    const erasing = this.erasure !== null;
    return html`<dialog aria-labelledby="title" @close=${this.closed} @cancel=${this.hold}>
      <div class="sheet">
        <header><h2 id="title" class="cut">${erasing ? html`Erased <bdi>${foreign(this.user)}</bdi>` : html`Erase <bdi>${foreign(this.user)}</bdi>?`}</h2>
          <button class="close" aria-label="Close" ?disabled=${this.stage === "asking"} @click=${this.shut}>${icon("close")}</button></header>
        ${erasing ? this.account() : this.confirmation()}
      </div></dialog>`;
  }

  confirmation() {
    const meant = this.typed === this.user || this.typed === foreign(this.user);
    const asking = this.stage === "asking";
    return html`<form @submit=${this.erase}>
      <p>Everything known of this person goes: events in the log, traits, sessions, and their part in funnels and cohorts.
        Totals and numbers of people stay as they were counted. There is no way back.</p>
      <label>To go on, type the id <b><bdi>${foreign(this.user)}</bdi></b>
        <input id="typed" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${this.typed} @input=${({ target }) => (this.typed = target.value)}></label>
      ${this.needsKey ? html`<label>Admin key, used for this only
        <input id="admin-key" type="password" autocomplete="off" spellcheck="false" required></label>` : nothing}
      ${this.error === null ? nothing : html`<p class="wrong" role="alert">${this.words()}</p>`}
      <div class="buttons">
        <button type="button" class="button" ?disabled=${asking} @click=${this.shut}>Keep</button>
        <button class="button final" id="final" ?disabled=${!meant || asking}>${asking ? "Erasing…" : "Erase for good"}</button>
      </div></form>`;
  }

  words() {
    if (this.error.status === 401) return "The server does not know this key.";
    if (this.error.status === 403) return "You are signed in with a key that may only read. Erasing takes the admin key.";
    return this.error.message;
  }

  account() {
    const { state, progress, waiting, erased } = this.erasure;
    const done = state === "done";
    const part = done ? 1 : progress ?? 0;
    return html`<div class="account">
      <p role="status">${done ? "Nothing of this person is left in any key." : "Hidden from every answer. The raw log is being rewritten without this person; it goes on when this is closed."}</p>
      <div class="bar" role="progressbar" aria-label="Rewriting the log" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(part * 100)}>
        <span ${style({ "--part": String(part) })}></span></div>
      ${waiting && !done ? html`<p class="muted small">Waiting: ${waiting}</p>` : nothing}
      <dl id="account">${Object.entries(erased ?? {}).filter(([, removed]) => typeof removed === "number").map(([what, removed]) =>
        html`<dt>${words(what)}</dt><dd>${what.endsWith("Bytes") ? bytes(removed) : count(removed)}</dd>`)}</dl>
      ${this.error === null ? nothing : html`<p class="wrong" role="alert">${this.error.message}</p>`}
      <div class="buttons"><button class="button primary" id="leave" @click=${this.shut}>Back to people</button></div>
    </div>`;
  }

  async erase(event) {
    event.preventDefault();
    this.withKey = this.renderRoot.querySelector("#admin-key")?.value.trim() ?? key();
    this.stage = "asking";
    this.error = null;
    try {
      this.erasure = await ask(userPath(this.user), {}, { method: "DELETE", withKey: this.withKey });
      this.stage = "erased";
      this.dispatchEvent(new CustomEvent("erased"));
      this.look();
    } catch (error) {
      this.stage = "confirm";
      this.error = error;
      this.needsKey ||= error.refused;
      if (!error.refused) return;
      await this.updateComplete;
      this.renderRoot.querySelector("#admin-key").focus();
    }
  }

  /** Asks how far it is until it is done; a server that is away for a moment does not end it. */
  async look() {
    while (this.isConnected && this.erasure !== null && this.erasure.state !== "done") {
      await new Promise((resolve) => (this.looking = setTimeout(resolve, LOOK_MILLIS)));
      try {
        const { erasure } = this.erasure;
        const now = await ask(`/api/v1/erasures/${encodeURIComponent(erasure)}`, {}, { withKey: this.withKey });
        this.erasure = { ...this.erasure, ...now };
        this.error = null;
      } catch (error) {
        this.error = error;
        if (error.status >= 400 && error.status < 500 && error.status !== 429) return;
      }
    }
  }

  shut() {
    this.renderRoot.querySelector("dialog").close();
  }

  /** Escape does not take away the answer to a request that is under way. */
  hold(event) {
    if (this.stage === "asking") event.preventDefault();
  }

  closed() {
    const erased = this.erasure !== null;
    this.begin();
    if (erased) this.dispatchEvent(new CustomEvent("left"));
  }
}

/** `rawEvents` as one reads it: raw events. */
const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

customElements.define("rv-erase-dialog", RvEraseDialog);
