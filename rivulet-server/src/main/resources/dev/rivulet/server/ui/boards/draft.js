import { project } from "../lib/api.js";
import { same } from "./boards.js";

/*
 * What was changed on a board and not saved yet, with its history. It is kept in this tab, so that a
 * reload or a wrong click loses nothing.
 */
const MOST_STEPS = 100;

const nameOf = (board) => `rivulet.board.${project() ?? ""}.${board}`;

/** A draft: `{content, revision, past, future}`; `revision` 0 for a board that is new. */
export const draftOf = (content, revision) => ({ content, revision, past: [], future: [] });

/** The draft after a change. Changes of the same `what` in a row (typing a title) are one step back. */
export function changed(draft, content, what = null) {
  if (same(draft.content, content)) return draft;
  const isSame = what !== null && what === draft.what && draft.past.length > 0;
  return { ...draft, content, what, past: isSame ? draft.past : [...draft.past, draft.content].slice(-MOST_STEPS), future: [] };
}

export function undone(draft) {
  if (draft.past.length === 0) return draft;
  return { ...draft, content: draft.past.at(-1), what: null, past: draft.past.slice(0, -1), future: [draft.content, ...draft.future] };
}

export function redone(draft) {
  if (draft.future.length === 0) return draft;
  return { ...draft, content: draft.future[0], what: null, past: [...draft.past, draft.content], future: draft.future.slice(1) };
}

export function keep(board, draft) {
  try {
    if (draft === null) sessionStorage.removeItem(nameOf(board));
    else sessionStorage.setItem(nameOf(board), JSON.stringify({ content: draft.content, revision: draft.revision }));
  } catch {
    // Storage is refused or full: the draft lives as long as the page.
  }
}

/** Whether what was kept can be shown: another version of the page may have kept it. */
const isBoard = (content) => typeof content?.title === "string" && Array.isArray(content.tiles)
  && content.tiles.every((tile) => typeof tile?.id === "string" && typeof tile.kind === "string" && ["column", "row", "width", "height"].every((name) => Number.isInteger(tile.place?.[name])));

export function kept(board) {
  try {
    const { content, revision } = JSON.parse(sessionStorage.getItem(nameOf(board)));
    return isBoard(content) ? draftOf(content, revision) : null;
  } catch {
    return null;
  }
}
