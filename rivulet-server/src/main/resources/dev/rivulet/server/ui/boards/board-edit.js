import { foreign } from "../lib/format.js";
import { contentOf, same } from "./boards.js";
import { changed, draftOf, keep, kept, redone, undone } from "./draft.js";
import { added, duplicated, edited, without } from "./edits.js";
import { tidy } from "./grid.js";
import { titleOf } from "./titles.js";

/**
 * What is being changed on the board of a page: its draft with history, the tile that is open, and what
 * is to be said about it. The `host` has the board's `name` and what is `stored`, saves, and reveals tiles.
 */
export class BoardEdit {
  constructor(host) {
    this.host = host;
    this.begin();
  }

  begin() {
    this.become({ draft: null, selected: null, wrong: null, said: "" });
  }

  become(changes) {
    Object.assign(this, changes);
    this.host.requestUpdate();
  }

  /** With what this tab kept of the board, if anything. */
  recall() {
    this.become({ draft: kept(this.host.name) });
  }

  /** From what is stored, or with `content` from what is not saved yet; a draft that is there stays. */
  open(content = null) {
    const { stored } = this.host;
    if (content !== null) this.draft ??= draftOf(content, 0);
    else if (stored !== null) this.draft ??= draftOf(contentOf(stored), stored.revision);
    this.host.requestUpdate();
  }

  get content() {
    return this.draft?.content ?? this.host.stored;
  }

  get unsaved() {
    const { stored } = this.host;
    return this.draft !== null && (stored === null || !same(this.draft.content, stored));
  }

  keep() {
    keep(this.host.name, this.unsaved ? this.draft : null);
  }

  /** Puts another content into the draft; changes of the same `what` in a row are one step back. */
  change(changes, what = null) {
    this.open();
    this.become({ draft: changed(this.draft, contentOf({ ...this.content, ...changes }), what), wrong: null });
    this.keep();
  }

  step(turn) {
    if (this.draft === null) return;
    this.draft = turn(this.draft);
    if (!this.content.tiles.some(({ id }) => id === this.selected)) this.selected = null;
    this.host.requestUpdate();
    this.keep();
  }

  undo() {
    this.step(undone);
  }

  redo() {
    this.step(redone);
  }

  tidy() {
    this.change({ tiles: tidy(this.content.tiles) });
  }

  /** A new tile, which counts `event` until it is told otherwise, and is opened. */
  add(kind, event) {
    const { tiles, id } = added(this.content.tiles, kind, event);
    if (id === null) return;
    this.change({ tiles });
    this.become({ selected: id });
    this.host.reveal(id);
  }

  duplicate(of) {
    const { tiles, id } = duplicated(this.content.tiles, of);
    if (id === null) return;
    this.change({ tiles });
    this.host.reveal(id);
  }

  remove(id) {
    const tile = this.content.tiles.find((each) => each.id === id);
    this.change({ tiles: without(this.content.tiles, id) });
    this.become({ selected: this.selected === id ? null : this.selected, said: `${foreign(titleOf(tile)) || "The tile"} was removed. Undo brings it back.` });
  }

  put(tile) {
    this.change({ tiles: edited(this.content.tiles, tile) }, `tile:${tile.id}`);
  }

  /** Opens the tile that the server found wrong. */
  refused(error) {
    const index = Number(/^tiles\[(\d+)\]/.exec(error.field ?? "")?.[1] ?? Number.NaN);
    this.become({ wrong: error.message, selected: this.content.tiles[index]?.id ?? this.selected });
  }

  /** Ends with nothing kept; what was said stays to be read. */
  drop(said = this.said) {
    keep(this.host.name, null);
    this.become({ draft: null, wrong: null, said });
  }

  shortcut(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const at = event.composedPath()[0];
    const typing = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement;
    const wanted = event.key.toLowerCase();
    if (wanted === "s") this.host.save();
    else if (typing) return; // There the browser undoes what was typed.
    else if (wanted === "z") this.step(event.shiftKey ? redone : undone);
    else if (wanted === "y") this.redo();
    else return;
    event.preventDefault();
  }
}
