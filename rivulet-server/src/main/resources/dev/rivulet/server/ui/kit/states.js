import { LitElement, css, html } from "lit";
import { shared } from "./styles.js";

/** The place of something that is still coming: `lines` bars of text, or a block of `height`. */
export class RvSkeleton extends LitElement {
  static properties = { lines: { type: Number }, chart: { type: Boolean, reflect: true } };

  static styles = css`
    :host { display: block; }
    div { height: 0.8rem; margin: 0.75rem 0; border-radius: 4px; background: var(--line); animation: wait 1.6s infinite alternate ease-in-out; }
    div:nth-child(3n + 2) { width: 82%; }
    div:nth-child(3n) { width: 64%; }
    :host([chart]) div { height: 100%; min-height: var(--height, 12rem); margin: 0; width: 100%; border-radius: var(--radius); opacity: 0.5; }
    @keyframes wait { to { opacity: 0.35; } }
    @media (prefers-reduced-motion: reduce) { div { animation: none; } }
  `;

  render() {
    const lines = this.chart ? 1 : this.lines ?? 3;
    return html`${Array.from({ length: lines }, () => html`<div></div>`)}`;
  }
}

/** What went wrong and what the reader can do: fires `retry`. */
export class RvError extends LitElement {
  static properties = { error: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { display: block; }
      div { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3) var(--space-4); padding: var(--space-4); border-left: 3px solid var(--alarm); background: var(--alarm-soft); border-radius: 0 var(--radius) var(--radius) 0; }
      p { flex: 1 1 16rem; overflow-wrap: anywhere; }
      b { display: block; font-weight: 600; }
    `,
  ];

  render() {
    const title = this.error?.status === 0 ? "No connection"
      : this.error?.status === 503 ? "The server is busy"
      : this.error?.status >= 500 ? "The server failed to answer" : "This question has no answer";
    return html`<div role="alert">
      <p><b>${title}</b>${this.error?.message}</p>
      <button class="button" @click=${() => this.dispatchEvent(new CustomEvent("retry"))}>Try again</button>
    </div>`;
  }
}

customElements.define("rv-skeleton", RvSkeleton);
customElements.define("rv-error", RvError);
