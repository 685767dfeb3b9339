import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { address } from "../lib/api.js";
import { foreign, since } from "../lib/format.js";
import { askDialogStyles, refusal } from "../kit/ask-dialog.js";
import { Keys, nameOf } from "../kit/keys.js";
import { shared } from "../kit/styles.js";
import "../kit/copy-button.js";
import "../kit/states.js";

const ROLES = [
  { role: "write", opens: "sends events and measurements" },
  { role: "read", opens: "sees every number" },
  { role: "admin", opens: "may do everything" },
];
const FIRST = 12;

/** The keys of the project: makes one, shown once, and takes one back. Only for who has the admin key. */
export class RvKeys extends LitElement {
  static properties = { made: { state: true }, full: { state: true } };

  static styles = [shared, askDialogStyles, css`
    :host, section { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); }
    section { padding-top: var(--space-4); border-top: 1px solid var(--line-strong); }
    h2 .muted { font-weight: 400; }
    form { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-3); padding: 0; overflow: visible; }
    form > label { flex: 0 1 18rem; min-width: 0; }
    form > .wrong { flex: 1 1 100%; }
    select { height: 2.5rem; min-width: 0; padding: 0 var(--space-3); border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--bg); }
    form .button { min-height: 2.5rem; }
    #label { font-family: inherit; }
    .made { display: grid; gap: var(--space-3); justify-items: start; }
    .key { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3); max-width: 100%; padding: var(--space-2) var(--space-3); background: var(--sunken); border-radius: var(--radius); }
    .key code { min-width: 0; font: var(--size-s) / 1.5 var(--mono); overflow-wrap: anywhere; user-select: all; }
    li { display: grid; grid-template-columns: 4rem minmax(0, 1fr) auto; gap: 0 var(--space-4); align-items: center; min-height: 2.75rem; padding: var(--space-2) 0; border-bottom: 1px solid var(--line); }
    .role { font-weight: 600; }
    li .buttons { gap: var(--space-2); }
    .sure { grid-column: 1 / -1; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4); padding-top: var(--space-2); }
    @media (max-width: 30rem) { li { grid-template-columns: minmax(0, 1fr) auto; } li .what { grid-column: 1; grid-row: 2; } li > :last-child:not(.sure) { grid-row: 1 / 3; grid-column: 2; } }
  `];

  constructor() {
    super();
    this.made = null;
    this.full = false;
    this.keys = new Keys(this);
  }

  firstUpdated() {
    this.keys.look();
  }

  render() {
    const { all, error, reads, said, project } = this.keys;
    return html`<section aria-labelledby="keys-title">
      <h2 id="keys-title">Keys <span class="muted">${project === undefined ? "what opens this project" : html`what opens the project <bdi>${foreign(project)}</bdi>`}</span></h2>
      ${all !== null ? html`${this.made === null ? this.offer() : this.result()} ${this.listed()}` 
        : reads ? this.refused() : error === null ? html`<rv-skeleton lines="3" aria-busy="true"></rv-skeleton>`
        : html`<rv-error .error=${error} @retry=${() => this.keys.look()}></rv-error>`}
      <p class="out-of-sight" role="status">${said}</p></section>`;
  }

  /** Who only reads is told so without alarm; what a key typed here is refused for, is an error. */
  refused() {
    const { error, asking } = this.keys;
    return html`<p class="muted">You are signed in with a key that may only read. With the admin key you see which keys there are, make one and take one back.</p>
      <form @submit=${this.open}><label>Admin key, until you leave this page<input id="admin-key" type="password" autocomplete="off" spellcheck="false" required></label>
        <button class="button" id="open" ?disabled=${asking}>Show the keys</button>
        ${error === null ? nothing : html`<p class="wrong" role="alert">${error.status === 403 ? "This is not the admin key." : error.refused ? "The server does not know this key." : error.message}</p>`}</form>`;
  }

  open(event) {
    event.preventDefault();
    this.keys.list();
  }

  offer() {
    return html`<form @submit=${this.make}>
      <label>A key that<select id="role">${ROLES.map(({ role, opens }) => html`<option value=${role}>${role}: ${opens}</option>`)}</select></label>
      <label>What it is for, so that you know it again<input id="label" maxlength="100" autocomplete="off" placeholder="the shop's server"></label>
      <button class="button" id="make" ?disabled=${this.keys.asking}>Make a key</button>
      ${refusal(this.keys.error, "This")}</form>`;
  }

  result() {
    const { role, key: secret } = this.made;
    return html`<div class="made"><p>Your ${role} key. <b>It is shown this once</b>: the server keeps only its hash.</p>
      <div class="key" id="made"><code tabindex="-1">${secret}</code><rv-copy-button .text=${secret}></rv-copy-button></div>
      <button class="button" id="another" @click=${this.another}>I have it</button>${refusal(this.keys.error, "This")}</div>`;
  }

  listed() {
    const { all } = this.keys;
    if (all.length === 0) return html`<p class="muted" id="no-keys">There is none yet.</p>`;
    const shown = this.full ? all : all.slice(0, FIRST);
    return html`<ul id="keys">${repeat(shown, ({ id }) => id, (one) => this.one(one))}</ul>
      ${shown.length < all.length ? html`<p><button class="button" @click=${() => (this.full = true)}>Show all ${all.length}</button></p>` : nothing}`;
  }

  one(one) {
    const { id, role, board, createdAt, revocable } = one;
    const name = nameOf(one, revocable ? "Key" : "From the settings");
    const about = [board === undefined ? null : html`opens the board <a class="quiet" href=${address(`/boards/${encodeURIComponent(board)}`)} data-page><bdi>${foreign(board)}</bdi></a> only`,
      createdAt ? html`made <time datetime=${createdAt} title=${createdAt}>${since(Date.parse(createdAt), Date.now())}</time>` : null].filter(Boolean);
    return html`<li data-id=${id}><span class="role">${role}</span>
      <div class="what"><p class="cut" title=${name}><bdi>${revocable ? name : "set in the server's settings"}</bdi></p>
        ${about.length === 0 ? nothing : html`<p class="muted small">${about.map((part, i) => html`${i === 0 ? "" : " · "}${part}`)}</p>`}</div>
      ${!revocable ? html`<span></span>` : html`<button class="button take-back" aria-label="Take back: ${name}" ?hidden=${this.keys.doubted === id} @click=${() => this.keys.doubt(id)}>Take back</button>`}
      ${this.keys.doubted === id ? this.sure(id, name) : nothing}</li>`;
  }

  sure(id, name) {
    return html`<div class="sure" role="group" aria-label="Take back ${name}?" @keydown=${({ key }) => key === "Escape" && this.keys.doubt(null)}><p id="so">Whatever uses this key is refused from then on. There is no way back.</p>
      <div class="buttons"><button class="button" @click=${() => this.keys.doubt(null)}>Keep</button>
        <button class="button final" id="final" aria-describedby="so" ?disabled=${this.keys.asking} @click=${() => this.keys.takeBack(id, name)}>Take back for good</button></div></div>`;
  }

  async make(event) {
    event.preventDefault();
    const [role, label] = ["#role", "#label"].map((field) => this.renderRoot.querySelector(field).value.trim());
    this.made = await this.keys.make({ role, ...(label === "" ? {} : { label }) });
    await this.keys.focus("#made code");
  }

  another() {
    this.made = null;
    this.keys.focus("#make");
  }
}

customElements.define("rv-keys", RvKeys);
