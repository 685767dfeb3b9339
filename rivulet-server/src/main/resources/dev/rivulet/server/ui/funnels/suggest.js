import { ask } from "../lib/api.js";
import { PREVIEW } from "./funnels.js";

const CANDIDATES = 5;
/** Nearly everything begins with a page view, and with names of our own: they tell little as a step. */
const TELLS_LITTLE = /^\$|^(page|pageview|page_view|screen|heartbeat)$/i;
/** A step that most of those who finish never take is none. */
const DETOUR = 1.6;

const definition = (events) => ({ steps: events.map((event) => ({ event })), window: "7d", order: "ordered", count: "people" });

const preview = async (events, signal) => {
  const body = definition(events);
  const answer = await ask(PREVIEW, {}, { method: "POST", body: JSON.stringify(body), conditions: { "Content-Type": "application/json" }, signal });
  return { definition: body, answer, finished: answer.steps.at(-1).users };
};

/**
 * A funnel made of the project's most frequent events, the frequent ones first as in any funnel: calls
 * `found({definition, answer})` with its preview, and once more if leaving out a detour makes a better
 * one. Not at all when there are not two events.
 */
export async function suggest(names, found, signal) {
  const telling = names.filter(({ event }) => !TELLS_LITTLE.test(event));
  const pool = (telling.length >= 2 ? telling : names).toSorted((a, b) => b.total - a.total).slice(0, CANDIDATES);
  if (pool.length < 2) return;
  const events = pool.map(({ event }) => event);
  const first = await preview(events, signal);
  found(reached(first));
  let best = first;
  for (let i = 1; i < events.length - 1; i++) {
    const shorter = await preview(events.toSpliced(i, 1), signal); // One by one: each reads the log.
    if (shorter.finished > Math.max(best.finished, first.finished * DETOUR)) best = shorter;
  }
  if (best !== first) found(reached(best));
}

/** As far as anybody got, but at least two steps. */
function reached({ definition, answer }) {
  const last = Math.max(1, answer.steps.findLastIndex(({ users }) => users > 0)) + 1;
  return { definition: { ...definition, steps: definition.steps.slice(0, last) }, answer: { ...answer, steps: answer.steps.slice(0, last) } };
}
