import { LitElement, html, nothing } from "lit";
import { ask, request } from "../lib/api.js";
import { key } from "../lib/session.js";
import { askDialogStyles, keyField, refusalWords } from "./ask-dialog.js";
import { dialogStyles } from "./dialog-styles.js";
import { icon } from "./icon.js";
import { shared } from "./styles.js";

/**
 * Saves and deletes what has a name and revisions on the server, and asks only when there is something
 * to ask: for the admin key, whether it shall really be deleted, or what shall be done when somebody
 * changed it meanwhile. Fires `saved` with the API's answer, `deleted`, `wrong` with a refusal of the content.
 *
 * `kind` says what it is: its `word`, the API's `path` of a name, `parting` for what a deletion takes
 * along and what stays, and `summary` of what somebody else saved.
 */
export class RvSaveDialog extends LitElement {
  static properties = { kind: { attribute: false }, stage: { state: true }, error: { state: true }, theirs: { state: true }, busy: { state: true } };

  static styles = [shared, dialogStyles, askDialogStyles];

  constructor() {
    super();
    this.stage = "idle";
    this.error = null;
    this.theirs = null;
    this.busy = false;
  }

  /** `revision` is the one that was edited, 0 for what must be new. */
  save(name, content, revision) {
    this.what = { name, body: JSON.stringify(content), revision, deleting: false };
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
    try {
      const response = await request(this.kind.path(this.what.name), {}, { ...this.change(), withKey });
      const answer = await response.json();
      this.withKey = withKey;
      this.shut();
      this.dispatchEvent(this.what.deleting ? new CustomEvent("deleted") : new CustomEvent("saved", { detail: answer }));
    } catch (error) {
      await this.failed(error, withKey);
    } finally {
      this.busy = false;
    }
  }

  change() {
    const { body, revision, deleting } = this.what;
    if (deleting) return { method: "DELETE" };
    const match = revision === 0 ? { "If-None-Match": "*" } : { "If-Match": `"${revision}"` };
    return { method: "PUT", body, conditions: { "Content-Type": "application/json", ...match } };
  }

  async failed(error, withKey) {
    this.error = error;
    if (!error.refused) this.withKey = withKey; // It opens this door, whatever else is wrong.
    if (error.refused) await this.open("key");
    else if (this.what.deleting) await this.open("confirm");
    else if (error.status === 412) await this.conflict();
    else {
      this.shut();
      this.dispatchEvent(new CustomEvent("wrong", { detail: error }));
    }
  }

  async conflict() {
    this.theirs = await ask(this.kind.path(this.what.name)).catch(() => null); // Deleted meanwhile: then it is saved as new.
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
    const doing = `${this.what.deleting ? "Deleting" : "Saving"} a ${this.kind.word}`;
    const words = this.busy ? "Saving…" : "Save";
    return { title: `${doing} takes the admin key`, content: html`<form @submit=${this.withAnother}><p>${refusalWords(this.error, doing)}</p>${keyField()}
      <div class="buttons"><button type="button" class="button" @click=${this.shut}>Not now</button>
        ${this.what.deleting ? this.final() : html`<button class="button primary" id="save-with-key" ?disabled=${this.busy}>${words}</button>`}</div></form>` };
  }

  confirming() {
    return { title: `Delete this ${this.kind.word}`, content: html`<form @submit=${this.again}>
      <p>${this.kind.parting(this.what.name)}</p>
      ${this.error === null ? nothing : html`<p class="wrong" role="alert">${this.error.message}</p>`}
      <div class="buttons"><button type="button" class="button" id="keep" @click=${this.shut}>Keep</button>${this.final()}</div></form>` };
  }

  final() {
    return html`<button class="button final" id="final" ?disabled=${this.busy}>${this.busy ? "Deleting…" : "Delete"}</button>`;
  }

  choice() {
    const { theirs, kind } = this;
    return { title: "Somebody changed it meanwhile", content: html`<form @submit=${(event) => event.preventDefault()}>
      ${theirs === null ? html`<p>The ${kind.word} was deleted while you edited it. Saving brings it back as you have it here.</p>`
        : html`<p>${this.what.revision === 0 ? `There is a ${kind.word} of this name by now` : `While you edited revision ${this.what.revision}, revision ${theirs.revision} was saved`}:</p>
          <p class="theirs">${kind.summary(theirs)}</p>
          <p>Overwrite it with yours, or reload it and lose what you changed.</p>`}
      <div class="buttons"><button type="button" class="button" @click=${this.shut}>Edit on</button>
        ${theirs === null ? nothing : html`<button type="button" class="button" id="theirs" @click=${this.takeTheirs}>Reload</button>`}
        <button type="button" class="button primary" id="overwrite" ?disabled=${this.busy} @click=${this.overwrite}>${theirs === null ? "Save mine" : "Overwrite"}</button></div></form>` };
  }

  again(event) {
    event.preventDefault();
    this.send(this.withKey ?? key());
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

  overwrite(event) {
    this.what = { ...this.what, revision: this.theirs?.revision ?? 0 };
    this.again(event);
  }
}

customElements.define("rv-save-dialog", RvSaveDialog);
