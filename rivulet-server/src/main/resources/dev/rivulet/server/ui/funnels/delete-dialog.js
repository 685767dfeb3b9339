import { LitElement, html, nothing } from "lit";
import { foreign } from "../lib/format.js";
import { request } from "../lib/api.js";
import { key } from "../lib/session.js";
import { dialogStyles } from "../kit/dialog-styles.js";
import { icon } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { askDialogStyles, keyField, refusalWords } from "./ask-dialog.js";
import { funnelPath } from "./funnels.js";

/** Deletes the funnel `name` once that was confirmed. Fires `deleted`. */
export class RvDeleteFunnel extends LitElement {
  static properties = { name: { attribute: false }, stage: { state: true }, error: { state: true } };

  static styles = [shared, dialogStyles, askDialogStyles];

  constructor() {
    super();
    this.stage = "closed";
    this.error = null;
  }

  async show() {
    this.stage = "confirm";
    this.error = null;
    await this.updateComplete;
    this.renderRoot.querySelector("dialog").showModal();
  }

  render() {
    if (this.stage === "closed") return nothing;
    const asking = this.stage === "asking";
    return html`<dialog aria-labelledby="title" @close=${() => (this.stage = "closed")}><div class="sheet">
      <header><h2 id="title">Delete this funnel</h2><button class="close" aria-label="Close" @click=${this.shut}>${icon("close")}</button></header>
      <form @submit=${this.remove}><p><b><bdi>${foreign(this.name)}</bdi></b> and what was counted for it go. The events stay: defined again, it is filled from the log as far back as that goes.</p>
        ${this.error?.refused ? keyField() : nothing}
        ${this.error === null ? nothing : html`<p class="wrong" role="alert">${this.error.refused ? refusalWords(this.error, "Deleting a funnel") : this.error.message}</p>`}
        <div class="buttons"><button type="button" class="button" autofocus ?disabled=${asking} @click=${this.shut}>Keep</button>
          <button class="button final" id="final" ?disabled=${asking}>${asking ? "Deleting…" : "Delete"}</button></div></form></div></dialog>`;
  }

  async remove(event) {
    event.preventDefault();
    const withKey = this.renderRoot.querySelector("#admin-key")?.value.trim() ?? key();
    this.stage = "asking";
    try {
      await request(funnelPath(this.name), {}, { method: "DELETE", withKey });
      this.shut();
      this.dispatchEvent(new CustomEvent("deleted"));
    } catch (error) {
      this.stage = "confirm";
      this.error = error;
      await this.updateComplete;
      this.renderRoot.querySelector("#admin-key")?.focus();
    }
  }

  shut() {
    this.renderRoot.querySelector("dialog").close();
  }
}

customElements.define("rv-delete-funnel", RvDeleteFunnel);
