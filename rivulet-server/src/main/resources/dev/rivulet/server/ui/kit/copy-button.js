import { LitElement, css, html } from "lit";
import { icon } from "./icon.js";
import { shared } from "./styles.js";

/** Copies `text`. Where the clipboard is refused (plain http), it says so instead of pretending. */
export class RvCopyButton extends LitElement {
  static properties = { text: { attribute: false }, said: { state: true } };

  static styles = [shared, css`.button { min-height: 2rem; padding: 0 var(--space-3); font-size: var(--size-s); background: var(--raised); }`];

  render() {
    return html`<button class="button" @click=${this.copy}>${icon(this.said === "Copied" ? "check" : "copy")}
      <span role="status">${this.said ?? "Copy"}</span></button>`;
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text);
      this.said = "Copied";
    } catch {
      this.said = "Select and copy by hand";
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.said = null), 2_000);
  }
}

customElements.define("rv-copy-button", RvCopyButton);
