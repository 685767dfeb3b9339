import { ask } from "../lib/api.js";

/*
 * One queue for all tiles of a page: a few requests at a time, one for equal questions, and each tile
 * again no sooner than its answer's cost allows, so that a board of forty tiles on ten screens does not
 * weigh more than its server can carry.
 */
const AT_ONCE = 4;
const REFRESH_MILLIS = 1_000;
/** Requests a second of one page, all tiles together. */
const MOST_PER_SECOND = 12;
/** A tile spends at most a part of the server's time: slow answers are asked for less often. */
const REST = 4;
const BACKOFF_MILLIS = [2_000, 4_000, 8_000, 15_000, 30_000];

const waiting = [];
const underWay = new Map();
let running = 0;

/** The answer of an API call, shared with others who ask the same at the moment. */
export function answerOf(path, params) {
  const key = JSON.stringify([path, params]);
  const known = underWay.get(key);
  if (known !== undefined) return known;
  const promise = new Promise((resolve, reject) => waiting.push({ path, params, resolve, reject }));
  const done = () => underWay.delete(key);
  promise.then(done, done);
  underWay.set(key, promise);
  next();
  return promise;
}

async function next() {
  if (running >= AT_ONCE || waiting.length === 0) return;
  running += 1;
  const { path, params, resolve, reject } = waiting.shift();
  try {
    resolve(await ask(path, params));
  } catch (error) {
    reject(error);
  } finally {
    running -= 1;
    next();
  }
}

/**
 * When a tile may ask again. `tiles` are those that ask now; `took` millis its last answer; `failures`
 * in a row; `wait` seconds the server asked for.
 */
export function restOf({ tiles, took, failures, wait }) {
  if (failures > 0) return Math.max((wait ?? 0) * 1_000, BACKOFF_MILLIS[Math.min(failures, BACKOFF_MILLIS.length) - 1]);
  return Math.max(REFRESH_MILLIS, took * REST, (tiles * 1_000) / MOST_PER_SECOND);
}
