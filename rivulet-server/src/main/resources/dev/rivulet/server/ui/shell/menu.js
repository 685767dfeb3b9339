import { LitElement, css, html, nothing } from "lit";
import { address } from "../lib/api.js";
import { icon } from "../kit/icon.js";
import { Popover } from "../kit/popover.js";
import { shared } from "../kit/styles.js";
import { groups } from "./pages.js";

const shown = groups.map(({ title, pages }) => ({ title, pages: pages.filter(({ within }) => !within) })).filter(({ pages }) => pages.length > 0);

/** In one row: the pages in order, `first` where a group begins. */
const row = shown.flatMap(({ pages }, group) => pages.map((page, i) => ({ ...page, first: group > 0 && i === 0 })));

/**
 * The pages in a row, as many as fit; the others are under a button at its end, which carries the
 * name of the page the reader is on if it is one of them. On a phone all are under the button.
 */
export class RvMenu extends LitElement {
  static properties = { current: {}, fitting: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: flex; align-self: stretch; flex: 1; min-width: 0; position: relative; }
      nav { display: flex; min-width: 0; }
      .row { display: flex; }
      .measure { position: absolute; display: flex; visibility: hidden; pointer-events: none; width: 0; height: 0; overflow: hidden; }
      .measure > * { flex: none; }
      .entry { position: relative; display: flex; align-items: center; gap: 0.3em; padding: 0 var(--space-3); color: var(--muted); white-space: nowrap; }
      .first { margin-left: var(--space-3); }
      .first::before { content: ""; position: absolute; left: calc(-0.5 * var(--space-3)); height: 1rem; border-left: 1px solid var(--line-strong); }
      .entry:hover, .entry[aria-current], .opener[aria-expanded="true"] { color: var(--text); }
      .entry[aria-current]::after, .opener.here::after { content: ""; position: absolute; inset: auto var(--space-3) -1px; height: 2px; background: var(--water); }
      .entry:focus-visible { outline-offset: -3px; }
      .opener { min-width: 0; }
      .opener.here { color: var(--text); }
      .opener svg { width: 0.8rem; height: 0.8rem; transition: rotate var(--quick); }
      .opener[aria-expanded="true"] svg { rotate: 180deg; }
      .more { position: relative; display: flex; min-width: 0; }
      .panel { position: absolute; z-index: 8; top: calc(100% + 0.5rem); left: 0; width: min(17rem, calc(100vw - 1rem)); max-height: calc(100dvh - 5rem); overflow: auto; overscroll-behavior: contain; padding: var(--space-3); background: var(--raised); border-radius: 0.75rem; box-shadow: var(--shadow); animation: drop var(--quick) ease-out; }
      .panel h2 { padding: var(--space-2) var(--space-3) var(--space-1); color: var(--muted); font-size: var(--size-xs); font-weight: 500; }
      li + li h2 { margin-top: var(--space-2); padding-top: var(--space-3); border-top: 1px solid var(--line); }
      .panel a { display: flex; align-items: center; min-height: 2.5rem; padding: 0 var(--space-3); border-radius: var(--radius); }
      .panel a:hover { background: var(--hover); }
      .panel a[aria-current] { color: var(--water); font-weight: 600; }
      @media (max-width: 36rem) { .opener { padding: 0 var(--space-2); } .opener.here::after { inset-inline: var(--space-2); } }
      @keyframes drop { from { opacity: 0; transform: translateY(-0.3rem); } }
    `,
  ];

  constructor() {
    super();
    this.current = null;
    this.fitting = row.length;
    this.drop = new Popover(this);
    this.sizes = new ResizeObserver(() => this.fit());
  }

  firstUpdated() {
    this.sizes.observe(this);
    this.sizes.observe(this.renderRoot.querySelector(".measure").firstElementChild); // Grows with the reader's font.
  }

  updated(changed) {
    if (changed.has("current")) this.drop.hide();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  /** Fewer than two entries beside the button would look like leftovers: then there are none. */
  fit() {
    const [button, ...entries] = [...this.renderRoot.querySelectorAll(".measure > *")].map((entry) => {
      const { marginLeft } = getComputedStyle(entry);
      return entry.getBoundingClientRect().width + parseFloat(marginLeft);
    });
    const room = this.getBoundingClientRect().width;
    const needed = entries.reduce((sum, width) => sum + width, 0);
    let fitting = entries.length;
    if (needed > room) {
      let left = room - button;
      fitting = entries.findIndex((width) => (left -= width) < 0);
      if (fitting < 2) fitting = 0;
    }
    if (fitting === this.fitting) return;
    this.fitting = fitting;
    this.drop.hide();
  }

  render() {
    const hidden = row.slice(this.fitting);
    const here = hidden.find(({ path }) => path === this.current);
    return html`
      <div class="measure" aria-hidden="true"><span class="entry">${this.widest}${icon("down")}</span>${row.map(({ title, first }) => html`<span
        class="entry ${first ? "first" : ""}">${title}</span>`)}</div>
      <nav aria-label="Pages">
        <div class="row">${row.slice(0, this.fitting).map((page) => this.link(page, page.first ? "entry first" : "entry"))}</div>
        ${hidden.length === 0 ? nothing : html`<div class="more" @keydown=${this.keys} @focusout=${this.left}>
          <button class="opener entry ${here ? "here" : ""}" aria-expanded=${this.drop.open} aria-controls="pages" aria-label=${here ? `Pages; this one: ${here.title}` : "More pages"}
            @click=${() => this.drop.toggle()}><span class="cut">${here?.title ?? (this.fitting === 0 ? "Pages" : "More")}</span>${icon("down")}</button>
          ${this.drop.open ? this.panel(hidden) : nothing}
        </div>`}
      </nav>
    `;
  }

  /** The button may have to carry any name. */
  get widest() {
    return row.reduce((widest, { title }) => (title.length > widest.length ? title : widest), "More");
  }

  panel(hidden) {
    const left = new Set(hidden.map(({ path }) => path));
    return html`<ul class="panel" id="pages" @click=${this.chosen}>${shown
      .map(({ title, pages }) => ({ title, pages: pages.filter(({ path }) => left.has(path)) }))
      .filter(({ pages }) => pages.length > 0)
      .map(({ title, pages }) => html`<li><h2>${title}</h2>${pages.map((page) => this.link(page, ""))}</li>`)}</ul>`;
  }

  link({ path, title }, kind) {
    return html`<a class=${kind} href=${address(path)} data-page aria-current=${path === this.current ? "page" : nothing}>${title}</a>`;
  }

  chosen(event) {
    if (event.composedPath().some((node) => node instanceof HTMLAnchorElement)) this.drop.hide();
  }

  keys(event) {
    const links = [...this.renderRoot.querySelectorAll(".panel a")];
    const at = links.indexOf(this.renderRoot.activeElement);
    if (event.key === "Escape" && this.drop.open) this.drop.hide(true);
    else if (event.key === "ArrowDown" && !this.drop.open) this.drop.show().then(() => this.renderRoot.querySelector(".panel a").focus());
    else if (event.key === "ArrowDown") links[Math.min(links.length - 1, at + 1)].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? this.renderRoot.querySelector(".opener")).focus();
    else return;
    event.preventDefault();
  }

  left({ relatedTarget, currentTarget }) {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) this.drop.hide();
  }
}

customElements.define("rv-menu", RvMenu);
