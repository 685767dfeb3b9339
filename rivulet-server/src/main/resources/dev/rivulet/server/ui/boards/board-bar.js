import { LitElement, css, html, nothing } from "lit";
import { foreign } from "../lib/format.js";
import { setRange } from "../lib/question.js";
import { setParams } from "../lib/router.js";
import { RANGES } from "../lib/time.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { MOST_TILES } from "./boards.js";
import { millisOf } from "./query.js";
import "../kit/picker.js";
import "../kit/range-picker.js";

/**
 * The head of a board: its title and range, and what can be done: little with the key of this board alone (`shared`). While `editing` it fires `rename` and
 * `usual` with the new value, `add` with a kind, `undo`, `redo`, `tidy`, `remove`, `leave` and `save`;
 * otherwise `share` and `wall`.
 */
export class RvBoardBar extends LitElement {
  static properties = {
    board: { attribute: false }, range: { attribute: false }, zone: {}, now: { attribute: false }, draft: { attribute: false },
    editing: { type: Boolean, reflect: true }, unsaved: { type: Boolean }, stored: { type: Boolean }, shared: { type: Boolean },
  };

  static styles = [
    shared,
    css`
      :host { display: block; }
      .top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4); min-height: 3rem; }
      h1 { font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; line-height: 1.3; }
      .title { flex: 1 1 14rem; min-width: 0; height: 2.75rem; padding: 0 var(--space-2); margin-left: calc(-1 * var(--space-2)); font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; background: none; border: 0; border-bottom: 2px solid var(--water-deep); border-radius: var(--radius) var(--radius) 0 0; }
      .title:hover, .title:focus { background: var(--hover); border-color: var(--water); outline: none; }
      .acts { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); }
      .acts .button { font-size: var(--size-s); padding: 0 var(--space-3); }
      rv-range-picker { font-weight: 500; margin-right: var(--space-2); }
      .usual { color: var(--muted); font-size: var(--size-s); }
      .usual rv-picker { color: var(--text); font-weight: 500; }
      .group { display: inline-flex; }
      .tool { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: var(--radius); color: var(--muted); }
      .tool:not([disabled]):hover { background: var(--hover); color: var(--text); }
      .tool[disabled] { opacity: 0.4; cursor: default; }
      @media (max-width: 36rem) { .acts .button { padding: 0 var(--space-2); } }
      @media print { .acts { display: none; } }
    `,
  ];

  render() {
    const { board, editing } = this;
    const title = foreign(board.title);
    return html`<div class="top">
      ${editing ? html`<h1 class="out-of-sight">${title}</h1><input id="name" class="title" aria-label="Title of the board" maxlength="100" .value=${board.title} @input=${({ target }) => this.tell("rename", target.value)}>`
        : html`<h1 class="cut" title=${title}><bdi>${title}</bdi></h1>`}
      <div class="acts">${editing ? this.edits() : html`
        <rv-range-picker id="range" .range=${this.range} .ranges=${this.ranges} .zone=${this.zone} .now=${this.now} @range=${({ detail }) => setRange(detail)}></rv-range-picker>
        ${this.shared ? nothing : this.act("share", "Share", "share")}${this.act("to-wall", "Wall", "wall")}
        ${this.shared ? nothing : html`<button class="button" id="edit" @click=${() => setParams({ edit: "1" })}>${icon("pencil")}Edit</button>`}`}</div></div>`;
  }

  act(id, label, what) {
    return html`<button class="button" id=${id} @click=${() => this.tell(what)}>${icon(what)}${label}</button>`;
  }

  edits() {
    const { board, draft, unsaved } = this;
    const full = board.tiles.length >= MOST_TILES;
    const tool = (what, label, keys, off) => html`<button class="tool" id=${what} title="${label}${keys}" aria-label=${label} ?disabled=${off} @click=${() => this.tell(what)}>${icon(what)}</button>`;
    const add = (id, label, kind) => html`<button class="button" id=${id} ?disabled=${full} title=${full ? `A board holds ${MOST_TILES} tiles` : nothing} @click=${() => this.tell("add", kind)}>${icon("plus")}${label}</button>`;
    return html`<span class="usual">usual range <rv-picker id="usual" label="Usual range" .value=${board.last ?? "24h"} .options=${this.ranges} @pick=${({ detail }) => this.tell("usual", detail)}></rv-picker></span>
      <span class="group">${tool("undo", "Undo", " (Ctrl Z)", !draft?.past.length)}${tool("redo", "Redo", " (Ctrl Shift Z)", !draft?.future.length)}${tool("tidy", "Close gaps between tiles", "", false)}</span>
      ${add("add", "Tile", "number")}${add("add-text", "Text", "text")}
      ${this.stored ? html`<button class="button" id="delete" @click=${() => this.tell("remove")}>Delete</button>` : nothing}
      <button class="button" id="discard" @click=${() => this.tell("leave")}>${unsaved ? "Discard" : "Done"}</button>
      ${unsaved ? html`<button class="button primary" id="save" @click=${() => this.tell("save")}>Save</button>` : nothing}`;
  }

  /** The usual ranges, and the board's own where it is another. */
  get ranges() {
    const { last } = this.board;
    return !last || RANGES.some(({ value }) => value === last) ? RANGES : [...RANGES, { value: last, label: `last ${last}`, millis: millisOf(last) ?? 86_400_000, step: "1d" }];
  }

  tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

customElements.define("rv-board-bar", RvBoardBar);
