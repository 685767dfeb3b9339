import { LitElement, html, nothing } from "lit";
import { count, foreign, percent } from "../lib/format.js";
import { setParams } from "../lib/router.js";
import { dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { nameOf } from "../events/groups.js";
import { cohortRows, curveOf, groupRows, inPercent, periodsShown, sinceFirst } from "./cohorts.js";
import { later } from "./names.js";
import { retentionStyles } from "./retention-styles.js";
import "../kit/chart.js";
import "../kit/heat-map.js";
import "../kit/tile.js";

/** How many of each cohort came back: the curve, and the heat map of the cohorts or of one group's. */
export class RvCohortsView extends LitElement {
  static properties = { body: { attribute: false }, asked: { attribute: false }, group: { attribute: false }, zone: {}, source: { attribute: false } };

  static styles = [shared, pageStyles, retentionStyles];

  get answer() {
    return sinceFirst(this.body);
  }

  render() {
    const { answer, asked } = this;
    const { type, period: { value: period } } = asked;
    const groups = answer.groups ? groupRows(answer) : null;
    const people = answer.cohorts.reduce((sum, { size }) => sum + size, 0);
    return html`
      ${this.figures(people)}
      ${this.incomplete()}
      ${answer.mean.filter((share) => share !== null).length < 2 ? nothing : this.curve(period, groups)}
      ${groups === null ? nothing : html`<h2>By ${foreign(asked.by)} <span class="muted">weighted means; choose a group to see its cohorts${type === "first" ? "" : "; sizes count a person once per cohort"}</span></h2>
        <rv-heat-map id="groups" pickable .rows=${groups.map((row) => ({ ...row, label: foreign(row.label) }))} .columns=${this.columns(period, groups[0]?.cells.length)} corner=${foreign(asked.by)}
          unit="people" label="Weighted mean retention by ${foreign(asked.by)}" .picked=${this.group} .tell=${(row, i) => `${row.label}, ${later(i + 1, period, asked.mode)}`}
          @pick=${({ detail }) => setParams({ group: detail === this.group ? null : detail }, { replace: true })}></rv-heat-map>`}
      ${this.cohorts(period)}
      ${this.source}
    `;
  }

  figures(people) {
    const { answer: { mean }, asked: { type, mode, period: { value: period, mark } } } = this;
    const back = (number) => `came back ${later(number, period, mode)}, weighted mean`;
    return html`<div class="figures">
      <rv-tile id="back-first" accent .value=${mean[0] ?? null} .format=${percent} label=${back(1)}></rv-tile>
      ${(mean[mark - 1] ?? null) === null ? nothing : html`<rv-tile id="back-mark" .value=${mean[mark - 1]} .format=${percent} label=${back(mark)}></rv-tile>`}
      <rv-tile id="sizes" .value=${people} label=${type === "first" ? "people in the cohorts" : "in the cohorts, each person once per cohort"}></rv-tile>
    </div>`;
  }

  incomplete() {
    const { completeFrom, from } = this.answer;
    if (!completeFrom) return nothing;
    const first = this.asked.type === "first" ? " Somebody's first time after it may not have been their first." : "";
    const small = Date.parse(completeFrom) > Date.parse(from) ? " Cohorts before it may be too small." : "";
    return first + small === "" ? nothing : html`<p class="incomplete" role="note">Everything is known from ${dayClock(Date.parse(completeFrom), this.zone)}.${small}${first}</p>`;
  }

  columns(period, length = periodsShown(this.answer)) {
    return Array.from({ length }, (_, i) => (i === 0 ? `${period} 1` : String(i + 1)));
  }

  curve(period, groups) {
    const series = curveOf(this.answer, { period, zone: this.zone, groups });
    const { mode } = this.asked;
    return html`<rv-chart id="curve" ordinal .times=${series[0].values.map((_, i) => i + 1)} .series=${series} .stepSeconds=${1}
      .tick=${(number) => (Number.isInteger(number) ? `${period} ${number}` : "")} .name=${(i) => later(i + 1, period, mode)}
      .format=${inPercent} .axis=${(value) => `${count(value)} %`} label="Share that came back, by ${period}"></rv-chart>`;
  }

  cohorts(period) {
    const { asked, zone } = this;
    const chosen = this.answer.groups?.find(({ group }) => nameOf(group) === this.group);
    const rows = cohortRows(chosen ?? this.answer, { period, zone });
    const all = `Cohorts${chosen ? " of " : ""}`;
    return html`<h2>${all}${chosen ? html`<bdi>${foreign(this.group)}</bdi>` : nothing} <span class="muted">of those who came, the share that came back ${asked.mode === "on" ? "in" : "in or after"} the ${period}</span></h2>
      <rv-heat-map id="cohorts" .rows=${rows} .columns=${this.columns(period)} corner=${period === "week" ? "week of" : period} unit="people"
        label="Retention by ${period}" .tell=${(row, i) => (row.title ? `${row.title}, ${later(i + 1, period, asked.mode)}` : `All cohorts, ${later(i + 1, period, asked.mode)}`)}></rv-heat-map>`;
  }
}

customElements.define("rv-cohorts-view", RvCohortsView);
