import { ApiError, ask, request } from "../lib/api.js";
import { BOARDS, boardPath } from "./boards.js";

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
