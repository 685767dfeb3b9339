/**
 * The reader's key. It lives in sessionStorage (this tab), or in localStorage when the reader chose
 * to stay signed in; never in an address the browser keeps.
 */
const NAME = "rivulet.key";

function read(storage) {
  try {
    return storage().getItem(NAME);
  } catch {
    return null; // Storage refused: the key lives as long as the page.
  }
}

function write(storage, key) {
  try {
    if (key === null) storage().removeItem(NAME);
    else storage().setItem(NAME, key);
  } catch {
    // As above.
  }
}

const tab = () => window.sessionStorage;
const kept = () => window.localStorage;

let current = null;

/** The key in use, or null. */
export function key() {
  return current;
}

/** Whether the key in use reads one board and nothing else; the server says which. */
export const isOfOneBoard = () => current?.startsWith("rvb_") ?? false;

/** Uses `value` from now on; `stay` keeps it beyond this tab. */
export function signIn(value, stay) {
  current = value;
  write(tab, stay ? null : value);
  write(kept, stay ? value : null);
}

export function signOut() {
  current = null;
  write(tab, null);
  write(kept, null);
}

/**
 * Takes the key from `#key=…` once and wipes it from the address and the history entry; else from
 * storage. Called before the first request.
 */
export function begin() {
  current = read(tab) ?? read(kept);
  const fragment = new URLSearchParams(location.hash.slice(1));
  const given = fragment.get("key");
  if (given === null) return;
  history.replaceState(null, "", location.pathname + location.search);
  if (given.trim() !== "") signIn(given.trim(), false);
}
