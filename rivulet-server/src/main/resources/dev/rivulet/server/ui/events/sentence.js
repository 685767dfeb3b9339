import { LitElement, html } from "lit";
import { count } from "../lib/format.js";
import { setRange } from "../lib/question.js";
import { setParams } from "../lib/router.js";
import { readersZone } from "../lib/time.js";
import { sentenceStyles } from "../kit/sentence-styles.js";
import { shared } from "../kit/styles.js";
import "../kit/picker.js";
import "../kit/range-picker.js";

/** The question, as a sentence whose underlined words are choices; a choice goes to the address. */
export class RvSentence extends LitElement {
  static properties = {
    asked: { attribute: false },
    names: { attribute: false },
    properties: { attribute: false },
    projectZone: { attribute: false },
    now: { attribute: false },
  };

  static styles = [shared, sentenceStyles];

  render() {
    const { event, range, step, steps, by, zone } = this.asked;
    const names = this.names.map((one) => ({ value: one.event, detail: count(one.total) }));
    const properties = [{ value: null, label: "nothing" },
      ...this.properties.map((one) => ({ value: one.property, detail: count(one.count) }))];
    const zones = [...new Set([this.projectZone, readersZone(), "UTC", zone])].map((value) => ({ value,
      detail: value === this.projectZone ? "project" : value === readersZone() ? "yours" : "" }));
    return html`<div class="sentence" role="group" aria-label="What the chart shows">
      <rv-picker id="event" label="Event" search="Find an event" .value=${event} .options=${names}
        @pick=${({ detail }) => setParams({ event: detail, by: null, top: null })}></rv-picker>
      <span>${range.last ? "over the" : "from"}</span>
      <rv-range-picker id="range" .range=${range} .zone=${zone} .now=${this.now} @range=${({ detail }) => setRange(detail)}></rv-range-picker>
      <span>by</span>
      <rv-picker id="step" label="Step" .value=${step} .options=${steps.map(({ value, label }) => ({ value, label }))}
        @pick=${({ detail }) => setParams({ step: detail })}></rv-picker>
      <span>in</span>
      <rv-picker id="zone" label="Time zone" .value=${zone} .options=${zones}
        @pick=${({ detail }) => setParams({ tz: detail === this.projectZone ? null : detail })}></rv-picker>
      <span>split by</span>
      <rv-picker id="by" label="Breakdown" search="Find a property" .value=${by} .options=${properties}
        none="No property seen yet" @pick=${({ detail }) => setParams({ by: detail })}></rv-picker>
    </div>`;
  }
}

customElements.define("rv-sentence", RvSentence);
