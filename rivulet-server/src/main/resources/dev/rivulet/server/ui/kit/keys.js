import { ask, project, request } from "../lib/api.js";
import { foreign } from "../lib/format.js";
import { key } from "../lib/session.js";

const JSON_BODY = { "Content-Type": "application/json" };

/**
 * The keys of the project that the page shows, as an admin handles them: lists them, makes one, takes one back. Who is signed in
 * with another key is asked for the admin key, which is then used until the page is left. A controller of a Lit element: after
 * a refusal `error.refused` it shows an `#admin-key`. `mine` chooses which keys are meant.
 */
export class Keys {
  constructor(host, mine = () => true) {
    this.host = host;
    this.mine = mine;
    this.all = null; // Not known, or not for this key to know.
    this.reads = false;
    this.error = null;
    this.asking = false;
    this.doubted = null;
    this.said = "";
    this.withKey = null;
    host.addController(this);
  }

  /** Without a word to who came with a key that may only read. */
  async look() {
    try {
      const { role } = await ask("/api/v1/key", {}, { withKey: key() });
      this.reads = role !== "admin";
      if (!this.reads) await this.load(key());
    } catch (error) {
      this.error = error;
    }
    this.host.requestUpdate();
  }

  /** The newest first. */
  async load(withKey) {
    const { keys } = await ask(await this.path(withKey), {}, { withKey });
    this.withKey = withKey;
    this.all = keys.filter(this.mine).reverse();
    this.host.requestUpdate();
  }

  /** Of the project whose the admin key is, or of the one the page shows. */
  async path(withKey) {
    const { project: own } = await ask("/api/v1/key", {}, { withKey });
    this.project = project() ?? own;
    return `/api/v1/projects/${encodeURIComponent(this.project)}/keys`;
  }

  list() {
    return this.attempt((withKey) => this.load(withKey));
  }

  /** Makes what `body` describes; the answer is the only one that has the key itself, null when there is none. */
  async make(body) {
    let made = null;
    await this.attempt(async (withKey) => {
      const response = await request(await this.path(withKey), {}, { method: "POST", withKey, body: JSON.stringify(body), conditions: JSON_BODY });
      made = await response.json();
      await this.load(withKey);
    });
    return made;
  }

  /** Asks before `takeBack`; null keeps what was doubted. The focus goes to the answer, and back. */
  async doubt(id) {
    const before = this.doubted;
    this.doubted = id;
    await this.focus(id === null ? `[data-id="${before}"] .take-back` : "#final");
  }

  async takeBack(id, name) {
    const next = this.all[this.all.findIndex((one) => one.id === id) + 1]?.id;
    await this.attempt(async (withKey) => {
      await request(`${await this.path(withKey)}/${encodeURIComponent(id)}`, {}, { method: "DELETE", withKey }).catch((error) => {
        if (error.status !== 404) throw error; // Somebody else was quicker.
      });
      this.doubted = null;
      this.said = `${name} was taken back.`;
      await this.load(withKey);
    });
    if (this.error === null) await this.focus(`[data-id="${next}"] .take-back`, ".take-back", "#make");
  }

  /** Does what takes the admin key; asks for it when the one at hand is not it. */
  async attempt(work) {
    const given = this.host.renderRoot.querySelector("#admin-key")?.value.trim();
    this.asking = true;
    this.host.requestUpdate();
    try {
      await work(given || this.withKey || key());
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.asking = false;
    await this.focus(...(this.error?.refused ? ["#admin-key"] : []));
  }

  /** Shows what became of it, and gives the focus to the first of those that are there. */
  async focus(...selectors) {
    this.host.requestUpdate();
    await this.host.updateComplete;
    selectors.map((selector) => this.host.renderRoot.querySelector(selector)).find((found) => found !== null)?.focus();
  }
}

/** What one calls a key that has no other name. */
export const nameOf = ({ id, label }, kind) => (label ? foreign(label) : `${kind} ${id.slice(0, 6)}`);
