import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { foreign } from "../lib/format.js";
import { calm } from "../lib/motion.js";
import { icon } from "../kit/icon.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { COLUMNS, inReadingOrder, onGrid, placeWords, put, rowsOf } from "./grid.js";
import { gridStyles } from "./grid-styles.js";
import { titleOf } from "./titles.js";
import "./board-tile.js";

const EDGE_PIXELS = 56;
const SCROLL_PIXELS = 14;

/**
 * The tiles of a board on their grid. While `editing`, a tile is moved and resized with the pointer,
 * or by arrow keys on its grip (with Shift: its size); Escape puts it back. Fires `arranged` with the
 * tiles, and `edit`, `duplicate`, `remove` with a tile's id.
 */
export class RvBoardGrid extends LitElement {
  static properties = {
    tiles: { attribute: false }, range: { attribute: false }, shift: { attribute: false }, selected: { attribute: false },
    editing: { type: Boolean, reflect: true }, wall: { type: Boolean, reflect: true },
    session: { state: true }, said: { state: true },
  };

  static styles = [shared, gridStyles];

  constructor() {
    super();
    this.tiles = [];
    this.session = null;
    this.said = "";
    this.shift = 0;
  }

  /** Tiles as they stand now, those in a session's way pushed aside. */
  get standing() {
    return this.session === null ? this.tiles : put(this.session.tiles, this.session.id, this.session.place);
  }

  /** Lets every tile in sight look whether its numbers moved. */
  pulse() {
    for (const tile of this.renderRoot.querySelectorAll("rv-board-tile")) tile.pulse();
  }

  render() {
    const standing = this.standing;
    // While something is moved, elements stay where they are in the document: the focus and the pointer are on one of them.
    this.order = this.session === null ? inReadingOrder(standing).map(({ id }) => id) : this.order;
    const byId = new Map(standing.map((tile) => [tile.id, tile]));
    const asking = standing.filter(({ kind }) => kind !== "text").length;
    return html`<div class="grid" ${style({ "--rows": String(Math.max(1, rowsOf(standing))) })} data-columns=${COLUMNS}>
        ${repeat(this.order.filter((id) => byId.has(id)), (id) => id, (id) => this.cell(byId.get(id), asking))}
        ${this.session?.by === "pointer" ? html`<div class="ghost" aria-hidden="true" ${style(area(byId.get(this.session.id).place))}></div>` : nothing}
      </div>
      <p class="out-of-sight" role="status" aria-live="assertive">${this.said}</p>`;
  }

  cell(tile, crowd) {
    const moving = this.session?.id === tile.id && this.session.by === "pointer";
    const shift = moving && this.session.mode === "move" ? this.session.rest : [0, 0];
    const name = foreign(titleOf(tile)) || "this tile";
    return html`<div class="cell" data-id=${tile.id} data-kind=${tile.kind} ?data-moving=${moving} ?data-selected=${this.selected === tile.id}
      ${style({ ...area(tile.place), "--x": `${shift[0]}px`, "--y": `${shift[1]}px`, "--high": String(tile.place.height) })}>
      <rv-board-tile .tile=${tile} .range=${this.range} .crowd=${crowd} .shift=${this.shift} ?wall=${this.wall}></rv-board-tile>
      ${this.editing ? html`<button class="grip" title="Drag, or use the arrow keys" aria-label="Move or resize ${name}" aria-describedby="how"
          @pointerdown=${(event) => this.grab(event, tile, "move")} @keydown=${(event) => this.keys(event, tile)} @blur=${() => this.settle()}>${icon("grip")}</button>
        <div class="tools"><button title="Move up" aria-label="Move ${name} up" class="up" @click=${() => this.swap(tile.id, -1)}>${icon("down")}</button>
          <button title="Move down" aria-label="Move ${name} down" class="down" @click=${() => this.swap(tile.id, 1)}>${icon("down")}</button>
          <button title="Edit" aria-label="Edit ${name}" class="edit" @click=${() => this.tell("edit", tile.id)}>${icon("pencil")}</button>
          <button title="Duplicate" aria-label="Duplicate ${name}" class="duplicate" @click=${() => this.tell("duplicate", tile.id)}>${icon("copy")}</button>
          <button title="Remove" aria-label="Remove ${name}" class="remove" @click=${() => this.tell("remove", tile.id)}>${icon("close")}</button></div>
        <div class="corner" aria-hidden="true" title="Drag to resize" @pointerdown=${(event) => this.grab(event, tile, "resize")}></div>
        <span id="how" hidden>Arrow keys move it, Shift and arrow keys resize it, Escape puts it back.</span>` : nothing}
    </div>`;
  }

  willUpdate() {
    if (!this.hasUpdated) return;
    const active = this.renderRoot.activeElement;
    this.focused = active === null ? null : { id: active.closest(".cell")?.dataset.id, part: active.className };
    if (!calm.matches) this.places = this.measure();
  }

  updated() {
    this.glide();
    // An element that follows the new order in the document loses the focus.
    const { focused } = this;
    if (focused?.id && this.renderRoot.activeElement === null) this.renderRoot.querySelector(`[data-id="${focused.id}"] .${focused.part}`)?.focus({ preventScroll: true });
  }

