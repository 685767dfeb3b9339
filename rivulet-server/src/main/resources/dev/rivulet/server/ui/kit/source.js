import { LitElement, css, html, nothing } from "lit";
import { ApiError, address, ask } from "../lib/api.js";
import { dialogStyles } from "./dialog-styles.js";
import { icon } from "./icon.js";
import { shared } from "./styles.js";
import "./copy-button.js";

const LONGEST_ANSWER = 20_000;

/**
 * Where a number comes from: its facts (unit, range, zone, exactness) and the API call that gives
 * it. The call opens here with its answer, because a plain link could not send the key.
 */
export class RvSource extends LitElement {
  static properties = {
    facts: { attribute: false },
    path: {},
    params: { attribute: false },
    answer: { state: true },
    open: { state: true },
  };

  static styles = [
    shared,
    dialogStyles,
    css`
      :host { display: block; }
      .facts { display: flex; flex-wrap: wrap; gap: 0 var(--space-3); align-items: center; color: var(--muted); font-size: var(--size-s); }
      .facts a { display: inline-flex; align-items: center; gap: 0.3rem; min-height: 1.75rem; color: var(--muted); }
      .facts a:hover { color: var(--water); }
      pre { margin: 0; font: var(--size-s) / 1.55 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
      .call { display: flex; gap: var(--space-3); align-items: flex-start; padding: var(--space-4) var(--space-5); background: var(--sunken); border-bottom: 1px solid var(--line); }
      .call pre { flex: 1; }
      .answer { padding: var(--space-4) var(--space-5); overflow: auto; }
      @media (max-width: 40rem) { .call { flex-direction: column; } }
    `,
  ];

  constructor() {
    super();
    this.facts = [];
    this.params = {};
    this.open = false;
  }

  render() {
    const target = address(this.path, this.params);
    return html`
      <div class="facts">
        <span>${this.facts.filter(Boolean).join(" · ")}</span>
        <a href=${target} @click=${this.show} title="GET ${this.path}">${icon("code")}API call</a>
      </div>
      ${this.open ? this.dialog(target) : nothing}
    `;
  }

  dialog(target) {
    const curl = `curl -H "Authorization: Bearer $RIVULET_READ_KEY" \\\n  '${location.origin}${target.replaceAll("'", "%27")}'`;
    return html`<dialog aria-labelledby="title" @close=${() => (this.open = false)} @click=${this.leave}>
      <div class="sheet">
        <header><h2 id="title">The API call behind this number</h2>
          <button class="close" aria-label="Close" @click=${this.shut}>${icon("close")}</button></header>
        <div class="call"><pre>${curl}</pre><rv-copy-button .text=${curl}></rv-copy-button></div>
        <div class="answer" tabindex="0" role="region" aria-label="Answer"><pre>${this.answer ?? "Asking…"}</pre></div>
      </div>
    </dialog>`;
  }

  async show(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.open = true;
    this.answer = null;
    await this.updateComplete;
    this.renderRoot.querySelector("dialog").showModal();
    try {
      const text = JSON.stringify(await ask(this.path, this.params), null, 2);
      this.answer = text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}\n…` : text;
    } catch (error) {
      this.answer = error instanceof ApiError ? `${error.status}: ${error.message}` : String(error);
    }
  }

  shut() {
    this.renderRoot.querySelector("dialog").close();
  }

  /** A click on the backdrop hits the dialog itself, one inside hits the sheet. */
  leave(event) {
    if (event.target === event.currentTarget) this.shut();
  }
}

customElements.define("rv-source", RvSource);
