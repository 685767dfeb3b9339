import { LitElement, css, html, svg } from "lit";
import { ask } from "../lib/api.js";
import { mark } from "../kit/icon.js";
import { shared } from "../kit/styles.js";
import { signIn } from "../lib/session.js";

/** Asks for a key and tries it before it is kept. `reason` is the ApiError that brought us here, or null. */
export class RvSignIn extends LitElement {
  static properties = { reason: { attribute: false }, message: { state: true }, busy: { state: true }, visible: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: grid; min-height: 100dvh; grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr); }
      main { display: flex; flex-direction: column; justify-content: center; gap: var(--space-6); padding: var(--space-7) var(--gutter); max-width: 34rem; width: 100%; margin: 0 auto; }
      .word { display: flex; gap: var(--space-3); align-items: center; font-size: var(--size-l); font-weight: 600; letter-spacing: -0.01em; }
      h1 { font-size: var(--size-2xl); font-weight: 500; letter-spacing: -0.025em; line-height: 1.15; text-wrap: balance; }
      form { display: grid; gap: var(--space-4); }
      label.field { display: grid; gap: var(--space-2); font-weight: 600; font-size: var(--size-s); }
      .key { display: flex; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--raised); }
      .key:focus-within { outline: 2px solid var(--water); outline-offset: 1px; }
      .key input { flex: 1; min-width: 0; height: 2.75rem; padding: 0 var(--space-4); border: 0; background: none; font-family: var(--mono); font-weight: 400; outline: none; }
      .key button { padding: 0 var(--space-4); color: var(--muted); font-weight: 400; font-size: var(--size-s); border-radius: var(--radius); }
      .key button:hover { color: var(--text); }
      .stay { display: flex; gap: var(--space-2); align-items: center; font-size: var(--size-s); }
      .stay input { accent-color: var(--water); width: 1rem; height: 1rem; margin: 0; }
      .primary { justify-content: center; min-height: 2.75rem; }
      .message { padding: var(--space-3) var(--space-4); border-left: 3px solid var(--alarm); background: var(--alarm-soft); border-radius: 0 var(--radius) var(--radius) 0; overflow-wrap: anywhere; }
      .help { display: grid; gap: var(--space-2); color: var(--muted); font-size: var(--size-s); }
      .help code { font-family: var(--mono); color: var(--text); }
      .art { position: relative; overflow: hidden; background: var(--sunken); border-left: 1px solid var(--line); }
      .art svg { position: absolute; inset: 0; width: 100%; height: 100%; }
      .art path { fill: none; stroke: var(--water); stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-dasharray: 1400; animation: run 5s ease-out both; }
      .art path.sand { stroke: var(--sand); }
      .art path.faint { opacity: 0.35; }
      @keyframes run { from { stroke-dashoffset: 1400; } to { stroke-dashoffset: 0; } }
      @media (prefers-reduced-motion: reduce) { .art path { animation: none; } }
      @media (max-width: 56rem) { :host { grid-template-columns: minmax(0, 1fr); } .art { display: none; } }
    `,
  ];

  constructor() {
    super();
    this.reason = null;
    this.message = null;
    this.busy = false;
    this.visible = false;
  }

  willUpdate(changed) {
    if (changed.has("reason") && this.reason !== null) this.message = words(this.reason);
  }

  firstUpdated() {
    document.title = "Sign in · Rivulet";
    this.renderRoot.querySelector("#key").focus();
  }

  render() {
    return html`
      <main id="main">
        <p class="word">${mark} rivulet</p>
        <h1>Enter a key to see the numbers move.</h1>
        <form @submit=${this.submit}>
          <input class="out-of-sight" type="text" name="username" value="rivulet" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
          <label class="field" for="key">Read or admin key</label>
          <div class="key">
            <input id="key" name="key" type=${this.visible ? "text" : "password"} required autocomplete="current-password"
              spellcheck="false" autocapitalize="off" aria-describedby="help" aria-invalid=${this.message !== null}>
            <button type="button" aria-pressed=${this.visible} @click=${() => (this.visible = !this.visible)}>${this.visible ? "hide" : "show"}</button>
          </div>
          ${this.message === null ? "" : html`<p class="message" role="alert">${this.message}</p>`}
          <label class="stay"><input type="checkbox" name="stay"> Stay signed in on this device</label>
          <button class="button primary" ?disabled=${this.busy}>${this.busy ? "Trying the key…" : "Sign in"}</button>
        </form>
        <div class="help" id="help">
          <p>Keys were printed when the server first started, together with a link that
            ends in <code>#key=…</code>; opening that link signs you in.</p>
          <p>Or set your own with <code>RIVULET_READ_KEY</code> or <code>RIVULET_ADMIN_KEY</code>.</p>
        </div>
      </main>
      <div class="art" aria-hidden="true">${art}</div>
    `;
  }

  async submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const given = String(form.get("key")).trim();
    if (given === "") return;
    this.busy = true;
    this.message = null;
    try {
      await ask("/api/v1/key", {}, { withKey: given });
      signIn(given, form.get("stay") !== null);
      this.dispatchEvent(new CustomEvent("signed-in"));
    } catch (error) {
      this.message = words(error);
      this.renderRoot.querySelector("#key").select();
    } finally {
      this.busy = false;
    }
  }
}

function words(error) {
  switch (error.status) {
    case 401: return "The server does not know this key. Check that it was copied whole.";
    case 403: return "This is a write key: it may send events, not read them. The dashboard needs a read or an admin key.";
    case 0: return "The server cannot be reached. Is it running?";
    default: return error.message;
  }
}

const runs = [[90, 500, ""], [210, 512, "faint"], [330, 524, ""], [520, 536, "faint"], [700, 548, "sand"], [860, 560, "faint"], [980, 572, ""]];
const art = html`<svg viewBox="0 0 800 1000" preserveAspectRatio="none">${runs.map(
  ([source, mouth, kind]) => svg`<path d="M-20 ${source} C 320 ${source} 330 ${mouth} 840 ${mouth}" class=${kind}></path>`)}</svg>`;

customElements.define("rv-sign-in", RvSignIn);
