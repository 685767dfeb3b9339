import { ApiError, address, announceRefusal, headers, refusal } from "./api.js";
import { isOfOneBoard } from "./session.js";

/**
 * One stream of Server-Sent Events for the whole page, shared by everyone who watches a topic.
 *
 * Read with fetch and not with EventSource: the key goes in a header instead of an address that
 * proxies log, a refusal shows its status, and silence is noticed (the server sends a comment at
 * least every 15 s).
 */
const SILENCE_MILLIS = 35_000;
const HIDDEN_MILLIS = 60_000;
const BACKOFF_MILLIS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

const watchers = new Map();
const stateListeners = new Set();
let state = { name: "connecting", retryAt: null, error: null };
let attempt = 0;
let controller = null;
let retryTimer = 0;
let restartTimer = 0;
let hiddenTimer = 0;
let lastEventId = null;
let pending = { topic: null, data: [] };

/** `connecting`, `live`, `waiting` (until `retryAt`, epoch millis, for `error`), `paused` (hidden tab), `refused`. */
export function liveState() {
  return state;
}

export function onLiveState(listener) {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}

/** Calls `listener(message)` with every message of the topic; returns the way to stop. */
export function watch(topic, listener) {
  const listeners = watchers.get(topic) ?? new Set();
  const isNew = listeners.size === 0;
  listeners.add(listener);
  watchers.set(topic, listeners);
  if (isNew) restart();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && watchers.get(topic) === listeners) {
      watchers.delete(topic);
      restart();
    }
  };
}

/** As `watch`, for that numbers moved: `{at, timezone, lagMillis}`, from what this key may watch. */
export const watchFreshness = (listener) => watch(isOfOneBoard() ? "freshness" : "overview", listener);

/** Connects anew at once: after signing in, and for the reader who does not want to wait. */
export function reconnect() {
  attempt = 0;
  restart();
}

function become(name, retryAt = null, error = null) {
  if (state.name === name && state.retryAt === retryAt) return;
  state = { name, retryAt, error };
  for (const listener of stateListeners) listener(state);
}

/** Coalesces changes of the set of topics (a page that closes and one that opens) into one connection. */
function restart() {
  clearTimeout(restartTimer);
  restartTimer = setTimeout(() => {
    stop();
    lastEventId = null; // A new set of topics needs its snapshots.
    if (watchers.size > 0) connect();
  }, 0);
}

function stop() {
  clearTimeout(retryTimer);
  controller?.abort();
  controller = null;
}

async function connect() {
  stop();
  const mine = new AbortController();
  controller = mine;
  if (state.name !== "live") become("connecting", null, state.error);
  let error = new ApiError(0, "The server cannot be reached.");
  try {
    const resume = lastEventId === null ? {} : { "Last-Event-ID": lastEventId };
    const response = await fetch(address("/api/v1/live", { topics: [...watchers.keys()].join(",") }), {
      headers: { Accept: "text/event-stream", ...headers(), ...resume },
      cache: "no-store",
      signal: mine.signal,
    });
    if (!response.ok) {
      error = await refusal(response);
      if (error.refused) {
        become("refused");
        announceRefusal(error);
        return;
      }
    } else {
      attempt = 0;
      become("live");
      await readAll(response.body, mine);
    }
  } catch {
    // Aborted or cut: both are told apart below.
  }
  if (controller !== mine) return; // Stopped on purpose, someone else took over.
  const millis = error.retryAfterSeconds === null
    ? BACKOFF_MILLIS[Math.min(attempt, BACKOFF_MILLIS.length - 1)] : error.retryAfterSeconds * 1_000;
  attempt += 1;
  become("waiting", Date.now() + millis, error);
  retryTimer = setTimeout(connect, millis);
}

async function readAll(body, mine) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  pending = { topic: null, data: [] };
  let rest = "";
  for (;;) {
    const silence = setTimeout(() => reader.cancel(), SILENCE_MILLIS);
    let read;
    try {
      read = await reader.read();
    } finally {
      clearTimeout(silence); // Who was cut off must not be cancelled later: that fails, and nobody would hear it.
    }
    const { done, value } = read;
    if (done || controller !== mine) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(takeLine);
  }
}

function takeLine(line) {
  if (line === "") {
    dispatch(pending);
    pending = { topic: null, data: [] };
    return;
  }
  const colon = line.indexOf(":");
  if (colon === 0) return; // A comment: only keeps the connection open.
  const field = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (field === "event") pending.topic = value;
  else if (field === "data") pending.data.push(value);
  else if (field === "id") lastEventId = value;
}

function dispatch({ topic, data }) {
  if (topic === null || data.length === 0) return;
  const message = JSON.parse(data.join("\n"));
  for (const listener of watchers.get(message.topic ?? topic) ?? []) listener(message);
}

/* A tab nobody sees gives its connection back (browsers allow six per host) and resumes when seen. */
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(() => {
      stop();
      become("paused");
    }, HIDDEN_MILLIS);
  } else if (state.name === "paused" || state.name === "waiting") {
    connect();
  }
});
/* A page put by for the way back must not hold one of the six either. */
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) reconnect();
});
window.addEventListener("online", () => {
  if (state.name === "waiting") connect();
});
