import { LitElement, css, html, nothing } from "lit";
import { dialogStyles } from "../kit/dialog-styles.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { askDialogStyles } from "../kit/ask-dialog.js";
import "../kit/copy-button.js";
import "./shared-links.js";

/** Links to a board: for who has a key, for the wall, and, made by an admin, with a key for this board alone in them. */
export class RvShareBoard extends LitElement {
  static properties = { board: {}, open: { state: true } };

  static styles = [shared, dialogStyles, askDialogStyles, css`
    dialog { width: min(40rem, calc(100vw - 2rem)); }
    section { display: grid; gap: var(--space-3); padding: var(--space-5); }
    section + section, rv-shared-links { border-top: 1px solid var(--line); }
    h3 { margin: 0; font-size: var(--size-m); font-weight: 600; }
    .link { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); padding: var(--space-2) var(--space-3); background: var(--sunken); border-radius: var(--radius); }
    .link code { flex: 1 1 14rem; min-width: 0; font: var(--size-s) / 1.5 var(--mono); overflow-wrap: anywhere; user-select: all; }
    .scroll { overflow: auto; }
  `];

  constructor() {
    super();
    this.open = false;
  }

  async show() {
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
      <rv-shared-links .board=${this.board} .address=${(wall) => this.address(wall)}></rv-shared-links></div></div></dialog>`;
  }

  shown(link, id) {
    return html`<div class="link" id="link-${id}"><code>${link}</code><rv-copy-button .text=${link}></rv-copy-button></div>`;
  }

  shut() {
    this.renderRoot.querySelector("dialog").close();
  }
}

customElements.define("rv-share-board", RvShareBoard);
