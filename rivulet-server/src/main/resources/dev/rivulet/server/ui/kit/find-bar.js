import { LitElement, css, html, nothing } from "lit";
import { icon } from "./icon.js";
import { shared } from "./styles.js";

const TYPING_MILLIS = 200;

/**
 * A search over what the page lists. Fires `wanted` with the text at each key, `settled` with it once
 * the reader stopped typing, and `enter` for the first of what was found.
 */
export class RvFindBar extends LitElement {
  static properties = { wanted: { attribute: false }, label: {}, placeholder: {} };

  static styles = [
    shared,
    css`
      :host { display: block; }
      form { display: flex; align-items: center; gap: var(--space-3); border-bottom: 2px solid var(--water-deep); color: var(--water); transition: border-color var(--quick); }
      form:focus-within { border-color: var(--water); }
      svg { flex: none; width: 1.375rem; height: 1.375rem; }
      input { flex: 1; min-width: 0; height: 3.25rem; border: 0; background: none; outline: none; color: var(--text); font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; }
      input::placeholder { color: var(--muted); opacity: 1; }
      input::-webkit-search-cancel-button { display: none; }
      button { padding: var(--space-2); border-radius: var(--radius); color: var(--muted); line-height: 0; }
      button:hover { background: var(--hover); color: var(--text); }
    `,
  ];

  constructor() {
    super();
    this.wanted = "";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.typing);
  }

  render() {
    return html`<form role="search" @submit=${this.enter}>${icon("search")}
      <input id="search" type="search" aria-label=${this.label} placeholder=${this.placeholder} autocomplete="off" autocapitalize="off" spellcheck="false"
        maxlength="200" .value=${this.wanted} @input=${({ target }) => this.type(target.value)}>
      ${this.wanted === "" ? nothing : html`<button type="button" aria-label="Clear" @click=${this.clear}>${icon("close")}</button>`}
    </form>`;
  }

  type(text) {
    this.wanted = text;
    this.tell("wanted");
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.tell("settled"), TYPING_MILLIS);
  }

  clear() {
    this.type("");
    this.renderRoot.querySelector("input").focus();
  }

  enter(event) {
    event.preventDefault();
    if (this.wanted.trim() !== "") this.tell("enter");
  }

  tell(what) {
    this.dispatchEvent(new CustomEvent(what, { detail: this.wanted.trim() }));
  }
}

customElements.define("rv-find-bar", RvFindBar);
