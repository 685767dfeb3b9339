import { LitElement, html, nothing } from "lit";
import { ApiError, address, ask, request } from "../lib/api.js";
import { count, foreign } from "../lib/format.js";
import { liveState, onLiveState, watch } from "../lib/live.js";
import { navigate, onNavigate, params, setParams } from "../lib/router.js";
import { RANGES, clock } from "../lib/time.js";
import { setRange } from "../events/question.js";
import { icon } from "../kit/icon.js";
import { pageStyles } from "../kit/page-styles.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { boardStyles } from "./board-styles.js";
import { BOARDS, MOST_TILES, addressed, boardPath, contentOf, freshId, kindOf, onWall, same } from "./boards.js";
import { contextOf } from "./context.js";
import { changed, draftOf, keep, kept, redone, undone } from "./draft.js";
import { firstFree, put, rowsOf, tidy } from "./grid.js";
import { millisOf } from "./query.js";
import { fromTemplate } from "./templates.js";
import { titleOf } from "./titles.js";
import { Wall } from "./wall.js";
import "../kit/picker.js";
import "../kit/range-picker.js";
import "../kit/states.js";
import "./board-grid.js";
import "./save-board.js";
import "./share-dialog.js";
import "./tile-editor.js";

/** Windows slide on also when nothing happens. */
const PULSE_MILLIS = 10_000;
/** How often the page looks whether somebody changed the board. */
const LOOK_MILLIS = 20_000;
const DIM_MILLIS = 60_000;

/** One board: read, arranged, or on the wall. The address says which, and its range. */
export class RvBoardPage extends LitElement {
  static properties = {
    name: { state: true }, stored: { state: true }, draft: { state: true }, error: { state: true }, wrong: { state: true }, newer: { state: true },
    selected: { state: true }, context: { state: true }, zone: { state: true }, awaySince: { state: true }, minute: { state: true }, said: { state: true },
  };

  static styles = [shared, pageStyles, boardStyles];

  constructor() {
    super();
    this.zone = "UTC";
    this.shift = 0;
    this.context = null;
    this.awaySince = null;
    this.wall = new Wall(this, () => rowsOf(this.tiles));
    this.begin(addressed());
  }

  begin(name) {
    this.name = name;
    this.stored = null;
    this.draft = null;
    this.error = null;
    this.wrong = null;
    this.newer = null;
    this.selected = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.keys = (event) => this.shortcut(event);
    addEventListener("keydown", this.keys);
    this.forget = [onNavigate(() => this.turn()), watch("overview", (message) => this.heard(message)),
      onLiveState(({ name }) => this.followLive(name))];
    this.timers = [setInterval(() => this.pulse(), PULSE_MILLIS), setInterval(() => this.look(), LOOK_MILLIS), setInterval(() => (this.minute = Date.now()), 15_000)];
    this.followLive(liveState().name);
    this.open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("keydown", this.keys);
    this.forget.forEach((stop) => stop());
    this.timers.forEach(clearInterval);
  }

  heard({ at, timezone }) {
    this.shift = Date.parse(at) - Date.now();
    this.zone = timezone;
    this.pulse();
  }

  /** Since when the server is away; the tries in between change nothing about that. */
  followLive(name) {
    if (name === "live" || name === "paused") this.awaySince = null;
    else if (name !== "connecting") this.awaySince ??= Date.now();
  }

  pulse() {
    if (!document.hidden) this.renderRoot.querySelector("rv-board-grid")?.pulse();
  }

  get editing() {
    return params().has("edit") && !onWall();
  }

  get shown() {
    return this.editing ? this.draft?.content ?? this.stored : this.stored;
  }

  get tiles() {
    return this.shown?.tiles ?? [];
  }

  get unsaved() {
    return this.draft !== null && (this.stored === null || !same(this.draft.content, this.stored));
  }

  get range() {
    const given = params();
    const [from, to] = [Date.parse(given.get("from") ?? ""), Date.parse(given.get("to") ?? "")];
    if (from < to) return { from, to };
    const usual = this.shown?.last ?? "24h";
    if (this.editing) return { last: usual };
    return { last: /^\d{1,6}[smhdw]$/.test(given.get("last") ?? "") ? given.get("last") : usual };
  }

  turn() {
    if (!location.pathname.startsWith("/boards/")) return;
    const name = addressed();
    if (name !== this.name) {
      this.begin(name);
      this.open();
    }
    this.follow();
    this.requestUpdate();
  }

  follow() {
    this.wall.set(onWall() && this.stored !== null);
    if (!this.editing) this.selected = null;
    else {
      this.draft ??= this.stored === null ? null : draftOf(contentOf(this.stored), this.stored.revision);
      if (this.context === null) this.loadContext();
    }
  }

  async loadContext() {
    const context = await contextOf();
    this.context = context;
  }

