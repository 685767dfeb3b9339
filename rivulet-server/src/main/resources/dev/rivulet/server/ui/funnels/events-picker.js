import { LitElement, css, html } from "lit";
import { count } from "../lib/format.js";
import { shared } from "../kit/styles.js";
import { MOST_EVENTS } from "./draft.js";
import "../kit/picker.js";

const REMOVE = "\u0000remove";

/** One event or several of which any will do: `events`, out of `names`. Fires `events` with the new list. */
export class RvEventsPicker extends LitElement {
  static properties = { events: { attribute: false }, names: { attribute: false }, of: {} };

  static styles = [
    shared,
    css`
      :host { display: contents; }
      span { color: var(--muted); }
      rv-picker { max-width: 100%; font-weight: 500; }
    `,
  ];

  render() {
    const { events } = this;
    if (events.length === 0) return this.one(null, 0);
    return html`${events.map((event, i) => html`${i === 0 ? "" : html`<span>or</span>`} ${this.one(event, i)}`)}
      ${events.length < MOST_EVENTS ? html` ${this.one(null, events.length)}` : ""}`;
  }

  one(event, i) {
    const taken = new Set(this.events);
    const options = this.names.filter(({ event: name }) => name === event || !taken.has(name)).map(({ event: name, total }) => ({ value: name, detail: count(total) }));
    const known = event === null || options.some(({ value }) => value === event) ? options : [{ value: event }, ...options];
    const removable = event !== null && this.events.length > 1 ? [{ value: REMOVE, label: "Remove this one" }] : [];
    return html`<rv-picker id="event-${i}" ?quiet=${event === null && i > 0} label="${this.of}, event ${i + 1}" search="Find an event" placeholder=${i === 0 ? "choose an event" : "or…"}
      none="No event seen yet" .value=${event} .options=${[...removable, ...known]} @pick=${({ detail }) => this.pick(i, detail)}></rv-picker>`;
  }

  pick(i, value) {
    const events = value === REMOVE ? this.events.toSpliced(i, 1) : this.events.toSpliced(i, 1, value);
    this.dispatchEvent(new CustomEvent("events", { detail: events }));
  }
}

customElements.define("rv-events-picker", RvEventsPicker);
