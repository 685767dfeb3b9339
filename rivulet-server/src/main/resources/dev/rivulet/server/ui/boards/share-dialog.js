import { LitElement, css, html, nothing } from "lit";
import { project, request } from "../lib/api.js";
import { key } from "../lib/session.js";
import { dialogStyles } from "../kit/dialog-styles.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { askDialogStyles, keyField, refusalWords } from "../funnels/ask-dialog.js";
import "../kit/copy-button.js";

/** Links to a board: for who has a key, for the wall, and, made by an admin, with a reading key in them. */
export class RvShareBoard extends LitElement {
  static properties = { open: { state: true }, link: { state: true }, error: { state: true }, asking: { state: true }, forWall: { state: true } };

  static styles = [shared, dialogStyles, askDialogStyles, css`
    dialog { width: min(40rem, calc(100vw - 2rem)); }
    section { display: grid; gap: var(--space-3); padding: var(--space-5); }
    section + section { border-top: 1px solid var(--line); }
    h3 { margin: 0; font-size: var(--size-m); font-weight: 600; }
    .link { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); padding: var(--space-2) var(--space-3); background: var(--sunken); border-radius: var(--radius); }
    .link code { flex: 1 1 14rem; min-width: 0; font: var(--size-s) / 1.5 var(--mono); overflow-wrap: anywhere; user-select: all; }
    .scroll { overflow: auto; }
    form { padding: 0; overflow: visible; }
    .check { display: flex; align-items: center; gap: var(--space-2); font-size: var(--size-m); }
    .check input { width: 1rem; height: 1rem; accent-color: var(--water); }
    ul { display: grid; gap: var(--space-1); padding-left: 1.1rem; list-style: disc; color: var(--muted); }
    ul b { color: var(--text); }
  `];

  constructor() {
    super();
    this.open = false;
    this.reset();
  }

  reset() {
    this.link = null;
    this.error = null;
    this.asking = false;
    this.forWall = false;
  }

  async show() {
    this.reset();
    this.open = true;
    await this.updateComplete;
    this.renderRoot.querySelector("dialog").showModal();
  }

  /** The address as it is shown, range and all, without what belongs to the one who edits. */
  address(wall) {
    const url = new URL(location.href);
    for (const name of ["edit", "new", "wall"]) url.searchParams.delete(name);
    if (wall) url.searchParams.set("wall", "");
    url.hash = "";
    return url.href.replace(/wall=(?=&|$)/, "wall");
  }

  render() {
    if (!this.open) return nothing;
    return html`<dialog aria-labelledby="title" @close=${() => (this.open = false)}><div class="sheet">
      <header><h2 id="title">Share this board</h2><button class="close" aria-label="Close" @click=${this.shut}>${icon("close")}</button></header>
      <div class="scroll"><section><h3>For somebody with a key</h3><p class="muted">Opens the board with the range you see. Who follows it signs in with their own key.</p>${this.shown(this.address(false), "plain")}</section>
      <section><h3>For a screen on the wall</h3><p class="muted">The board and nothing else, as large as the screen. Sign in there once and stay signed in.</p>${this.shown(this.address(true), "wall")}</section>
      <section><h3>For somebody without a key</h3>${this.link === null ? this.offer() : html`<p>Made. It is shown this once:</p>${this.shown(this.link, "keyed")}`}</section></div></div></dialog>`;
  }

  shown(link, id) {
    return html`<div class="link" id="link-${id}"><code>${link}</code><rv-copy-button .text=${link}></rv-copy-button></div>`;
  }

  offer() {
    return html`<p class="muted">An admin can make a link with a new reading key in it. Whoever has the link:</p>
      <ul><li><b>reads everything in this project</b>, not only this board: every number, event and person;</li><li>changes nothing and sends nothing;</li><li>keeps that as long as the key exists: there is no switch yet that takes one key back.</li></ul>
      <p class="muted">The key stands behind the # of the address, which browsers do not send to servers, and it leaves the address bar when the page opens. Send the link as you would send a password.</p>
      <form @submit=${this.make}><label class="check"><input type="checkbox" id="for-wall" .checked=${this.forWall} @change=${({ target }) => (this.forWall = target.checked)}>for a screen on the wall</label>
        ${this.error?.refused ? keyField() : nothing}
        ${this.error === null ? nothing : html`<p class="wrong" role="alert">${this.error.refused ? refusalWords(this.error, "Making a key") : this.error.message}</p>`}
        <div class="buttons"><button class="button" id="make" ?disabled=${this.asking}>Make a link with a reading key</button></div></form>`;
  }

  async make(event) {
    event.preventDefault();
    const withKey = this.renderRoot.querySelector("#admin-key")?.value.trim() ?? key();
    this.asking = true;
    try {
      const response = await request(`/api/v1/projects/${encodeURIComponent(project() ?? "default")}/keys`, {}, { method: "POST", withKey, body: JSON.stringify({ role: "read" }), conditions: { "Content-Type": "application/json" } });
      const { key: made } = await response.json();
      this.link = `${this.address(this.forWall)}#key=${encodeURIComponent(made)}`;
      this.error = null;
    } catch (error) {
      this.error = error;
      await this.updateComplete;
      this.renderRoot.querySelector("#admin-key")?.focus();
    }
    this.asking = false;
  }

  shut() {
    this.renderRoot.querySelector("dialog").close();
  }
}

customElements.define("rv-share-board", RvShareBoard);
