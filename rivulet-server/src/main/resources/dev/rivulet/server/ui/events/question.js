import { rangeOf, stepOf, timesOf, zoneOf } from "../lib/question.js";
import { params } from "../lib/router.js";

const STYLES = ["line", "area", "bars"];
const MEASURES = ["events", "people"];

/** What the address asks. */
export function question(projectZone, now) {
  const given = params();
  const asked = rangeOf(given, now);
  return {
    event: given.get("event"),
    range: asked.range,
    ...stepOf(given, asked),
    by: given.get("by"),
    top: given.get("top"),
    zone: zoneOf(given, projectZone),
    zoneGiven: given.get("tz") !== null,
    measure: MEASURES.includes(given.get("show")) ? given.get("show") : "events",
    style: STYLES.includes(given.get("as")) ? given.get("as") : "area",
    sort: given.get("sort"),
    moving: asked.moving,
  };
}

/** The question as parameters of the API; `by` only where the route knows it. */
export function callParams({ event, range, step, zone, by }, { breakdown = false, series = true } = {}) {
  return { event, ...timesOf(range), ...(series ? { step, tz: zone } : {}), ...(breakdown ? { by } : {}) };
}
