import { LitElement, html, nothing } from "lit";
import { ask, request } from "../lib/api.js";
import { count, foreign } from "../lib/format.js";
import { key } from "../lib/session.js";
import { dialogStyles } from "../kit/dialog-styles.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { askDialogStyles, keyField, refusalWords } from "../funnels/ask-dialog.js";
import { boardPath, contentOf } from "./boards.js";

/**
 * Saves and deletes boards, and asks only when there is something to ask: for the admin key, whether it
 * shall really be deleted, or what shall be done when somebody changed it meanwhile. Fires `saved` with
 * the board, `deleted`, `wrong` with a refusal.
 */
export class RvSaveBoard extends LitElement {
  static properties = { stage: { state: true }, error: { state: true }, theirs: { state: true } };

  static styles = [shared, dialogStyles, askDialogStyles];

  constructor() {
    super();
    this.stage = "idle";
    this.error = null;
    this.theirs = null;
    this.busy = false;
  }

  /** `revision` is the one that was edited, 0 for a board that must be new. */
  save(name, board, revision) {
    this.what = { name, body: JSON.stringify(contentOf(board)), revision, deleting: false };
    return this.send(this.withKey ?? key());
  }

  confirm(name) {
    this.what = { name, deleting: true };
    this.error = null;
    return this.open("confirm");
  }

  async send(withKey) {
    if (this.busy) return; // Twice in a row: the second would be refused for what the first did.
    this.busy = true;
    const { name, body, revision, deleting } = this.what;
    const match = deleting || revision === null ? {} : revision === 0 ? { "If-None-Match": "*" } : { "If-Match": `"${revision}"` };
    try {
      const response = await request(boardPath(name), {}, deleting ? { method: "DELETE", withKey }
        : { method: "PUT", body, withKey, conditions: { "Content-Type": "application/json", ...match } });
      const answer = await response.json();
      this.withKey = withKey;
      this.shut();
      this.dispatchEvent(deleting ? new CustomEvent("deleted") : new CustomEvent("saved", { detail: answer }));
    } catch (error) {
      this.error = error;
      if (!error.refused) this.withKey = withKey; // It opens this door, whatever else is wrong.
      if (error.refused) await this.open("key");
      else if (error.status === 412) await this.conflict();
      else {
        this.shut();
        this.dispatchEvent(new CustomEvent("wrong", { detail: error }));
      }
    } finally {
      this.busy = false;
    }
  }

  async conflict() {
    this.theirs = await ask(boardPath(this.what.name)).catch(() => null); // Deleted meanwhile: then it is saved as new.
    await this.open("conflict");
  }

  async open(stage) {
    this.stage = stage;
    await this.updateComplete;
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog.open) dialog.showModal();
    this.renderRoot.querySelector("#admin-key, #overwrite, #keep")?.focus();
  }

  shut() {
    this.renderRoot.querySelector("dialog")?.close();
    this.stage = "idle";
  }

  render() {
    if (this.stage === "idle") return nothing;
    const { title, content } = { confirm: this.confirming, key: this.asking, conflict: this.choice }[this.stage].call(this);
    return html`<dialog aria-labelledby="title" @close=${() => (this.stage = "idle")}><div class="sheet">
      <header><h2 id="title">${title}</h2><button class="close" aria-label="Close" @click=${this.shut}>${icon("close")}</button></header>${content}</div></dialog>`;
  }

  asking() {
    const doing = this.what.deleting ? "Deleting a board" : "Saving a board";
    return { title: `${doing} takes the admin key`, content: html`<form @submit=${this.withAnother}><p>${refusalWords(this.error, doing)}</p>${keyField()}
      <div class="buttons"><button type="button" class="button" @click=${this.shut}>Not now</button><button class="button primary" id="save-with-key">${this.what.deleting ? "Delete" : "Save"}</button></div></form>` };
  }

  confirming() {
    return { title: "Delete this board", content: html`<form @submit=${(event) => { event.preventDefault(); this.send(this.withKey ?? key()); }}>
      <p>It goes for everybody. The numbers on it stay: it only shows them.</p>
      <div class="buttons"><button type="button" class="button" id="keep" @click=${this.shut}>Keep</button><button class="button final" id="final">Delete</button></div></form>` };
  }

  choice() {
    const { theirs } = this;
    return { title: "Somebody changed it meanwhile", content: html`<form @submit=${(event) => event.preventDefault()}>
      ${theirs === null ? html`<p>The board was deleted while you edited it. Saving brings it back as you have it here.</p>`
        : html`<p>${this.what.revision === 0 ? "There is a board of this name by now" : `While you edited revision ${this.what.revision}, revision ${theirs.revision} was saved`}:</p>
          <p class="theirs"><b><bdi>${foreign(theirs.title)}</bdi></b>, ${count(theirs.tiles.length)} ${theirs.tiles.length === 1 ? "tile" : "tiles"}</p>
          <p>Overwrite it with yours, or reload it and lose what you changed.</p>`}
      <div class="buttons"><button type="button" class="button" @click=${this.shut}>Edit on</button>
        ${theirs === null ? nothing : html`<button type="button" class="button" id="theirs" @click=${this.takeTheirs}>Reload</button>`}
        <button type="button" class="button primary" id="overwrite" @click=${this.overwrite}>${theirs === null ? "Save mine" : "Overwrite"}</button></div></form>` };
  }

  withAnother(event) {
    event.preventDefault();
    const given = this.renderRoot.querySelector("#admin-key").value.trim();
    if (given !== "") this.send(given);
  }

  takeTheirs() {
    const { theirs } = this;
    this.shut();
    this.dispatchEvent(new CustomEvent("saved", { detail: theirs }));
  }

  overwrite() {
    this.what = { ...this.what, revision: this.theirs?.revision ?? 0 };
    this.send(this.withKey ?? key());
  }
}

customElements.define("rv-save-board", RvSaveBoard);
