import { LitElement, html, nothing } from "lit";
import { count } from "../lib/format.js";
import { setRange } from "../lib/question.js";
import { setParams } from "../lib/router.js";
import { sentenceStyles } from "../kit/sentence-styles.js";
import { shared } from "../kit/styles.js";
import { MODES, TYPES, periodsOf, setPeriod, setWhere } from "./question.js";
import "../kit/conditions.js";
import "../kit/picker.js";
import "../kit/range-picker.js";

const ANY = { value: null, label: "any event" };

/** The question of each view, as a sentence whose underlined words are choices; they go to the address. */
export class RvRetentionSentence extends LitElement {
  static properties = {
    asked: { attribute: false },
    names: { attribute: false },
    properties: { attribute: false },
    zone: {},
    now: { attribute: false },
  };

  static styles = [shared, sentenceStyles];

  render() {
    return html`<div class="sentence" role="group" aria-label="The question">${{
      cohorts: () => this.cohorts(), stickiness: () => this.stickiness(), lifecycle: () => this.lifecycle(),
    }[this.asked.view]()}</div>`;
  }

  cohorts() {
    const { first, back, type, mode, by } = this.asked;
    const properties = [{ value: null, label: "nothing" }, ...this.propertiesOf(first).map((one) => ({ value: one.property, detail: count(one.count) }))];
    return html`<span>people who did</span> ${this.event("first", "First event", first, "firstWhere", { by: null, group: null })}
      ${this.choice("type", "Which time", type, TYPES)} <span>and came back to do</span> ${this.event("return", "Return event", back, "returnWhere")}
      ${this.choice("mode", "When", mode, MODES)} <span>each later</span> ${this.period()} ${this.range()}
      ${first === null ? nothing : html`<span>split by</span> <rv-picker id="by" label="Breakdown" search="Find a property" .value=${by}
        .options=${properties} none="No property seen yet" @pick=${({ detail }) => setParams({ by: detail, group: null })}></rv-picker>`}`;
  }

  stickiness() {
    return html`<span>on how many days of a</span> ${this.period()} <span>people did</span>
      ${this.event("event", "Event", this.asked.event, "where")} ${this.range()}`;
  }

  lifecycle() {
    return html`<span>who did</span> ${this.event("event", "Event", this.asked.event, "where")} <span>each</span> ${this.period()} ${this.range()}`;
  }

  propertiesOf(event) {
    return this.properties.get(event) ?? [];
  }

  /** An event with the conditions on it, which another event need not have. */
  event(parameter, label, value, where, also = {}) {
    const options = [ANY, ...this.names.map((one) => ({ value: one.event, detail: count(one.total) }))];
    return html`<rv-picker id=${parameter} label=${label} search="Find an event" .value=${value} .options=${options}
      @pick=${({ detail }) => setParams({ [parameter]: detail, [where]: null, ...also })}></rv-picker>
      <rv-conditions id=${where} of=${label.toLowerCase()} .where=${this.asked[where]} .properties=${this.propertiesOf(value)}
        @where=${({ detail }) => setWhere(where, detail)}></rv-conditions>`;
  }

  choice(parameter, label, value, options) {
    return html`<rv-picker id=${parameter} label=${label} .value=${value} .options=${options}
      @pick=${({ detail }) => setParams({ [parameter]: detail === options[0].value ? null : detail })}></rv-picker>`;
  }

  period() {
    const { view, period } = this.asked;
    return html`<rv-picker id="period" label="Period" .value=${period.value} .options=${periodsOf(view).map(({ value }) => ({ value }))}
      @pick=${({ detail }) => setPeriod(detail)}></rv-picker>`;
  }

  range() {
    const { range, period } = this.asked;
    return html`<span>${range.last ? "over the" : "from"}</span> <rv-range-picker id="range" .range=${range} .ranges=${period.ranges}
      .zone=${this.zone} .now=${this.now} @range=${({ detail }) => setRange(detail)}></rv-range-picker>`;
  }
}

customElements.define("rv-retention-sentence", RvRetentionSentence);
