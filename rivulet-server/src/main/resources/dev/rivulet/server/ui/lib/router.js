/** Navigation without reloads; the address is the only place where a page keeps its state. */
const listeners = new Set();

export function onNavigate(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  for (const listener of listeners) listener();
}

export function navigate(path) {
  history.pushState(null, "", path);
  changed();
}

/** The parameters of the page, without the shell's own. */
export const params = () => new URLSearchParams(location.search);

/** Sets or (null) removes parameters; `replace` for changes that deserve no step back. */
export function setParams(changes, { replace = false } = {}) {
  const next = params();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") next.delete(name);
    else next.set(name, value);
  }
  const query = next.toString();
  const path = location.pathname + (query === "" ? "" : `?${query}`);
  if (path === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", path);
  changed();
}

/** Links within the pages are followed here; others, and clicks with a modifier, by the browser. */
export function follow(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link || link.target !== "" || link.origin !== location.origin) return;
  if (!link.hasAttribute("data-page")) return;
  event.preventDefault();
  navigate(link.pathname + link.search);
}

addEventListener("popstate", changed);
