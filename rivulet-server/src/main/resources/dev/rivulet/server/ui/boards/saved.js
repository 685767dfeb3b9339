import { html } from "lit";
import { ApiError, ask, request } from "../lib/api.js";
import { count, foreign } from "../lib/format.js";
import { BOARDS, boardPath } from "./boards.js";

/** What the save dialog needs to know of boards. */
export const boardKind = {
  word: "board",
  path: boardPath,
  parting: () => "It goes for everybody. The numbers on it stay: it only shows them.",
  summary: ({ title, tiles }) => html`<b><bdi>${foreign(title)}</bdi></b>, ${count(tiles.length)} ${tiles.length === 1 ? "tile" : "tiles"}`,
};

/** The board as it is saved, or null while it is still revision `known`; throws ApiError. */
export async function savedBoard(name, known = null) {
  try {
    const response = await request(boardPath(name), {}, { conditions: known === null ? {} : { "If-None-Match": `"${known}"` } });
    return await response.json();
  } catch (error) {
    if (error.status === 304) return null;
    throw error instanceof ApiError ? error : new ApiError(0, String(error));
  }
}

export async function isSaved(name) {
  const { boards } = await ask(BOARDS).catch(() => ({ boards: [] }));
  return boards.some(({ board }) => board === name);
}
