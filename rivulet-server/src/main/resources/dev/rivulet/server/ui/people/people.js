import { address } from "../lib/api.js";
import { ago } from "../lib/format.js";

const PAGE = "/people/";

/** An id as one segment of a path; null where no address can hold it. */
function segment(user) {
  if (user === "." || user === "..") return null; // Browsers resolve these, however they are written.
  try {
    return encodeURIComponent(user);
  } catch {
    return null; // Half a surrogate pair.
  }
}

/** The person's page, or null where no address can hold the id. */
export function personAddress(user) {
  const name = segment(user);
  return name === null ? null : address(PAGE + name);
}

/** The person's API path. */
export const userPath = (user, below = "") => `/api/v1/users/${segment(user)}${below}`;

/** The person whose page this address is; null when it is not a person's, or not readable. */
export function addressed() {
  if (!location.pathname.startsWith(PAGE)) return null;
  try {
    return decodeURIComponent(location.pathname.slice(PAGE.length));
  } catch {
    return null;
  }
}

/** The Events page's question about an event, by one of its properties if `by` names it. */
export const eventAddress = (event, by = null) => address("/events", { event, last: "30d", by, top: by });

export const since = (at, now) => (now - at < 1_500 ? "now" : `${ago(at, now)} ago`);
