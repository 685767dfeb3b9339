import { parsed } from "./query.js";
import { routeOf } from "./readings.js";

const named = (path, index) => {
  try {
    return decodeURIComponent(path.split("/")[index] ?? "");
  } catch {
    return path.split("/")[index];
  }
};

const WORDS = [
  [/events\/count$/, ({ event, by }) => `${event ?? "All events"}${by ? ` by ${by}` : ""}`],
  [/events\/uniques$/, ({ event }) => (event ? `People: ${event}` : "People")],
  [/events\/top$/, ({ event, property }) => `${property} of ${event}`],
  [/events\/stats$/, ({ event, property }) => `${property} of ${event}`],
  [/v1\/events$/, () => "Events"],
  [/events\/properties$/, ({ event }) => `Properties of ${event}`],
  [/sessions$/, () => "Sessions"],
  [/online$/, () => "Online now"],
  [/overview$/, () => "Now"],
  [/metrics\/[^/]+\/current$/, (_, path) => named(path, 4)],
  [/metrics\/[^/]+$/, ({ stat, by }, path) => `${named(path, 4)}${stat ? `, ${stat}` : ""}${by ? ` by ${by}` : ""}`],
  [/metrics$/, () => "Metrics"],
  [/performance\/heatmap$/, ({ endpoint }) => `Response times${endpoint ? `: ${endpoint}` : ""}`],
  [/performance$/, ({ endpoint }) => `Response times${endpoint ? `: ${endpoint}` : ""}`],
  [/funnels\/[^/]+\/report$/, (_, path) => named(path, 4)],
  [/retention$/, ({ period = "week" }) => `Retention by ${period}`],
  [/lifecycle$/, () => "New, returning, gone"],
  [/stickiness$/, () => "Stickiness"],
  [/status$/, () => "The server"],
];

/** The title of a tile: its own, else one from its query. */
export function titleOf({ title, query, options, kind }) {
  if (title) return title;
  if (kind === "text") return "";
  const read = parsed(query);
  if (read === null) return "A new tile";
  const text = WORDS.find(([path]) => path.test(read.path))?.[1](read.params, read.path) ?? read.path;
  const stat = options?.stat && routeOf(read.path).stats.length > 1 ? routeOf(read.path).stats.find(({ id }) => id === options.stat)?.label : null;
  return stat ? `${text}: ${stat}` : text;
}
