import { LitElement, css, html } from "lit";
import { project } from "../lib/api.js";
import { shared } from "./styles.js";
import "./copy-button.js";

const ways = {
  curl: (at, query) => `curl ${at}/api/v1/events${query} \\
  -H "Authorization: Bearer $RIVULET_WRITE_KEY" \\
  -d '{"event": "signup", "user": "u1", "properties": {"plan": "pro"}}'`,
  JavaScript: (at, query) => `await fetch("${at}/api/v1/events${query}", {
  method: "POST",
  headers: { Authorization: "Bearer " + WRITE_KEY },
  body: JSON.stringify({ event: "signup", user: "u1", properties: { plan: "pro" } }),
});`,
  "an access log": (at) => `RIVULET_URL=${at} ./rivulet import access.log`,
};

/**
 * Teaches to send the first event; whoever shows it takes it away when the event arrives. A page may
 * say it in its own words: `heading`, `lead` and `ways`, `{name: (origin, query) => code}`.
 */
export class RvFirstEvent extends LitElement {
  static properties = { heading: {}, lead: {}, ways: { attribute: false }, way: { state: true } };

  static styles = [
    shared,
    css`
      /* The column may be narrower than a line of code: that scrolls, not the page. */
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-6); max-width: 52rem; }
      h1 { font-size: var(--size-2xl); font-weight: 500; letter-spacing: -0.025em; line-height: 1.15; text-wrap: balance; }
      .lead { color: var(--muted); font-size: var(--size-l); max-width: 36em; margin-top: var(--space-3); }
      .tabs { display: flex; flex-wrap: wrap; column-gap: var(--space-5); border-bottom: 1px solid var(--line); }
      .tabs button { padding: var(--space-2) 0; margin-bottom: -1px; border-bottom: 2px solid transparent; color: var(--muted); }
      .tabs button[aria-selected="true"] { color: var(--text); border-color: var(--water); font-weight: 600; }
      .code { position: relative; padding: var(--space-5); background: var(--sunken); border-radius: 0 0 var(--radius) var(--radius); }
      pre { margin: 0; font: var(--size-s) / 1.7 var(--mono); overflow-x: auto; }
      rv-copy-button { display: block; margin-top: var(--space-4); }
      .wait { display: flex; gap: var(--space-3); align-items: center; }
      .drop { position: relative; width: 0.6rem; height: 0.6rem; flex: none; border-radius: 50%; background: var(--water); }
      .drop::after { content: ""; position: absolute; inset: 0; border-radius: 50%; background: var(--water-deep); animation: drip 1.8s infinite ease-out; }
      @keyframes drip { to { transform: scale(4); opacity: 0; } }
      @media (prefers-reduced-motion: reduce) { .drop::after { animation: none; } }
    `,
  ];

  constructor() {
    super();
    this.heading = "Nothing has flowed through here yet.";
    this.lead = "Send one event and this page turns into your dashboard, without a reload.";
    this.ways = ways;
    this.way = null;
  }

  get chosen() {
    return this.way ?? Object.keys(this.ways)[0];
  }

  render() {
    const of = project();
    const query = of === null ? "" : `?project=${encodeURIComponent(of)}`;
    const code = this.ways[this.chosen](location.origin, query);
    return html`
      <div>
        <h1>${this.heading}</h1>
        <p class="lead">${this.lead}</p>
      </div>
      <div>
        <div class="tabs" role="tablist" aria-label="Ways to send" @keydown=${this.arrows}>
          ${Object.keys(this.ways).map((way) => html`<button role="tab" id=${`tab-${way.replaceAll(" ", "-")}`} aria-controls="code"
            aria-selected=${way === this.chosen} tabindex=${way === this.chosen ? 0 : -1}
            @click=${() => (this.way = way)}>${way}</button>`)}
        </div>
        <div class="code" id="code" role="tabpanel" aria-label=${this.chosen}>
          <pre tabindex="0" role="region" aria-label="Code">${code}</pre><rv-copy-button .text=${code}></rv-copy-button>
        </div>
      </div>
      <p class="muted small">The write key was printed when the server first started;
        it is also what you gave as <span class="mono">RIVULET_WRITE_KEY</span>.</p>
      <p class="wait" role="status"><span class="drop"></span>Listening for the first event</p>
    `;
  }

  arrows(event) {
    const names = Object.keys(this.ways);
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    this.way = names[(names.indexOf(this.chosen) + move + names.length) % names.length];
    this.updateComplete.then(() => this.renderRoot.querySelector("[aria-selected=true]").focus());
  }
}

customElements.define("rv-first-event", RvFirstEvent);
