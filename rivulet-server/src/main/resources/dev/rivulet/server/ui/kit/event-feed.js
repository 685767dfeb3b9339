import { LitElement, css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ago, foreign } from "../lib/format.js";
import { clockSeconds } from "../lib/time.js";
import { shared } from "./styles.js";

const SHOWN_PROPERTIES = 4;

/** The newest events as they come in. `now` is the server's clock (epoch millis). */
export class RvEventFeed extends LitElement {
  static properties = {
    events: { attribute: false },
    now: { attribute: false },
    zone: {},
  };

  static styles = [
    shared,
    css`
      :host { display: block; }
      li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--space-3); padding: 0.45rem 0; animation: arrive var(--flow) ease-out; }
      li + li { border-top: 1px solid var(--line); }
      .name { font-weight: 600; }
      .who { color: var(--muted); }
      .name, .who { display: inline; }
      time { color: var(--muted); font-size: var(--size-s); line-height: 1.75; }
      .properties { grid-column: 1 / -1; color: var(--muted); font-size: var(--size-s); }
      .properties b { font-weight: 400; color: var(--text); }
      .none { padding: var(--space-4) 0; color: var(--muted); }
      @keyframes arrive {
        from { opacity: 0; transform: translateY(-0.4rem); background: var(--water-soft); }
        to { background: transparent; }
      }
      @media (prefers-reduced-motion: reduce) { li { animation: none; } }
    `,
  ];

  constructor() {
    super();
    this.events = [];
    this.now = 0;
    this.zone = "UTC";
    this.keys = new WeakMap();
  }

  render() {
    if (this.events.length === 0) return html`<p class="none">Nothing yet</p>`;
    return html`<ol>${repeat(this.keyed(), (item) => item.key, ({ event }) => this.item(event))}</ol>`;
  }

  /** Equal events need different keys, and the same event the same key while newer ones push it down. */
  keyed() {
    const seen = new Map();
    return this.events.toReversed().map((event) => {
      const plain = `${event.time}|${event.event}|${event.user}|${event.id ?? ""}`;
      const nth = seen.get(plain) ?? 0;
      seen.set(plain, nth + 1);
      return { key: `${plain}|${nth}`, event };
    }).reverse();
  }

  item(event) {
    const at = Date.parse(event.time);
    const name = foreign(event.event);
    const who = event.user === null || event.user === undefined ? "" : foreign(event.user);
    const properties = Object.entries(event.properties ?? {}).slice(0, SHOWN_PROPERTIES);
    return html`<li>
      <span class="cut" title="${name} ${who}"><bdi class="name">${name}</bdi> <bdi class="who">${who}</bdi></span>
      <time datetime=${event.time} title=${clockSeconds(at, this.zone)}>${ago(at, this.now)}</time>
      ${properties.length === 0 ? "" : html`<span class="properties cut">${properties.map(
        ([key, value], i) => html`${i === 0 ? "" : " · "}<bdi>${foreign(key)}</bdi> <b><bdi>${foreign(value)}</bdi></b>`,
      )}</span>`}
    </li>`;
  }
}

customElements.define("rv-event-feed", RvEventFeed);