  async open() {
    const { name } = this;
    document.title = `${foreign(name ?? "Board").slice(0, 60)} · Rivulet`;
    const isNew = params().has("new") && !(await this.exists(name));
    const stored = isNew ? null : await this.read(name);
    if (name !== this.name || !this.isConnected) return;
    this.draft = kept(name);
    if (stored !== null) this.take(stored);
    else if (isNew) await this.make(name);
    this.follow();
  }

  async exists(name) {
    const { boards } = await ask(BOARDS).catch(() => ({ boards: [] }));
    return boards.some(({ board }) => board === name);
  }

  take(stored) {
    this.stored = stored;
    this.newer = null;
    this.error = null;
    document.title = `${foreign(stored.title).slice(0, 60)} · Rivulet`;
  }

  /** A board that is not saved yet, from the template in the address. */
  async make(name) {
    const context = await contextOf();
    if (name !== this.name) return;
    this.context = context;
    this.error = null;
    const content = fromTemplate(params().get("new"), context);
    this.draft ??= draftOf({ ...content, title: content.title || "New board" }, 0);
    if (!params().has("edit")) setParams({ edit: "1" }, { replace: true });
  }

  /** The board as it is stored; null when it is not, or unchanged since `known`. */
  async read(name, known = null) {
    try {
      const response = await request(boardPath(name), {}, { conditions: known === null ? {} : { "If-None-Match": `"${known}"` } });
      return await response.json();
    } catch (error) {
      if (error.status !== 304 && !error.refused && name === this.name && known === null) this.error = error instanceof ApiError ? error : new ApiError(0, String(error));
      return null;
    }
  }

  /** Follows what others save; one who edits is told and decides. */
  async look() {
    const { name, stored } = this;
    if (document.hidden) return;
    if (stored === null) {
      if (this.error !== null && this.error.status !== 404) this.open(); // The server was away when the page opened.
      return;
    }
    const newer = await this.read(name, stored.revision);
    if (newer === null || name !== this.name || this.stored !== stored || newer.revision === stored.revision) return;
    if (this.editing && this.unsaved) this.newer = newer;
    else {
      this.draft = null;
      keep(name, null);
      this.take(newer);
      this.follow();
    }
  }

  render() {
    if (this.shown === null) return this.missing();
    return onWall() ? this.onTheWall() : html`<div class="page" ?data-panel=${this.selected !== null}>${this.top()}${this.notes()}${this.board()}</div>${this.panels()}`;
  }

  missing() {
    if (this.error === null) return html`<div class="page" aria-busy="true"><rv-skeleton lines="2"></rv-skeleton><rv-skeleton chart></rv-skeleton></div>`;
    if (this.error.status !== 404) return html`<div class="page"><h1>Board</h1><rv-error .error=${this.error} @retry=${this.open}></rv-error></div>`;
    return html`<div class="page"><div class="silent"><p>There is no board <b><bdi>${foreign(this.name ?? "")}</bdi></b> in this project.</p><a class="button" href=${address("/boards")} data-page>All boards</a></div></div>`;
  }

  top() {
    const { shown, editing } = this;
    return html`<div class="top">
      ${editing ? html`<h1 class="out-of-sight">${foreign(shown.title)}</h1><input id="name" class="title" aria-label="Title of the board" maxlength="100" .value=${shown.title} @input=${({ target }) => this.change({ ...shown, title: target.value }, "title")}>`
        : html`<h1 class="cut" title=${foreign(shown.title)}><bdi>${foreign(shown.title)}</bdi></h1>`}
      <div class="acts">${editing ? this.editActs() : html`
        <rv-range-picker id="range" .range=${this.range} .ranges=${this.ranges()} .zone=${this.zone} .now=${Date.now() + this.shift} @range=${({ detail }) => setRange(detail)}></rv-range-picker>
        <button class="button" id="share" @click=${() => this.renderRoot.querySelector("rv-share-board").show()}>${icon("share")}Share</button>
        <button class="button" id="to-wall" @click=${this.toWall}>${icon("wall")}Wall</button>
        <button class="button" id="edit" @click=${() => setParams({ edit: "1" })}>${icon("pencil")}Edit</button>`}</div></div>`;
  }

  ranges() {
    const usual = this.shown?.last;
    return !usual || RANGES.some(({ value }) => value === usual) ? RANGES : [...RANGES, { value: usual, label: `last ${usual}`, millis: millisOf(usual) ?? 86_400_000, step: "1d" }];
  }

