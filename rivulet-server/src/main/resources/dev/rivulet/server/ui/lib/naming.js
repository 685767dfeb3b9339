import { address } from "./api.js";

/** A name as one segment of a path; null where no address can hold it. */
export function segment(name) {
  if (name === "." || name === "..") return null; // Browsers resolve these, however they are written.
  try {
    return encodeURIComponent(name);
  } catch {
    return null; // Half a surrogate pair.
  }
}

/** The page of `name` below `page`, which ends with a slash; null where no address can hold the name. */
export function addressBelow(page, name, params = {}) {
  const part = segment(name);
  return part === null ? null : address(page + part, params);
}

/** The name whose page below `page` this address is; null when it is none's, or not readable. */
export function nameBelow(page) {
  if (!location.pathname.startsWith(page)) return null;
  try {
    return decodeURIComponent(location.pathname.slice(page.length));
  } catch {
    return null;
  }
}
