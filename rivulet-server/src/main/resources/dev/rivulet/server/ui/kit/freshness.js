import { LitElement, css, html } from "lit";
import { duration } from "../lib/format.js";
import { liveState, onLiveState, reconnect } from "../lib/live.js";
import { shared } from "./styles.js";

/** Whether the numbers move, and how far they are behind the newest event: "live · 3 ms lag". */
export class RvFreshness extends LitElement {
  static properties = { lag: { attribute: false }, state: { state: true }, seconds: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: inline-flex; align-items: center; font-size: var(--size-s); white-space: nowrap; }
      .row { display: inline-flex; align-items: center; gap: var(--space-2); }
      .dot { position: relative; width: 0.5rem; height: 0.5rem; border-radius: 50%; background: var(--muted); }
      .live .dot { background: var(--water); }
      .live .dot::after { content: ""; position: absolute; inset: 0; border-radius: 50%; background: var(--water-deep); animation: breathe 2.4s infinite ease-out; }
      .waiting .dot, .connecting .dot { background: var(--sand); }
      .waiting { color: var(--sand); }
      b { font-weight: 600; }
      .lag { display: inline-block; min-width: 7ch; color: var(--muted); }
      button { text-decoration: underline; text-underline-offset: 3px; }
      @keyframes breathe { 60%, to { transform: scale(2.6); opacity: 0; } }
      @media (prefers-reduced-motion: reduce) { .live .dot::after { animation: none; } }
      @media (max-width: 30rem) { .wide { display: none; } .lag { min-width: 5ch; } }
    `,
  ];

  constructor() {
    super();
    this.lag = null;
    this.state = liveState();
    this.seconds = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.state = liveState();
    this.forget = onLiveState((state) => {
      this.state = state;
      this.tick();
    });
    this.timer = setInterval(() => this.tick(), 500);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget();
    clearInterval(this.timer);
  }

  tick() {
    const left = this.state.retryAt === null ? 0 : Math.max(0, this.state.retryAt - Date.now());
    this.seconds = Math.ceil(left / 1000);
  }

  render() {
    const { name } = this.state;
    return html`<span class="row ${name}">
      <span class="dot"></span>
      <span role="status">${this.words(name)}</span>
      ${name === "live" && this.lag !== null && this.lag !== undefined
        ? html`<span class="lag" title="from the newest event's arrival until it shows here">${duration(this.lag)}<span class="wide"> lag</span></span>` : ""}
      ${name === "waiting" ? html`<button @click=${reconnect}>now</button>` : ""}
    </span>`;
  }

  words(name) {
    switch (name) {
      case "live": return html`<b>live</b>`;
      case "waiting": return html`reconnecting<span class="wide" aria-hidden="true"> in ${this.seconds} s</span>`;
      case "paused": return "paused";
      case "refused": return "signed out";
      default: return this.state.error === null ? "connecting" : "reconnecting"; // Told once, not at each try.
    }
  }
}

customElements.define("rv-freshness", RvFreshness);
