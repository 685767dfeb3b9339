import { LitElement, css, html } from "lit";
import { count, percent } from "../lib/format.js";
import { setParams } from "../lib/router.js";
import { STEPS, bucketName } from "../lib/time.js";
import { partialIndex } from "../kit/chart-data.js";
import { shared } from "../kit/styles.js";
import { funnelStyles } from "./funnel-styles.js";
import { secondsOf, unitOf, windowWords } from "./funnels.js";
import "../kit/chart.js";
import "../kit/picker.js";

const SHOWN = [{ value: "conversion", label: "conversion" }, { value: "entered", label: "how many entered" }];
const STEP_OPTIONS = [{ value: "1h", label: "hour" }, { value: "1d", label: "day" }, { value: "1w", label: "week" }];

/** Conversion by when people entered. Who entered a moment ago may still convert: the chart says so. */
export class RvFunnelTrend extends LitElement {
  static properties = { series: { attribute: false }, step: {}, steps: { attribute: false }, shown: {}, zone: {}, counts: {}, window: {}, now: { attribute: false } };

  static styles = [
    shared,
    funnelStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: var(--space-3); }
      rv-chart { height: calc(var(--plot-height, 14rem) + 4.3rem); }
      h2 { gap: 0 0.4rem; }
    `,
  ];

  render() {
    const { series, zone, step } = this;
    const millis = STEPS.find(({ value }) => value === step).millis;
    const conversion = this.shown !== "entered";
    const values = series.map(({ entered, converted }) => (entered === null ? null : conversion ? (entered === 0 ? null : (converted / entered) * 100) : entered));
    const lines = conversion ? [{ label: "converted", token: "--water", style: "area", values }]
      : [{ label: "entered", token: "--series-5", style: "bars", values }, { label: "converted", token: "--water", style: "bars", whole: true, slim: true, values: series.map(({ converted }) => converted) }];
    const options = STEP_OPTIONS.filter(({ value }) => this.steps.includes(value));
    return html`
      <h2>Trend of <rv-picker id="shown" label="Trend of" .value=${conversion ? "conversion" : "entered"} .options=${SHOWN}
        @pick=${({ detail }) => setParams({ trend: detail === "conversion" ? null : detail }, { replace: true })}></rv-picker>
        <span class="muted">by</span> <rv-picker id="step" label="Step" .value=${step} .options=${options}
        @pick=${({ detail }) => setParams({ step: detail }, { replace: true })}></rv-picker> <span class="muted">of entry</span></h2>
      <rv-chart .times=${series.map(({ time }) => Date.parse(time) / 1000)} .series=${lines} .stepSeconds=${millis / 1000} .partial=${partialIndex(series)}
        .zone=${zone} .name=${(i) => this.title(i)} .format=${conversion ? inPercent : count} .axis=${conversion ? (value) => `${count(value)} %` : count}
        label="${conversion ? "Conversion" : "Entered"} by ${STEPS.find(({ value }) => value === step).label} of entry"></rv-chart>
      ${this.open(millis)}`;
  }

  title(i) {
    const { time, entered, converted } = this.series[i];
    const name = bucketName(Date.parse(time), this.step, this.zone);
    return entered === null ? name : `${name}: ${count(converted)} of ${count(entered)} ${unitOf(this.counts, entered)}`;
  }

  /** The newest buckets whose people still have time to convert. */
  open(millis) {
    const window = secondsOf(this.window) * 1_000;
    const young = this.series.filter(({ time }) => Date.parse(time) + millis + window > this.now).length;
    if (young === 0) return html``;
    const which = young === this.series.length ? "Everybody here" : `Who entered in the newest ${young === 1 ? "one" : count(young)}`;
    return html`<p class="muted small">${which} may still convert: the window is ${windowWords(this.window)}.</p>`;
  }
}

const inPercent = (value) => percent(value / 100);

customElements.define("rv-funnel-trend", RvFunnelTrend);
