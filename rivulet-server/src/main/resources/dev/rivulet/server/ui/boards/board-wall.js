import { LitElement, css, html, nothing } from "lit";
import { foreign } from "../lib/format.js";
import { liveState, onLiveState } from "../lib/live.js";
import { setParams } from "../lib/router.js";
import { clock } from "../lib/time.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { Wall } from "./wall.js";

const DIM_MILLIS = 60_000;
const CLOCK_MILLIS = 10_000;

/** The frame of a board on the wall: its name, the clock, and whether the server is away. `rows` is how high the board is. */
export class RvBoardWall extends LitElement {
  static properties = { heading: {}, rows: { attribute: false }, zone: {}, shift: { attribute: false }, awaySince: { state: true }, time: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: block; }
      .wall { min-height: 100dvh; padding: 0.75rem 1rem 1rem; transform: translate(var(--x), var(--y)); transition: opacity 3s, transform 4s; }
      .wall[data-dim] { opacity: 0.45; }
      @media (prefers-reduced-motion: reduce) { .wall { transition: none; } }
      header { display: flex; align-items: center; gap: var(--space-4); height: 2rem; margin-bottom: 0.5rem; }
      h1 { flex: 1; font-size: var(--size-l); font-weight: 500; letter-spacing: -0.02em; color: var(--muted); }
      time { color: var(--muted); font-size: var(--size-l); font-weight: 500; }
      small { font-size: var(--size-xs); font-weight: 400; }
      .away { color: var(--alarm); font-weight: 600; }
      .button { min-height: 1.75rem; font-size: var(--size-s); transition: opacity var(--quick); }
      :host([still]) .wall { cursor: none; }
      :host([still]) .button:not(:focus-visible) { opacity: 0; pointer-events: none; }
    `,
  ];

  constructor() {
    super();
    this.rows = 1;
    this.shift = 0;
    this.zone = "UTC";
    this.awaySince = null;
    this.wall = new Wall(this, () => this.rows);
  }

  connectedCallback() {
    super.connectedCallback();
    this.wall.enter();
    this.follow(liveState().name);
    this.forget = onLiveState(({ name }) => this.follow(name));
    this.timer = setInterval(() => (this.time = Date.now()), CLOCK_MILLIS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget();
    clearInterval(this.timer);
  }

  updated(changed) {
    if (changed.has("rows")) this.wall.size();
  }

  /** Since when the server is away; the tries in between change nothing about that. */
  follow(name) {
    if (name === "live" || name === "paused") this.awaySince = null;
    else if (name !== "connecting") this.awaySince ??= Date.now();
  }

  render() {
    const [x, y] = this.wall.shift;
    const away = this.awaySince !== null;
    return html`<div class="wall" ?data-dim=${away && Date.now() - this.awaySince > DIM_MILLIS} ${style({ "--x": `${x}px`, "--y": `${y}px` })}>
      <header><h1 class="cut"><bdi>${foreign(this.heading)}</bdi></h1>
        ${away ? html`<span class="away" role="status">the server is away, waiting for it</span>` : nothing}
        <button class="button" id="leave-wall" @click=${() => setParams({ wall: null })}>Leave the wall</button>
        <time>${clock(Date.now() + this.shift, this.zone)} <small>${this.zone}</small></time></header>
      <slot></slot></div>`;
  }
}

customElements.define("rv-board-wall", RvBoardWall);