  editActs() {
    const { draft, unsaved } = this;
    const full = this.tiles.length >= MOST_TILES;
    return html`<span class="usual">usual range <rv-picker id="usual" label="Usual range" .value=${this.shown.last ?? "24h"} .options=${this.ranges()} @pick=${({ detail }) => this.change({ ...this.shown, last: detail })}></rv-picker></span>
      <span class="group"><button class="tool" id="undo" title="Undo (Ctrl Z)" aria-label="Undo" ?disabled=${!draft?.past.length} @click=${() => this.step(undone)}>${icon("undo")}</button>
        <button class="tool" id="redo" title="Redo (Ctrl Shift Z)" aria-label="Redo" ?disabled=${!draft?.future.length} @click=${() => this.step(redone)}>${icon("redo")}</button>
        <button class="tool" id="tidy" title="Close gaps" aria-label="Close gaps between tiles" @click=${() => this.change({ ...this.shown, tiles: tidy(this.tiles) })}>${icon("tidy")}</button></span>
      <button class="button" id="add" ?disabled=${full} title=${full ? `A board holds ${MOST_TILES} tiles` : ""} @click=${() => this.add("number")}>${icon("plus")}Tile</button>
      <button class="button" id="add-text" ?disabled=${full} @click=${() => this.add("text")}>${icon("plus")}Text</button>
      ${this.stored === null ? nothing : html`<button class="button" id="delete" @click=${() => this.saver.remove(this.name)}>Delete</button>`}
      <button class="button" id="discard" @click=${this.discard}>${unsaved ? "Discard" : "Done"}</button>
      ${unsaved ? html`<button class="button primary" id="save" @click=${this.save}>Save</button>` : nothing}`;
  }

  notes() {
    const kept = !this.editing && this.unsaved;
    return html`${kept ? html`<p class="note" role="note">You changed this board and did not save it. <button class="link" id="resume" @click=${() => setParams({ edit: "1" })}>Go on</button><button class="link" @click=${this.drop}>Forget the changes</button></p>` : nothing}
      ${this.newer === null ? nothing : html`<p class="note" role="alert" id="newer">Somebody saved revision ${this.newer.revision} while you edit ${this.draft?.revision === 0 ? "" : `revision ${this.draft?.revision}`}. Saving yours will ask what to do. <button class="link" @click=${this.takeNewer}>Reload now and lose mine</button></p>`}
      ${this.wrong === null || this.selected !== null ? nothing : html`<p class="note alarm" role="alert" id="wrong">${this.wrong}</p>`}`;
  }

  board() {
    if (this.tiles.length === 0) return this.empty();
    return html`${this.editing ? html`<p class="how">Drag a tile by its head and resize it at its corner, or use the keyboard: arrow keys move, Shift and arrow keys resize, Enter edits, Delete removes.</p>` : nothing}
      <rv-board-grid .tiles=${this.tiles} .range=${this.range} .shift=${this.shift} .selected=${this.selected} ?editing=${this.editing} ?wall=${onWall()}
        @arranged=${({ detail }) => this.change({ ...this.shown, tiles: detail })} @edit=${({ detail }) => (this.selected = detail)}
        @duplicate=${({ detail }) => this.duplicate(detail)} @remove=${({ detail }) => this.remove(detail)}></rv-board-grid>
      <p class="out-of-sight" role="status">${this.said}</p>`;
  }

  empty() {
    return html`<div class="empty"><h2>Nothing on it yet.</h2>
      <p>A tile asks one question and keeps asking: how many orders, who is online, how slow the slowest pages are. Put the first one here; drag them about later.</p>
      <div class="buttons"><button class="button primary" id="first" @click=${() => (this.editing ? this.add("number") : setParams({ edit: "1" }))}>${icon("plus")}${this.editing ? "Add a tile" : "Edit this board"}</button></div></div>`;
  }

  panels() {
    const tile = this.tiles.find(({ id }) => id === this.selected);
    return html`${this.editing && tile && this.context ? html`<rv-tile-editor .tile=${tile} .context=${this.context} .range=${this.range} .shift=${this.shift} .wrong=${this.wrong}
        @change=${({ detail }) => this.edited(detail)} @done=${this.closePanel}></rv-tile-editor>` : nothing}
      <rv-save-board @saved=${({ detail }) => this.saved(detail)} @deleted=${this.deleted} @wrong=${({ detail }) => this.refused(detail)}></rv-save-board>
      <rv-share-board></rv-share-board>`;
  }

  onTheWall() {
    const [x, y] = this.wall.shift;
    const away = this.awaySince !== null;
    const dim = away && Date.now() - this.awaySince > DIM_MILLIS;
    return html`<div class="wall" ?data-dim=${dim} ${style({ "--x": `${x}px`, "--y": `${y}px` })}>
      <header><h1 class="cut"><bdi>${foreign(this.shown.title)}</bdi></h1>
        ${away ? html`<span class="away" role="status">the server is away, waiting for it</span>` : nothing}
        <button class="button" id="leave-wall" @click=${() => setParams({ wall: null })}>Leave the wall</button>
        <time>${clock(Date.now() + this.shift, this.zone)} <small>${this.zone}</small></time></header>
      ${this.board()}</div>`;
  }