  /** What was pushed aside glides there. */
  glide() {
    const before = this.places;
    this.places = null;
    if (!before || !this.editing) return;
    for (const [id, box] of this.measure()) {
      const old = before.get(id);
      if (!old || (this.session?.id === id && this.session.by === "pointer")) continue;
      const [x, y] = [old.x - box.x, old.y - box.y];
      if (x === 0 && y === 0) continue;
      this.renderRoot.querySelector(`[data-id="${id}"]`).animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: 160, easing: "ease-out" });
    }
  }

  measure() {
    return new Map([...this.renderRoot.querySelectorAll(".cell")].map((cell) => [cell.dataset.id, { x: cell.offsetLeft, y: cell.offsetTop }]));
  }

  /** One column and one row in pixels, gaps included; a single column on narrow screens. */
  get pitch() {
    const grid = getComputedStyle(this.renderRoot.querySelector(".grid"));
    const gap = Number.parseFloat(grid.columnGap);
    const columns = grid.gridTemplateColumns.split(" ").map(Number.parseFloat);
    return { narrow: columns.length < COLUMNS, column: columns[0] + gap, row: Number.parseFloat(grid.gridAutoRows) + gap };
  }

  grab(event, tile, mode) {
    if (event.button !== 0) return;
    const pitch = this.pitch;
    if (pitch.narrow) return; // There the keys and the wider screen arrange.
    event.preventDefault();
    event.currentTarget.focus?.();
    this.settle();
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const start = { x: event.clientX, y: event.clientY + scrollY };
    this.session = { id: tile.id, mode, by: "pointer", tiles: this.tiles, from: tile.place, place: tile.place, rest: [0, 0] };
    const move = (to) => this.drag(to, start, pitch);
    const end = (how) => {
      target.removeEventListener("pointermove", move);
      removeEventListener("keydown", escape, true);
      if (how.type === "pointerup") this.settle();
      else this.cancel();
    };
    const escape = (key) => {
      if (key.key !== "Escape") return;
      key.stopPropagation();
      target.releasePointerCapture(event.pointerId);
      end({ type: "escape" });
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", end, { once: true });
    target.addEventListener("pointercancel", end, { once: true });
    addEventListener("keydown", escape, true);
  }

  drag(event, start, pitch) {
    const { session } = this;
    if (session === null) return;
    if (event.clientY > innerHeight - EDGE_PIXELS) scrollBy(0, SCROLL_PIXELS);
    else if (event.clientY < EDGE_PIXELS * 2) scrollBy(0, -SCROLL_PIXELS);
    const [dx, dy] = [event.clientX - start.x, event.clientY + scrollY - start.y];
    const [columns, rows] = [Math.round(dx / pitch.column), Math.round(dy / pitch.row)];
    const { from } = session;
    const wanted = session.mode === "move" ? { ...from, column: from.column + columns, row: from.row + rows }
      : { ...from, width: Math.min(COLUMNS - from.column + 1, from.width + columns), height: from.height + rows };
    const place = onGrid(wanted);
    this.session = { ...session, place, rest: [dx - (place.column - from.column) * pitch.column, dy - (place.row - from.row) * pitch.row] };
  }

  keys(event, tile) {
    if (event.key === "Escape" && this.session !== null) {
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (this.session !== null) this.settle();
      else this.tell("edit", tile.id);
      return;
    }
    if ((event.key === "Delete" || event.key === "Backspace") && this.session === null) {
      event.preventDefault();
      this.tell("remove", tile.id);
      return;
    }
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (x === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const session = this.session ?? { id: tile.id, mode: "keys", by: "keys", tiles: this.tiles, from: tile.place, place: tile.place };
    const at = session.place;
    const wanted = event.shiftKey ? { ...at, width: Math.min(COLUMNS - at.column + 1, Math.max(1, at.width + x)), height: Math.max(1, at.height + y) }
      : { ...at, column: at.column + x, row: at.row + y };
    const place = onGrid(wanted);
    this.session = { ...session, place };
    this.said = `${foreign(titleOf(tile))}: ${placeWords(place)}`;
    this.updateComplete.then(() => this.renderRoot.querySelector(`[data-id="${tile.id}"]`)?.scrollIntoView({ block: "nearest" }));
  }

  /** The session's end: what stands now is told. */
  settle() {
    const { session } = this;
    if (session === null) return;
    const tiles = this.standing;
    this.session = null;
    if (JSON.stringify(tiles) === JSON.stringify(session.tiles)) return;
    this.tiles = tiles; // At once, not only when the board's keeper says so: nothing jumps back meanwhile.
    if (session.by === "keys") this.said = "Left there.";
    this.dispatchEvent(new CustomEvent("arranged", { detail: tiles }));
  }

  cancel() {
    if (this.session === null) return;
    this.session = null;
    this.said = "Put back.";
  }

  /** Changes places with the tile before or after, as one reads: where all stand in one column. */
  swap(id, by) {
    const order = inReadingOrder(this.tiles);
    const at = order.findIndex((tile) => tile.id === id);
    const [first, second] = by < 0 ? [order[at - 1], order[at]] : [order[at], order[at + 1]];
    if (first === undefined || second === undefined) return;
    const [a, b] = [first.place, second.place];
    const alike = a.width === b.width && a.height === b.height;
    this.tiles = alike ? this.tiles.map((tile) => (tile.id === first.id ? { ...tile, place: b } : tile.id === second.id ? { ...tile, place: a } : tile))
      : put(this.tiles, second.id, { ...b, column: a.column, row: a.row });
    this.said = `Moved ${by < 0 ? "up" : "down"}.`;
    this.dispatchEvent(new CustomEvent("arranged", { detail: this.tiles }));
  }

  focusTile(id) {
    this.renderRoot.querySelector(`[data-id="${id}"] .grip`)?.focus();
  }

  tell(what, id) {
    this.settle();
    this.dispatchEvent(new CustomEvent(what, { detail: id }));
  }
}

const area = ({ column, row, width, height }) => ({ "--column": `${column} / span ${width}`, "--row": `${row} / span ${height}` });

customElements.define("rv-board-grid", RvBoardGrid);
