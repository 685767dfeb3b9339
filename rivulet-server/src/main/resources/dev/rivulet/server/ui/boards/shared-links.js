import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ask, project, request } from "../lib/api.js";
import { foreign, since } from "../lib/format.js";
import { key } from "../lib/session.js";
import { shared } from "../kit/styles.js";
import { askDialogStyles, keyField, refusalWords } from "../kit/ask-dialog.js";
import "../kit/copy-button.js";

const JSON_BODY = { "Content-Type": "application/json" };

/**
 * The links to a board that hold a key for it alone: makes one, lists those there are, takes one back. An
 * admin does that: who is signed in with another key is asked for the admin key. `address(wall)` is where
 * a link leads.
 */
export class RvSharedLinks extends LitElement {
  static properties = {
    board: {}, address: { attribute: false }, links: { state: true }, made: { state: true }, error: { state: true },
    asking: { state: true }, doubted: { state: true }, said: { state: true },
  };

  static styles = [shared, askDialogStyles, css`
    :host { display: block; }
    section { display: grid; gap: var(--space-3); padding: var(--space-5); }
    section + section { border-top: 1px solid var(--line); }
    h3 { margin: 0; font-size: var(--size-m); font-weight: 600; }
    form { padding: 0; overflow: visible; }
    .check { display: flex; align-items: center; gap: var(--space-2); font-size: var(--size-m); }
    .check input { width: 1rem; height: 1rem; accent-color: var(--water); }
    #label { font-family: inherit; }
    .link { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); padding: var(--space-2) var(--space-3); background: var(--sunken); border-radius: var(--radius); }
    .link code { flex: 1 1 14rem; min-width: 0; font: var(--size-s) / 1.5 var(--mono); overflow-wrap: anywhere; user-select: all; }
    li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); padding: var(--space-2) 0; }
    li + li { border-top: 1px solid var(--line); }
    li > div:first-child { flex: 1 1 12rem; min-width: 0; }
    li .button { min-height: 2rem; padding: 0 var(--space-3); font-size: var(--size-s); }
    li .buttons { gap: var(--space-2); }
    .small { font-size: var(--size-s); }
  `];

  constructor() {
    super();
    this.links = null;
    this.made = null;
    this.error = null;
    this.asking = false;
    this.doubted = null;
    this.said = "";
    this.withKey = null;
  }

  firstUpdated() {
    this.list(key()).catch(() => {}); // Not an admin's key: it is asked for when something is to be done.
  }

  /** The keys of the project whose the admin key is, or of the one the page shows. */
  async path(withKey) {
    const { project: own } = await ask("/api/v1/key", {}, { withKey });
    return `/api/v1/projects/${encodeURIComponent(project() ?? own)}/keys`;
  }

  async list(withKey) {
    const { keys } = await ask(await this.path(withKey), {}, { withKey });
    this.withKey = withKey;
    this.links = keys.filter(({ board }) => board === this.board).reverse();
  }

  render() {
    return html`<section><h3>For somebody without a key</h3>
        <p>Whoever has such a link <b>sees this board as it is saved, over any range, and nothing else</b> of this project, until you take the link back.</p>
        ${this.made === null ? this.offer() : this.result()}</section>
      ${this.links === null ? nothing : html`<section><h3>Links to this board</h3>${this.listed()}</section>`}
      <p class="out-of-sight" role="status">${this.said}</p>`;
  }

  offer() {
    return html`<form @submit=${this.make}>
      <label>For whom, so that you know it again<input id="label" maxlength="100" autocomplete="off" placeholder="the office screen"></label>
      <label class="check"><input type="checkbox" id="for-wall">for a screen on the wall</label>
      ${this.error === null ? nothing : html`<p class="wrong" role="alert">${this.error.refused ? refusalWords(this.error, "Making a link") : this.error.message}</p>`}
      ${this.error?.refused ? keyField() : nothing}
      <div class="buttons">${this.links === null ? html`<button type="button" class="button" id="show-links" ?disabled=${this.asking} @click=${this.show}>Show the links there are</button>` : nothing}
        <button class="button" id="make" ?disabled=${this.asking}>Make a link</button></div></form>`;
  }

  result() {
    return html`<p class="muted">It is shown this once. The key in it stands behind the #, which browsers do not send to servers, and leaves the address bar when the page opens.</p>
      <div class="link" id="link-keyed"><code>${this.made}</code><rv-copy-button .text=${this.made}></rv-copy-button></div>
      <div class="buttons"><button class="button" id="another" @click=${() => (this.made = null)}>Make another</button></div>`;
  }

  listed() {
    if (this.links.length === 0) return html`<p class="muted" id="no-links">There is none: only who has a key of this project sees the board.</p>`;
    return html`<ul id="links">${repeat(this.links, ({ id }) => id, (link) => this.link(link))}</ul>`;
  }

  link({ id, label, createdAt }) {
    const name = label ? foreign(label) : `Link ${id.slice(0, 6)}`;
    return html`<li data-id=${id}><div><p class="cut" title=${name}><bdi>${name}</bdi></p><p class="muted small">made ${createdAt ? html`<time datetime=${createdAt}>${since(Date.parse(createdAt), Date.now())}</time>` : "some time ago"}</p></div>
      ${this.doubted === id ? html`<div class="buttons"><button class="button" @click=${() => (this.doubted = null)}>Keep</button><button class="button final" id="final" @click=${() => this.takeBack(id, name)}>Take back for good</button></div>`
        : html`<button class="button take-back" aria-label="Take back: ${name}" @click=${() => this.doubt(id)}>Take back</button>`}</li>`;
  }

  async doubt(id) {
    this.doubted = id;
    await this.updateComplete;
    this.renderRoot.querySelector("#final")?.focus();
  }

  show() {
    return this.attempt((withKey) => this.list(withKey));
  }

  make(event) {
    event.preventDefault();
    const label = this.renderRoot.querySelector("#label").value.trim();
    const wall = this.renderRoot.querySelector("#for-wall").checked;
    return this.attempt(async (withKey) => {
      const body = JSON.stringify({ board: this.board, ...(label === "" ? {} : { label }) });
      const response = await request(await this.path(withKey), {}, { method: "POST", withKey, body, conditions: JSON_BODY });
      const { key: made } = await response.json();
      this.made = `${this.address(wall)}#key=${encodeURIComponent(made)}`;
      await this.list(withKey);
    });
  }

  takeBack(id, name) {
    return this.attempt(async (withKey) => {
      const path = `${await this.path(withKey)}/${encodeURIComponent(id)}`;
      await request(path, {}, { method: "DELETE", withKey }).catch((error) => {
        if (error.status !== 404) throw error; // Somebody else was quicker.
      });
      this.doubted = null;
      this.said = `${name} was taken back.`;
      await this.list(withKey);
    });
  }

  /** Does what takes the admin key; asks for it when the one at hand is not it. */
  async attempt(work) {
    const given = this.renderRoot.querySelector("#admin-key")?.value.trim();
    this.asking = true;
    try {
      await work(given || this.withKey || key());
      this.error = null;
    } catch (error) {
      this.error = error;
      this.made = null;
      await this.updateComplete;
      this.renderRoot.querySelector("#admin-key")?.focus();
    }
    this.asking = false;
  }
}

customElements.define("rv-shared-links", RvSharedLinks);
