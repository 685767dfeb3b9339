import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ask } from "../lib/api.js";
import { ago, count, foreign } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { navigate } from "../lib/router.js";
import { icon } from "../kit/icon.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { BOARDS, boardAddress, boardPath, nameFor } from "./boards.js";
import { contextOf } from "./context.js";
import { TEMPLATES, fromTemplate } from "./templates.js";
import "../kit/source.js";
import "../kit/states.js";
import "./mini-board.js";

/** All boards of the project, each with its picture, and the gallery of templates. */
export class RvBoardsPage extends LitElement {
  static properties = { boards: { state: true }, pictures: { state: true }, context: { state: true }, error: { state: true }, now: { state: true } };

  static styles = [
    shared,
    pageStyles,
    css`
      .top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-3); }
      h1 { font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; }
      h1 .muted { font-weight: 400; }
      h2 { font-size: var(--size-l); }
      .gallery { padding-top: var(--space-4); border-top: 1px solid var(--line-strong); display: grid; gap: var(--space-2); }
      .gallery:first-child, .lead { padding-top: 0; border-top: 0; }
      .lead { display: grid; gap: var(--space-3); max-width: 44rem; }
      .lead h1 { font-size: var(--size-2xl); line-height: 1.15; }
      .lead p { color: var(--muted); font-size: var(--size-l); }
      ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: var(--space-4); padding-top: var(--space-2); }
      li { position: relative; min-width: 0; display: grid; grid-template-rows: auto 1fr; border: 1px solid var(--line); border-radius: var(--radius); overflow: hidden; background: var(--raised); transition: border-color var(--quick); }
      li:hover, li:focus-within { border-color: var(--water); }
      .picture { padding: var(--space-3); background: var(--sunken); height: 10.5rem; overflow: hidden; border-bottom: 1px solid var(--line); }
      .what { display: grid; align-content: start; gap: var(--space-1); padding: var(--space-3) var(--space-4) var(--space-4); min-width: 0; }
      .name { font-weight: 600; font-size: var(--size-l); letter-spacing: -0.01em; text-align: left; }
      .name::after { content: ""; position: absolute; inset: 0; }
      .name:focus-visible { outline: none; }
      li:has(.name:focus-visible) { outline: 2px solid var(--water); outline-offset: 2px; }
      li:hover .name { color: var(--water); }
    `,
  ];

  constructor() {
    super();
    this.boards = null;
    this.pictures = new Map();
    this.context = null;
    this.error = null;
    this.now = Date.now();
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = watch("overview", ({ at }) => {
      if (Date.parse(at) - this.now > 10_000) this.now = Date.parse(at);
    });
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget();
  }

  async load() {
    try {
      const [{ boards }, context] = await Promise.all([ask(BOARDS), contextOf()]);
      this.boards = boards.toSorted((a, b) => a.title.localeCompare(b.title, "en", { numeric: true }));
      this.context = context;
      this.error = null;
      await this.loadPictures();
    } catch (error) {
      if (!error.refused) this.error = error;
    }
  }

  async loadPictures() {
    for (const { board } of this.boards) {
      const stored = await ask(boardPath(board)).catch(() => null);
      if (!this.isConnected) return;
      if (stored !== null) this.pictures = new Map(this.pictures).set(board, stored.tiles);
    }
  }

  render() {
    if (this.boards === null) {
      return this.error === null ? html`<div class="page" aria-busy="true"><rv-skeleton lines="2"></rv-skeleton><rv-skeleton chart></rv-skeleton></div>`
        : html`<div class="page"><h1>Boards</h1><rv-error .error=${this.error} @retry=${this.load}></rv-error></div>`;
    }
    const none = this.boards.length === 0;
    return html`<div class="page">
      ${none ? html`<div class="lead"><h1>Put the numbers you look at every day next to each other.</h1>
          <p>A board holds tiles: numbers with their trend, lines, bars, tables, percentile bands, heat maps, over anything the API answers. It moves by itself, is saved for everybody, and fills a screen on the wall. Begin with one of these, or with nothing.</p></div>`
        : html`<div class="top"><h1>Boards <span class="muted">${count(this.boards.length)}</span></h1>
          <button class="button primary" id="new" @click=${() => this.begin(null)}>${icon("plus")}New board</button></div>
        ${this.list()}`}
      <section class="gallery" aria-labelledby="gallery"><h2 id="gallery">${none ? "Templates" : "Begin with a template"}</h2>
        <ul id="templates">${TEMPLATES.map((template) => this.template(template))}${none ? html`<li><div class="picture"><rv-mini-board .tiles=${[]}></rv-mini-board></div><div class="what">
          <button class="name" id="new" @click=${() => this.begin(null)}>An empty board</button><p class="muted small">Add tiles one by one.</p></div></li>` : nothing}</ul></section>
      <rv-source .facts=${["boards of this project"]} path=${BOARDS}></rv-source>
    </div>`;
  }

  list() {
    return html`<ul id="boards">${repeat(this.boards, ({ board }) => board, ({ board, title, tiles, updatedAt }) => {
      const href = boardAddress(board);
      const shown = foreign(title);
      return html`<li><div class="picture"><rv-mini-board .tiles=${this.pictures.get(board)}></rv-mini-board></div><div class="what">
        ${href === null ? html`<span class="name cut">${shown}</span>` : html`<a class="name cut" href=${href} data-page title=${shown}><bdi>${shown}</bdi></a>`}
        <p class="muted small">${count(tiles)} ${tiles === 1 ? "tile" : "tiles"} · changed ${ago(Date.parse(updatedAt), this.now)}${Date.parse(updatedAt) > this.now - 1_500 ? "" : " ago"}</p></div></li>`;
    })}</ul>`;
  }

  template({ id, title, tells, needs, lacks }) {
    const short = needs && !needs(this.context);
    return html`<li><div class="picture"><rv-mini-board .tiles=${fromTemplate(id, this.context).tiles}></rv-mini-board></div><div class="what">
      <button class="name" id="template-${id}" @click=${() => this.begin(id)}>${title}</button><p class="muted small">${tells}${short ? html` <b>This one ${lacks}.</b>` : nothing}</p></div></li>`;
  }

  /** Opens a board that is saved once its maker says so. */
  begin(id) {
    const title = TEMPLATES.find((each) => each.id === id)?.title ?? "New board";
    const name = nameFor(title, this.boards.map(({ board }) => board));
    navigate(boardAddress(name, { new: id ?? "empty", edit: "1" }));
  }
}

customElements.define("rv-boards-page", RvBoardsPage);
