import { LitElement, html, nothing } from "lit";
import { ask, request } from "../lib/api.js";
import { key } from "../lib/session.js";
import { dialogStyles } from "../kit/dialog-styles.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { askDialogStyles, keyField, refusalWords } from "./ask-dialog.js";
import { FUNNELS, funnelPath, pathOf, windowWords } from "./funnels.js";

/**
 * Saves a funnel, and asks only when there is something to ask: for the admin key, or what shall be
 * done when somebody changed it meanwhile. Fires `saved` with the API's answer, `wrong` with a refusal of the definition.
 */
export class RvSaveFunnel extends LitElement {
  static properties = { stage: { state: true }, error: { state: true }, theirs: { state: true } };

  static styles = [shared, dialogStyles, askDialogStyles];

  constructor() {
    super();
    this.stage = "idle";
    this.error = null;
    this.theirs = null;
  }

  /** `revision` is the one that was edited, null for a funnel that must be new. */
  async save(what) {
    this.what = what;
    this.theirs = null;
    if (what.revision === null && (await this.exists())) await this.conflict();
    else await this.put(this.withKey ?? key());
  }

  /** A funnel that shall be new must not take another's place. */
  async exists() {
    try {
      const { funnels } = await ask(FUNNELS);
      return funnels.some(({ name }) => name === this.what.name);
    } catch {
      return false; // What is wrong is told when it is saved.
    }
  }

  async put(withKey) {
    const { name, definition, revision } = this.what;
    const body = JSON.stringify(definition);
    const conditions = { "Content-Type": "application/json", ...(revision === null ? {} : { "If-Match": `"${revision}"` }) };
    this.stage = this.stage === "idle" ? "idle" : "asking";
    try {
      const response = await request(funnelPath(name), {}, { method: "PUT", body, conditions, withKey });
      this.withKey = withKey;
      const saved = await response.json();
      this.shut();
      this.dispatchEvent(new CustomEvent("saved", { detail: saved }));
    } catch (error) {
      this.error = error;
      if (!error.refused) this.withKey = withKey; // It opens this door, whatever else is wrong.
      if (error.refused) await this.open("key");
      else if (error.status === 412 || error.status === 409) await this.conflict();
      else {
        this.shut();
        this.dispatchEvent(new CustomEvent("wrong", { detail: error }));
      }
    }
  }

  async conflict() {
    try {
      this.theirs = await ask(funnelPath(this.what.name));
    } catch (error) {
      this.theirs = null; // Deleted meanwhile: then it is saved as new.
      if (error.status !== 404) this.error = error;
    }
    await this.open("conflict");
  }

  async open(stage) {
    this.stage = stage;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog.open) dialog.showModal();
    this.renderRoot.querySelector("#admin-key, #overwrite")?.focus();
  }

  shut() {
    this.renderRoot.querySelector("dialog")?.close();
    this.stage = "idle";
  }

  render() {
    if (this.stage === "idle") return nothing;
    const conflict = this.theirs !== null || this.stage === "conflict";
    return html`<dialog aria-labelledby="title" @close=${() => (this.stage = "idle")}><div class="sheet">
      <header><h2 id="title">${conflict ? "Somebody changed it meanwhile" : "Saving takes the admin key"}</h2><button class="close" aria-label="Close" @click=${this.shut}>${icon("close")}</button></header>
      ${conflict ? this.choice() : html`<form @submit=${this.withAnother}><p>${refusalWords(this.error, "Saving a funnel")}</p>${keyField()}
        <div class="buttons"><button type="button" class="button" @click=${this.shut}>Not now</button><button class="button primary" id="save-with-key" ?disabled=${this.stage === "asking"}>Save</button></div></form>`}
    </div></dialog>`;
  }

  choice() {
    const { theirs } = this;
    return html`<form @submit=${(event) => event.preventDefault()}>
      ${theirs === null ? html`<p>The funnel was deleted while you edited it. Saving brings it back as you have it here.</p>`
        : html`<p>${this.what.revision === null ? "There is a funnel of this name by now" : `While you edited revision ${this.what.revision}, revision ${theirs.revision} was saved`}:</p>
          <p class="theirs"><bdi>${pathOf(theirs.definition)}</bdi>, within ${windowWords(theirs.definition.window)}</p>`}
      <div class="buttons"><button type="button" class="button" @click=${this.shut}>Edit on</button>
        ${theirs === null ? nothing : html`<button type="button" class="button" id="theirs" @click=${this.takeTheirs}>Take theirs</button>`}
        <button type="button" class="button primary" id="overwrite" @click=${this.overwrite}>Save mine</button></div></form>`;
  }

  withAnother(event) {
    event.preventDefault();
    const given = this.renderRoot.querySelector("#admin-key").value.trim();
    if (given !== "") this.put(given);
  }

  takeTheirs() {
    const { theirs } = this;
    this.theirs = null;
    this.shut();
    this.dispatchEvent(new CustomEvent("saved", { detail: theirs }));
  }

  overwrite() {
    const revision = this.theirs?.revision ?? null;
    this.theirs = null;
    this.what = { ...this.what, revision };
    this.put(this.withKey ?? key());
  }
}

customElements.define("rv-save-funnel", RvSaveFunnel);
