import { LitElement, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { compact, percent } from "../lib/format.js";
import { dayClock } from "../lib/time.js";
import { shared } from "../kit/styles.js";
import { builderStyles } from "./builder-styles.js";
import { PREVIEW, amount, conversionOf, span } from "./funnels.js";
import "../kit/states.js";
import "./steps-chart.js";

const CALM_MILLIS = 300;

/**
 * What `definition` gives on recent events, asked again when it has been calm for a moment; an answer
 * that was overtaken is dropped. Null: there is a step to be chosen yet. Fires `wrong` with the API's
 * refusal of the definition, null when it is fine.
 */
export class RvFunnelPreview extends LitElement {
  static properties = { definition: { attribute: false }, answer: { state: true }, error: { state: true }, waiting: { state: true } };

  static styles = [shared, builderStyles];

  constructor() {
    super();
    this.definition = null;
    this.answer = null;
    this.error = null;
    this.waiting = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.calm);
    this.request?.abort();
  }

  willUpdate(changed) {
    if (!changed.has("definition")) return;
    const key = JSON.stringify(this.definition);
    if (key === this.key) return;
    const first = this.key === undefined;
    this.key = key;
    clearTimeout(this.calm);
    this.request?.abort();
    this.waiting = this.definition !== null;
    if (this.definition !== null) this.calm = setTimeout(() => this.load(), first ? 0 : CALM_MILLIS);
  }

  async load() {
    const request = new AbortController();
    this.request = request;
    const { definition } = this;
    try {
      const body = await ask(PREVIEW, {}, { method: "POST", body: JSON.stringify(definition), conditions: { "Content-Type": "application/json" }, signal: request.signal });
      this.answer = { body, definition };
      this.error = null;
      this.waiting = false;
      this.dispatchEvent(new CustomEvent("wrong", { detail: null }));
    } catch (error) {
      if (error.name === "AbortError" || error.refused) return;
      const refused = error.status === 400;
      this.error = refused ? null : error;
      this.waiting = refused;
      if (refused) this.dispatchEvent(new CustomEvent("wrong", { detail: error }));
    }
  }

  render() {
    return html`<section class="preview" aria-labelledby="preview-title"><header><h2 id="preview-title">Preview <span class="muted">on recent events</span></h2>
        ${this.answer === null ? nothing : html`<span class="muted small">${this.range()}</span>`}</header>
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`}
      ${this.answer !== null ? this.result() : this.definition === null ? html`<p class="muted">Choose an event for each step, and see at once how far people get.</p>`
        : this.error === null && this.waiting ? html`<rv-skeleton lines="5" aria-busy="true"></rv-skeleton>` : nothing}</section>`;
  }

  range() {
    const { preview, timezone } = this.answer.body;
    return preview.from === undefined || preview.from === null ? "no events yet" : `${compact(preview.events)} events since ${dayClock(Date.parse(preview.from), timezone)}`;
  }

  result() {
    const { body, definition } = this.answer;
    const conversion = conversionOf(body);
    return html`<div class="shown" ?data-waiting=${this.waiting || this.definition === null}>
      <div role="status"><p class="big">${percent(conversion)}</p>
        <p class="muted">${body.entered === 0 ? "Nobody entered: nobody did the first step lately." : html`of ${amount(body.entered, body.count)} finish${body.convert.medianSeconds === null ? nothing : html`, half of them within ${span(body.convert.medianSeconds)}`}`}</p></div>
      <rv-funnel-steps .steps=${body.steps} .definition=${definition} .counts=${body.count} .order=${body.order}></rv-funnel-steps></div>`;
  }
}

customElements.define("rv-funnel-preview", RvFunnelPreview);
