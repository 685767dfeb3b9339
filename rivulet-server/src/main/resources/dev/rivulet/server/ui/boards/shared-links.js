import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { since } from "../lib/format.js";
import { shared } from "../kit/styles.js";
import { askDialogStyles, refusal } from "../kit/ask-dialog.js";
import { Keys, nameOf } from "../kit/keys.js";
import "../kit/copy-button.js";

/**
 * The links to a board that hold a key for it alone: makes one, lists those there are, takes one back. An
 * admin does that: who is signed in with another key is asked for the admin key. `address(wall)` is where
 * a link leads.
 */
export class RvSharedLinks extends LitElement {
  static properties = { board: {}, address: { attribute: false }, made: { state: true } };

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
    this.made = null;
    this.keys = new Keys(this, ({ board }) => board === this.board);
  }

  firstUpdated() {
    this.keys.look();
  }

  render() {
    return html`<section><h3>For somebody without a key</h3>
        <p>Whoever has such a link <b>sees this board as it is saved, over any range, and nothing else</b> of this project, until you take the link back.</p>
        ${this.made === null ? this.offer() : this.result()}</section>
      ${this.keys.all === null ? nothing : html`<section><h3>Links to this board</h3>${this.listed()}</section>`}
      <p class="out-of-sight" role="status">${this.keys.said}</p>`;
  }

  offer() {
    return html`<form @submit=${this.make}>
      <label>For whom, so that you know it again<input id="label" maxlength="100" autocomplete="off" placeholder="the office screen"></label>
      <label class="check"><input type="checkbox" id="for-wall">for a screen on the wall</label>
      ${refusal(this.keys.error, "Making a link")}
      <div class="buttons">${this.keys.all === null ? html`<button type="button" class="button" id="show-links" ?disabled=${this.keys.asking} @click=${() => this.keys.list()}>Show the links there are</button>` : nothing}
        <button class="button" id="make" ?disabled=${this.keys.asking}>Make a link</button></div></form>`;
  }

  result() {
    return html`<p class="muted">It is shown this once. The key in it stands behind the #, which browsers do not send to servers, and leaves the address bar when the page opens.</p>
      <div class="link" id="link-keyed"><code>${this.made}</code><rv-copy-button .text=${this.made}></rv-copy-button></div>
      ${refusal(this.keys.error, "Taking a link back")}
      <div class="buttons"><button class="button" id="another" @click=${() => (this.made = null)}>Make another</button></div>`;
  }

  listed() {
    if (this.keys.all.length === 0) return html`<p class="muted" id="no-links">There is none: only who has a key of this project sees the board.</p>`;
    return html`<ul id="links">${repeat(this.keys.all, ({ id }) => id, (link) => this.link(link))}</ul>`;
  }

  link(link) {
    const { id, createdAt } = link;
    const name = nameOf(link, "Link");
    return html`<li data-id=${id}><div><p class="cut" title=${name}><bdi>${name}</bdi></p><p class="muted small">made ${createdAt ? html`<time datetime=${createdAt}>${since(Date.parse(createdAt), Date.now())}</time>` : "some time ago"}</p></div>
      ${this.keys.doubted === id ? html`<div class="buttons"><button class="button" @click=${() => this.keys.doubt(null)}>Keep</button><button class="button final" id="final" @click=${() => this.keys.takeBack(id, name)}>Take back for good</button></div>`
        : html`<button class="button take-back" aria-label="Take back: ${name}" @click=${() => this.keys.doubt(id)}>Take back</button>`}</li>`;
  }

  async make(event) {
    event.preventDefault();
    const label = this.renderRoot.querySelector("#label").value.trim();
    const wall = this.renderRoot.querySelector("#for-wall").checked;
    const made = await this.keys.make({ board: this.board, ...(label === "" ? {} : { label }) });
    this.made = made === null ? null : `${this.address(wall)}#key=${encodeURIComponent(made.key)}`;
  }
}

customElements.define("rv-shared-links", RvSharedLinks);
