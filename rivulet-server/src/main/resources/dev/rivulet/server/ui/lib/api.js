import { isOfOneBoard, key } from "./session.js";

/** An answer other than 2xx, or none at all (`status` 0), in words a reader can act on; `field` is what was wrong. */
export class ApiError extends Error {
  constructor(status, message, retryAfterSeconds = null, field = null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.field = field;
  }

  /** True when another key is needed, not another try. */
  get refused() {
    return this.status === 401 || this.status === 403;
  }
}

/** The project the pages look at: `?project=` of the address, kept while navigating. */
export function project() {
  return new URLSearchParams(location.search).get("project");
}

/** The path of an API call with its parameters; absent (null, undefined, empty) ones are left out. */
export function address(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...params, project: project() })) {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

export function headers(withKey = key()) {
  return withKey === null ? {} : { Authorization: `Bearer ${withKey}` };
}

/** Reads an error answer into an ApiError and, if a key is to blame, asks the app for another. */
export async function refusal(response) {
  let [detail, field] = [null, null];
  try {
    const problem = await response.json();
    detail = problem.detail ?? problem.title ?? null;
    field = problem.field ?? null;
  } catch {
    // Not a problem document; the status says enough.
  }
  const wait = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const message = detail ?? `The server answered ${response.status}.`;
  return new ApiError(response.status, message, Number.isNaN(wait) ? null : wait, field);
}

/**
 * One request (GET unless `method` says otherwise; `conditions` are more headers); rejects with ApiError unless it is answered 2xx,
 * or with AbortError when `signal` fires. A refusal of the reader's own key signs out; one of
 * `withKey` does not.
 */
export async function request(path, params = {}, { signal, withKey, method = "GET", body, conditions } = {}) {
  let response;
  try {
    response = await fetch(address(path, params), {
      method,
      body,
      headers: { Accept: "application/json", ...conditions, ...headers(withKey) },
      cache: "no-store",
      signal,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "The server cannot be reached.");
  }
  if (response.ok) return response;
  const error = await refusal(response);
  if (error.refused && withKey === undefined) announceRefusal(error);
  throw error;
}

/** As `request`, for the JSON of the answer. */
export async function ask(path, params = {}, options = {}) {
  return (await request(path, params, options)).json();
}

/** Tells the app that the current key opens nothing here. The key of one board stays good for what is on the board. */
export function announceRefusal(error) {
  if (error.status === 403 && isOfOneBoard()) return;
  window.dispatchEvent(new CustomEvent("rivulet:refused", { detail: error }));
}
