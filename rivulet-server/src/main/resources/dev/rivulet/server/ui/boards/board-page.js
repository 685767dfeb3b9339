import { LitElement, html, nothing } from "lit";
import { address } from "../lib/api.js";
import { foreign } from "../lib/format.js";
import { watchFreshness } from "../lib/live.js";
import { gliding } from "../lib/motion.js";
import { stretchOf } from "../lib/question.js";
import { navigate, onNavigate, params, setParams } from "../lib/router.js";
import { isOfOneBoard } from "../lib/session.js";
import { icon } from "../kit/icon.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { boardStyles } from "./board-styles.js";
import { BoardEdit } from "./board-edit.js";
import { addressed, contentOf, onWall } from "./boards.js";
import { contextOf } from "./context.js";
import { rowsOf } from "./grid.js";
import { boardKind, isSaved, savedBoard } from "./saved.js";
import { fromTemplate } from "./templates.js";
import "../kit/save-dialog.js";
import "../kit/states.js";
import "./board-bar.js";
import "./board-grid.js";
import "./board-wall.js";
import "./share-dialog.js";
import "./tile-editor.js";

/** Windows slide on also when nothing happens. */
const PULSE_MILLIS = 10_000;
/** How often the page looks whether somebody changed the board. */
const LOOK_MILLIS = 20_000;

/** One board: read, arranged, or on the wall. The address says which, and its range. */
export class RvBoardPage extends LitElement {
  static properties = {
    name: { state: true }, stored: { state: true }, error: { state: true }, newer: { state: true }, context: { state: true }, zone: { state: true },
  };

  static styles = [shared, pageStyles, boardStyles];

  constructor() {
    super();
    this.zone = "UTC";
    this.shift = 0;
    this.context = null;
    this.edit = new BoardEdit(this);
    this.begin(addressed());
  }

  begin(name) {
    this.name = name;
    this.stored = null;
    this.error = null;
    this.newer = null;
    this.edit.begin();
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
    return this.editing ? this.edit.content : this.stored;
  }

  get tiles() {
    return this.shown?.tiles ?? [];
  }

  get range() {
    const given = params();
    const stretch = stretchOf(given);
    if (stretch !== null) return stretch;
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
    if (!this.editing) this.edit.become({ selected: null });
    else {
      this.edit.open();
      if (this.context === null) this.loadContext();
    }
  }

  async loadContext() {
    this.context = await contextOf();
  }

  async open() {
    const { name } = this;
    document.title = `${foreign(name ?? "Board").slice(0, 60)} · Rivulet`;
    const isNew = params().has("new") && !isOfOneBoard() && !(await isSaved(name));
    const stored = isNew ? null : await this.read(name);
    if (name !== this.name || !this.isConnected) return;
    this.edit.recall();
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
    this.edit.open({ ...content, title: content.title || "New board" });
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
    if (this.editing && this.edit.unsaved) this.newer = newer;
    else this.replace(newer);
  }

  /** Shows what somebody else saved instead of what was changed here. */
  replace(newer) {
    this.edit.drop();
    this.take(newer);
    this.follow();
    if (!this.tiles.some(({ id }) => id === this.edit.selected)) this.edit.become({ selected: null });
  }

  render() {
    if (this.shown === null) return this.missing();
    if (onWall()) return html`<rv-board-wall .heading=${this.shown.title} .rows=${Math.max(1, rowsOf(this.tiles))} .zone=${this.zone} .shift=${this.shift}>${this.board()}</rv-board-wall>`;
    return html`<div class="page" ?data-editing=${this.editing} ?data-panel=${this.edit.selected !== null}>${this.bar()}${this.notes()}${this.board()}</div>${this.panels()}`;
  }

  missing() {
    if (this.error === null) return html`<div class="page" aria-busy="true"><rv-skeleton lines="2"></rv-skeleton><rv-skeleton chart></rv-skeleton></div>`;
    if (this.error.status !== 404) return html`<div class="page"><h1>Board</h1><rv-error .error=${this.error} @retry=${this.open}></rv-error></div>`;
    return html`<div class="page"><div class="silent"><p>There is no board <b><bdi>${foreign(this.name ?? "")}</bdi></b> in this project.</p><a class="button" href=${address("/boards")} data-page>All boards</a></div></div>`;
  }

  bar() {
    const { edit } = this;
    return html`<rv-board-bar .board=${this.shown} .range=${this.range} .zone=${this.zone} .now=${Date.now() + this.shift} .draft=${edit.draft} ?editing=${this.editing} ?unsaved=${edit.unsaved} ?stored=${this.stored !== null} ?shared=${isOfOneBoard()}
      @rename=${({ detail }) => edit.change({ title: detail }, "title")} @usual=${({ detail }) => edit.change({ last: detail })}
      @add=${({ detail }) => this.add(detail)} @undo=${() => edit.undo()} @redo=${() => edit.redo()} @tidy=${() => edit.tidy()}
      @remove=${() => this.saver.confirm(this.name)} @leave=${this.discard} @save=${this.save} @share=${() => this.renderRoot.querySelector("rv-share-board").show()} @wall=${this.toWall}></rv-board-bar>`;
  }

