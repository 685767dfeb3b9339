import { LitElement, html, nothing } from "lit";
import { setParams } from "../lib/router.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { inFull, periodName } from "./names.js";
import { retentionStyles } from "./retention-styles.js";
import "../kit/chart.js";
import "../kit/heat-map.js";
import "../kit/tile.js";

const days = (number) => `${number} day${number === 1 ? "" : "s"}`;

/** On how many days of a period people were active: one period as bars, all of them as a heat map. */
export class RvStickinessView extends LitElement {
  static properties = { body: { attribute: false }, asked: { attribute: false }, interval: { attribute: false }, zone: {}, source: { attribute: false } };

  static styles = [shared, pageStyles, retentionStyles];

  /** From the project's first event on. */
  get intervals() {
    return this.body.intervals.slice(this.body.intervals.findIndex(({ people }) => people !== null));
  }

  /** The chosen interval, else the newest finished one. */
  get chosen() {
    const { intervals } = this;
    return intervals.find(({ start }) => start === this.interval) ?? intervals.findLast(({ partial }) => !partial) ?? intervals.at(-1);
  }

  render() {
    const { value: period } = this.asked.period;
    const { chosen, zone } = this;
    const most = Math.max(...this.intervals.map((one) => one.days.length));
    const numbers = Array.from({ length: most }, (_, i) => i + 1);
    const title = inFull(chosen.start, period, zone) + (chosen.partial ? ", so far" : "");
    return html`
      <div class="figures"><rv-tile id="active" accent .value=${chosen.people} label="people active, ${title}"></rv-tile>
        <rv-tile id="often" .value=${chosen.people - chosen.days[0]} label="of them on more than one day"></rv-tile></div>
      <rv-chart id="days" ordinal .times=${numbers} .series=${[{ label: "people", token: "--water", style: "bars", values: numbers.map((_, i) => chosen.days[i] ?? null) }]}
        .stepSeconds=${1} .tick=${(number) => (Number.isInteger(number) && number >= 1 ? days(number) : "")}
        .name=${(i) => `active on ${days(i + 1)}${chosen.partial ? ", so far" : ""}`} label="People by number of active days, ${title}"></rv-chart>
      <h2>Each ${period} <span class="muted">share of its active people by number of active days; choose a ${period} to see its bars</span></h2>
      <rv-heat-map id="intervals" pickable .rows=${this.rows(period, most)} .columns=${numbers.map((number) => (number === 1 ? "1 day" : String(number)))}
        corner=${period === "week" ? "week of" : period} unit="people" label="Active days by ${period}" .picked=${chosen.start}
        .tell=${(row, i) => `${row.title}, on ${days(i + 1)}`} note="not finished yet"
        @pick=${({ detail }) => setParams({ interval: detail }, { replace: true })}></rv-heat-map>
      ${this.source ?? nothing}`;
  }

  rows(period, most) {
    return this.intervals.map((one) => ({
      key: one.start,
      label: periodName(one.start, period, this.zone) + (one.partial ? ", so far" : ""),
      title: inFull(one.start, period, this.zone),
      size: one.people,
      partial: one.partial,
      cells: Array.from({ length: most }, (_, i) => (one.days[i] === undefined ? null
        : { share: one.people === 0 ? null : one.days[i] / one.people, count: one.days[i], of: one.people, partial: one.partial })),
    }));
  }
}

customElements.define("rv-stickiness-view", RvStickinessView);
