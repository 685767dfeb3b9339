import { LitElement, css, html, nothing } from "lit";
import { percent } from "../lib/format.js";
import { shared } from "../kit/styles.js";
import { amount, conversionOf } from "./funnels.js";
import { openDraft } from "./draft.js";
import { suggest } from "./suggest.js";
import "../kit/states.js";
import "./steps-chart.js";

/** Before there is a funnel: what one is, shown by one made of the project's own events. Fires `blank`. */
export class RvFunnelTeach extends LitElement {
  static properties = { names: { attribute: false }, found: { state: true }, looking: { state: true } };

  static styles = [
    shared,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-6); }
      h1 { font-size: var(--size-2xl); font-weight: 500; letter-spacing: -0.025em; line-height: 1.15; text-wrap: balance; }
      .lead { color: var(--muted); font-size: var(--size-l); max-width: 36em; margin-top: var(--space-3); }
      .shown { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); padding-top: var(--space-5); border-top: 1px solid var(--line-strong); }
      .shown p { max-width: 48em; }
      .shown b { font-weight: 600; color: var(--water); }
      .buttons { display: flex; flex-wrap: wrap; gap: var(--space-3); }
    `,
  ];

  constructor() {
    super();
    this.found = null;
    this.looking = true;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.request?.abort();
  }

  async firstUpdated() {
    this.request = new AbortController();
    try {
      await suggest(this.names, (found) => (this.found = found), this.request.signal);
    } catch {
      // Then there is no suggestion, only the blank one.
    }
    this.looking = false;
  }

  render() {
    return html`<div><h1>Where do people turn back?</h1>
        <p class="lead">A funnel follows each person through the steps you name, in order and within a time you set, and shows how many get to each and where the others are lost.</p></div>
      ${this.found !== null ? this.suggestion() : this.looking ? html`<rv-skeleton chart aria-busy="true"></rv-skeleton>` : nothing}
      <div class="buttons">${this.found === null ? nothing : html`<button class="button primary" id="try" @click=${() => openDraft(this.found.definition)}>Try this funnel</button>`}
        <button class="button" id="blank" @click=${() => this.dispatchEvent(new CustomEvent("blank"))}>Begin with an empty one</button></div>`;
  }

  suggestion() {
    const { answer, definition } = this.found;
    return html`<div class="shown"><p>Made of your own most frequent events, lately: <b>${percent(conversionOf(answer))}</b> of ${amount(answer.entered, answer.count)} finish.</p>
      <rv-funnel-steps .steps=${answer.steps} .definition=${definition} .counts=${answer.count} .order=${answer.order}></rv-funnel-steps></div>`;
  }
}

customElements.define("rv-funnel-teach", RvFunnelTeach);
