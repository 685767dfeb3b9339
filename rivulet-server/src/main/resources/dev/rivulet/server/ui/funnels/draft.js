import { params, setParams } from "../lib/router.js";

/*
 * What is being edited: `{steps: [{events, where, optional}], window, order, count, exclude: [{events,
 * where, from, to}]}`, from and to the API's definition. It lives in the address, so that a draft can
 * be sent to somebody; one too long for an address is kept in this tab.
 */
export const MOST_STEPS = 30;
export const MOST_EVENTS = 10;
export const MOST_EXCLUSIONS = 10;

const ADDRESS_CHARS = 6_000;
const KEPT = "kept";
const STORED = "rivulet.draft";

const BLANK_STEP = { events: [], where: null, optional: false };
export const BLANK = { steps: [BLANK_STEP, BLANK_STEP], window: "7d", order: "ordered", count: "people", exclude: [] };

const list = (event) => (event === undefined || event === null ? [] : [event].flat().filter((name) => typeof name === "string"));
const object = (where) => (where !== null && typeof where === "object" && !Array.isArray(where) && Object.keys(where).length > 0 ? where : null);

/** Reads a definition; what makes no sense falls back to the usual. */
export function draftFrom(definition) {
  const { steps, window, order, count, exclude } = definition ?? {};
  const read = Array.isArray(steps) ? steps.map((step) => ({ events: list(step?.event), where: object(step?.where), optional: step?.optional === true })) : BLANK.steps;
  return {
    steps: read.length < 2 ? [...read, ...BLANK.steps].slice(0, 2) : read,
    window: typeof window === "string" ? window : BLANK.window,
    order: ["ordered", "strict", "any"].includes(order) ? order : BLANK.order,
    count: ["people", "sessions", "entries"].includes(count) ? count : BLANK.count,
    exclude: Array.isArray(exclude) ? exclude.map((one) => ({ events: list(one?.event), where: object(one?.where), from: one?.from ?? 1, to: one?.to ?? null })) : [],
  };
}

const matcher = ({ events, where }) => ({ event: events.length === 1 ? events[0] : events, ...(where === null ? {} : { where }) });

/** The API's definition of a draft. */
export function definitionOf({ steps, window, order, count, exclude }) {
  return {
    steps: steps.map((step) => ({ ...matcher(step), ...(step.optional ? { optional: true } : {}) })),
    window,
    order,
    count,
    ...(exclude.length === 0 ? {} : { exclude: exclude.map((one) => ({ ...matcher(one), from: one.from, ...(one.to === null ? {} : { to: one.to }) })) }),
  };
}

/** Whether every step and exclusion names an event. */
export const isWhole = ({ steps, exclude }) => [...steps, ...exclude].every(({ events }) => events.length > 0);

let known = { text: null, draft: null };

/** The draft in the address, null when nothing is being edited. */
export function draftOf() {
  const given = params().get("draft");
  if (given === null) return null;
  const text = given === KEPT ? stored() : given;
  if (known.text === text) return known.draft;
  let definition = null;
  try {
    definition = JSON.parse(text);
  } catch {
    // Typed by hand, or lost with the tab: a blank one.
  }
  known = { text, draft: draftFrom(definition) };
  return known.draft;
}

function stored() {
  try {
    return sessionStorage.getItem(STORED) ?? "";
  } catch {
    return "";
  }
}

function inAddress(definition) {
  const text = JSON.stringify(definition);
  if (encodeURIComponent(text).length <= ADDRESS_CHARS) return text;
  try {
    sessionStorage.setItem(STORED, text);
    return KEPT;
  } catch {
    return text; // It works until a reload.
  }
}

/** Begins to edit a definition on this page; back ends it. */
export const openDraft = (definition) => setParams({ draft: inAddress(definition) });

/** Edits on. */
export function setDraft(draft) {
  const value = inAddress(definitionOf(draft));
  setParams({ draft: value }, { replace: true });
  if (value === KEPT) dispatchEvent(new PopStateEvent("popstate")); // The address did not change, what it stands for did.
}


/** Moves the step at `from` to `to`; an optional one that comes first or last is no longer optional. */
export function moved(draft, from, to) {
  const steps = draft.steps.toSpliced(from, 1).toSpliced(to, 0, draft.steps[from]);
  return { ...draft, steps: settled(steps) };
}

/** Only steps between others may be optional. */
export const settled = (steps) => steps.map((step, i) => (step.optional && (i === 0 || i === steps.length - 1) ? { ...step, optional: false } : step));

/** Without the step at `index`; exclusions that end past the last step end with it. */
export function without(draft, index) {
  const steps = settled(draft.steps.toSpliced(index, 1));
  const last = steps.length;
  const exclude = draft.exclude.map((one) => {
    const to = one.to === null ? null : Math.min(one.to, last);
    return { ...one, to, from: Math.min(one.from, (to ?? last) - 1) };
  });
  return { ...draft, steps, exclude };
}

export const withBlank = (draft) => ({ ...draft, steps: [...draft.steps, BLANK_STEP] });
export const BLANK_EXCLUSION = { events: [], where: null, from: 1, to: null };
