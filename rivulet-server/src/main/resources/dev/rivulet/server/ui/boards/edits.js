import { MOST_TILES, freshId, kindOf } from "./boards.js";
import { firstFree, put } from "./grid.js";

/*
 * What is done to the tiles of a board: each gives the tiles afterwards, and the id of the one it is
 * about.
 */

/** With one more tile, which counts `event` until it is told otherwise. */
export function added(tiles, kind, event) {
  if (tiles.length >= MOST_TILES) return { tiles, id: null };
  const { width, height } = kindOf(kind);
  const id = freshId(tiles, kind);
  const asks = kind === "text" ? { options: { text: "What these numbers are about." } }
    : { query: `/api/v1/events/count${event ? `?event=${encodeURIComponent(event)}` : ""}` };
  return { tiles: [...tiles, { id, title: "", kind, ...asks, place: firstFree(tiles, width, height) }], id };
}

export function duplicated(tiles, of) {
  const tile = tiles.find(({ id }) => id === of);
  if (tile === undefined || tiles.length >= MOST_TILES) return { tiles, id: null };
  const { kind, place } = tile;
  const copy = { ...structuredClone(tile), id: freshId(tiles, kind), place: firstFree(tiles, place.width, place.height) };
  return { tiles: [...tiles, copy], id: copy.id };
}

export const without = (tiles, id) => tiles.filter((tile) => tile.id !== id);

/** With `tile` instead of the one of its id; what it now covers gives way. */
export const edited = (tiles, tile) => put(tiles.map((each) => (each.id === tile.id ? tile : each)), tile.id, tile.place);