  notes() {
    const { draft, wrong, selected, unsaved } = this.edit;
    const kept = !this.editing && unsaved;
    return html`${kept ? html`<p class="note" role="note">You changed this board and did not save it. <button class="link" id="resume" @click=${() => setParams({ edit: "1" })}>Go on</button><button class="link" @click=${() => this.edit.drop()}>Forget the changes</button></p>` : nothing}
      ${this.newer === null ? nothing : html`<p class="note" role="alert" id="newer">Somebody saved revision ${this.newer.revision} while you edit ${draft?.revision === 0 ? "" : `revision ${draft?.revision}`}. Saving yours will ask what to do. <button class="link" @click=${() => this.replace(this.newer)}>Reload now and lose mine</button></p>`}
      ${wrong === null || selected !== null ? nothing : html`<p class="note alarm" role="alert" id="wrong">${wrong}</p>`}`;
  }

  board() {
    const { edit } = this;
    if (this.tiles.length === 0) return this.empty();
    return html`${this.editing ? html`<p class="how">Drag a tile by its head and resize it at its corner, or use the keyboard: arrow keys move, Shift and arrow keys resize, Enter edits, Delete removes.</p>` : nothing}
      <rv-board-grid .tiles=${this.tiles} .range=${this.range} .shift=${this.shift} .selected=${edit.selected} ?editing=${this.editing} ?wall=${onWall()}
        @arranged=${({ detail }) => edit.change({ tiles: detail })} @edit=${({ detail }) => edit.become({ selected: detail })}
        @duplicate=${({ detail }) => edit.duplicate(detail)} @remove=${({ detail }) => edit.remove(detail)} @refused=${this.look}></rv-board-grid>
      <p class="out-of-sight" role="status">${edit.said}</p>`;
  }

  empty() {
    return html`<div class="empty"><h2>Nothing on it yet.</h2>
      <p>A tile asks one question and keeps asking: how many orders, who is online, how slow the slowest pages are. Put the first one here; drag them about later.</p>
      <div class="buttons"><button class="button primary" id="first" @click=${() => (this.editing ? this.add("number") : setParams({ edit: "1" }))}>${icon("plus")}${this.editing ? "Add a tile" : "Edit this board"}</button></div></div>`;
  }

  panels() {
    const { selected, wrong } = this.edit;
    const tile = this.tiles.find(({ id }) => id === selected);
    return html`${this.editing && tile && this.context ? html`<rv-tile-editor .tile=${tile} .context=${this.context} .range=${this.range} .shift=${this.shift} .wrong=${wrong}
        @change=${({ detail }) => this.edit.put(detail)} @done=${this.closePanel}></rv-tile-editor>` : nothing}
      <rv-save-dialog .kind=${boardKind} @saved=${({ detail }) => this.saved(detail)} @deleted=${this.deleted} @wrong=${({ detail }) => this.edit.refused(detail)}></rv-save-dialog>
      <rv-share-board .board=${this.name}></rv-share-board>`;
  }

  get saver() {
    return this.renderRoot.querySelector("rv-save-dialog");
  }

  add(kind) {
    this.edit.add(kind, this.context?.events[0]);
  }

  async reveal(id) {
    await this.updateComplete;
    const grid = this.renderRoot.querySelector("rv-board-grid");
    await grid.updateComplete;
    grid.renderRoot.querySelector(`[data-id="${id}"]`)?.scrollIntoView({ block: "nearest", behavior: gliding() });
  }

  async closePanel() {
    const id = this.edit.selected;
    this.edit.become({ selected: null });
    await this.updateComplete;
    this.renderRoot.querySelector("rv-board-grid")?.focusTile(id);
  }

  save() {
    this.renderRoot.querySelector("rv-board-grid")?.settle();
    const title = this.shown.title.trim() || "Board";
    if (title !== this.shown.title) this.edit.change({ title });
    return this.saver.save(this.name, contentOf(this.shown), this.edit.draft.revision);
  }

  saved(stored) {
    this.edit.drop("Saved.");
    this.take(stored);
    setParams({ edit: null, new: null });
  }

  deleted() {
    this.edit.drop();
    navigate(address("/boards"));
  }

  discard() {
    this.edit.drop();
    if (this.newer !== null) this.take(this.newer);
    if (this.stored === null) navigate(address("/boards"));
    else setParams({ edit: null, new: null });
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
    if (this.editing) this.edit.shortcut(event);
  }
}

customElements.define("rv-board-page", RvBoardPage);