  get saver() {
    return this.renderRoot.querySelector("rv-save-board");
  }

  /** Puts another content into the draft. */
  change(content, what = null) {
    const before = this.draft ?? draftOf(contentOf(this.stored), this.stored.revision);
    this.draft = changed(before, contentOf(content), what);
    this.wrong = null;
    keep(this.name, this.unsaved ? this.draft : null);
  }

  step(turn) {
    if (this.draft === null) return;
    this.draft = turn(this.draft);
    if (!this.tiles.some(({ id }) => id === this.selected)) this.selected = null;
    keep(this.name, this.unsaved ? this.draft : null);
  }

  add(kind) {
    const { width, height } = kindOf(kind);
    const id = freshId(this.tiles, kind);
    const event = this.context?.events[0];
    const asks = kind === "text" ? { options: { text: "What these numbers are about." } } : { query: event ? `/api/v1/events/count?event=${encodeURIComponent(event)}` : "/api/v1/events/count" };
    const tile = { id, title: "", kind, ...asks, place: firstFree(this.tiles, width, height) };
    this.change({ ...this.shown, tiles: [...this.tiles, tile] });
    this.selected = id;
    this.reveal(id);
  }

  async reveal(id) {
    await this.updateComplete;
    const grid = this.renderRoot.querySelector("rv-board-grid");
    await grid.updateComplete;
    grid.renderRoot.querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  duplicate(id) {
    if (this.tiles.length >= MOST_TILES) return;
    const tile = this.tiles.find((each) => each.id === id);
    const copy = { ...structuredClone(tile), id: freshId(this.tiles, tile.kind), place: firstFree(this.tiles, tile.place.width, tile.place.height) };
    this.change({ ...this.shown, tiles: [...this.tiles, copy] });
    this.reveal(copy.id);
  }

  remove(id) {
    const tile = this.tiles.find((each) => each.id === id);
    this.change({ ...this.shown, tiles: this.tiles.filter((each) => each.id !== id) });
    if (this.selected === id) this.selected = null;
    this.said = `${foreign(titleOf(tile)) || "The tile"} was removed. Undo brings it back.`;
  }

  edited(tile) {
    const others = this.tiles.map((each) => (each.id === tile.id ? tile : each));
    this.change({ ...this.shown, tiles: put(others, tile.id, tile.place) }, `tile:${tile.id}`);
  }

  async closePanel() {
    const id = this.selected;
    this.selected = null;
    await this.updateComplete;
    this.renderRoot.querySelector("rv-board-grid")?.focusTile(id);
  }

  save() {
    this.renderRoot.querySelector("rv-board-grid")?.settle();
    const title = this.shown.title.trim() || "Board";
    if (title !== this.shown.title) this.change({ ...this.shown, title });
    return this.saver.save(this.name, this.shown, this.draft.revision);
  }

  saved(stored) {
    keep(this.name, null);
    this.draft = null;
    this.wrong = null;
    this.selected = null;
    this.take(stored);
    setParams({ edit: null, new: null });
    this.said = "Saved.";
  }

  /** Opens the tile that the server found wrong. */
  refused(error) {
    this.wrong = error.message;
    const index = Number(/^tiles\[(\d+)\]/.exec(error.field ?? "")?.[1] ?? Number.NaN);
    if (Number.isInteger(index) && this.tiles[index]) this.selected = this.tiles[index].id;
  }

  deleted() {
    keep(this.name, null);
    this.draft = null;
    navigate(address("/boards"));
  }

  drop() {
    keep(this.name, null);
    this.draft = null;
  }

  discard() {
    this.drop();
    this.wrong = null;
    if (this.newer !== null) this.take(this.newer);
    if (this.stored === null) navigate(address("/boards"));
    else setParams({ edit: null, new: null });
  }

  takeNewer() {
    const { newer } = this;
    this.drop();
    this.take(newer);
    this.selected = null;
    this.follow();
  }

  toWall() {
    setParams({ wall: "1" });
    document.documentElement.requestFullscreen?.().catch(() => {}); // Refused: the window is large enough.
  }

  shortcut(event) {
    if (onWall() && event.key === "Escape") {
      setParams({ wall: null });
      return;
    }
    if (!this.editing || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const at = event.composedPath()[0];
    const typing = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement;
    const wanted = event.key.toLowerCase();
    if (wanted === "s") this.save();
    else if (typing) return; // There the browser undoes what was typed.
    else if (wanted === "z") this.step(event.shiftKey ? redone : undone);
    else if (wanted === "y") this.step(redone);
    else return;
    event.preventDefault();
  }
}

customElements.define("rv-board-page", RvBoardPage);
