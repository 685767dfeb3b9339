import { LitElement, html, nothing } from "lit";
import { address } from "../lib/api.js";
import { foreign } from "../lib/format.js";
import { watchFreshness } from "../lib/live.js";
import { navigate, onNavigate, params, setParams } from "../lib/router.js";
import { isOfOneBoard } from "../lib/session.js";
import { icon } from "../kit/icon.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { boardStyles } from "./board-styles.js";
import { addressed, contentOf, onWall, same } from "./boards.js";
import { contextOf } from "./context.js";
import { changed, draftOf, keep, kept, redone, undone } from "./draft.js";
import { added, duplicated, edited, without } from "./edits.js";
import { rowsOf, tidy } from "./grid.js";
import { isSaved, savedBoard } from "./saved.js";
import { fromTemplate } from "./templates.js";
import { titleOf } from "./titles.js";
import "../kit/states.js";
import "./board-bar.js";
import "./board-grid.js";
import "./board-wall.js";
import "./save-board.js";
import "./share-dialog.js";
import "./tile-editor.js";

/** Windows slide on also when nothing happens. */
const PULSE_MILLIS = 10_000;
/** How often the page looks whether somebody changed the board. */
const LOOK_MILLIS = 20_000;

/** One board: read, arranged, or on the wall. The address says which, and its range. */
export class RvBoardPage extends LitElement {
  static properties = {
    name: { state: true }, stored: { state: true }, draft: { state: true }, error: { state: true }, wrong: { state: true }, newer: { state: true },
    selected: { state: true }, context: { state: true }, zone: { state: true }, said: { state: true },
  };

  static styles = [shared, pageStyles, boardStyles];

  constructor() {
    super();
    this.zone = "UTC";
    this.shift = 0;
    this.context = null;
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
    this.forget = [onNavigate(() => this.turn()), watchFreshness((message) => this.heard(message))];
    this.timers = [setInterval(() => this.pulse(), PULSE_MILLIS), setInterval(() => this.look(), LOOK_MILLIS)];
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

  pulse() {
    if (!document.hidden) this.renderRoot.querySelector("rv-board-grid")?.pulse();
  }

  get editing() {
    return params().has("edit") && !onWall() && !isOfOneBoard();
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
    const isNew = params().has("new") && !isOfOneBoard() && !(await isSaved(name));
    const stored = isNew ? null : await this.read(name);
    if (name !== this.name || !this.isConnected) return;
    this.draft = kept(name);
    if (stored !== null) this.take(stored);
    else if (isNew) await this.make(name);
    this.follow();
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

  async read(name) {
    try {
      return await savedBoard(name);
    } catch (error) {
      if (!error.refused && name === this.name) this.error = error;
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
    const newer = await savedBoard(name, stored.revision).catch(() => null);
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
    if (onWall()) return html`<rv-board-wall .heading=${this.shown.title} .rows=${Math.max(1, rowsOf(this.tiles))} .zone=${this.zone} .shift=${this.shift}>${this.board()}</rv-board-wall>`;
    return html`<div class="page" ?data-editing=${this.editing} ?data-panel=${this.selected !== null}>${this.bar()}${this.notes()}${this.board()}</div>${this.panels()}`;
  }

  missing() {
    if (this.error === null) return html`<div class="page" aria-busy="true"><rv-skeleton lines="2"></rv-skeleton><rv-skeleton chart></rv-skeleton></div>`;
    if (this.error.status !== 404) return html`<div class="page"><h1>Board</h1><rv-error .error=${this.error} @retry=${this.open}></rv-error></div>`;
    return html`<div class="page"><div class="silent"><p>There is no board <b><bdi>${foreign(this.name ?? "")}</bdi></b> in this project.</p><a class="button" href=${address("/boards")} data-page>All boards</a></div></div>`;
  }

  bar() {
    const { shown } = this;
    return html`<rv-board-bar .board=${shown} .range=${this.range} .zone=${this.zone} .now=${Date.now() + this.shift} .draft=${this.draft} ?editing=${this.editing} ?unsaved=${this.unsaved} ?stored=${this.stored !== null} ?shared=${isOfOneBoard()}
      @rename=${({ detail }) => this.change({ ...shown, title: detail }, "title")} @usual=${({ detail }) => this.change({ ...shown, last: detail })}
      @add=${({ detail }) => this.add(detail)} @undo=${() => this.step(undone)} @redo=${() => this.step(redone)} @tidy=${() => this.change({ ...shown, tiles: tidy(this.tiles) })}
      @remove=${() => this.saver.confirm(this.name)} @leave=${this.discard} @save=${this.save} @share=${() => this.renderRoot.querySelector("rv-share-board").show()} @wall=${this.toWall}></rv-board-bar>`;
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
        @duplicate=${({ detail }) => this.duplicate(detail)} @remove=${({ detail }) => this.takeAway(detail)} @refused=${this.look}></rv-board-grid>
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
      <rv-share-board .board=${this.name}></rv-share-board>`;
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
    const { tiles, id } = added(this.tiles, kind, this.context?.events[0]);
    if (id === null) return;
    this.change({ ...this.shown, tiles });
    this.selected = id;
    this.reveal(id);
  }

  async reveal(id) {
    await this.updateComplete;
    const grid = this.renderRoot.querySelector("rv-board-grid");
    await grid.updateComplete;
    grid.renderRoot.querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  duplicate(of) {
    const { tiles, id } = duplicated(this.tiles, of);
    if (id === null) return;
    this.change({ ...this.shown, tiles });
    this.reveal(id);
  }

  takeAway(id) {
    const tile = this.tiles.find((each) => each.id === id);
    this.change({ ...this.shown, tiles: without(this.tiles, id) });
    if (this.selected === id) this.selected = null;
    this.said = `${foreign(titleOf(tile)) || "The tile"} was removed. Undo brings it back.`;
  }

  edited(tile) {
    this.change({ ...this.shown, tiles: edited(this.tiles, tile) }, `tile:${tile.id}`);
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
