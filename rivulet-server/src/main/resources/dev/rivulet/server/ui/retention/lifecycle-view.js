import { LitElement, html } from "lit";
import { compact, count } from "../lib/format.js";
import { setParams } from "../lib/router.js";
import { dayOfMonth, monthShort } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { partialIndex } from "../kit/chart-data.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { inFull, periodName } from "./names.js";
import { retentionStyles } from "./retention-styles.js";
import "../kit/chart.js";
import "../kit/table.js";
import "../kit/tile.js";

const KINDS = [
  { id: "new", token: "--series-1", means: "never before" },
  { id: "returning", token: "--series-5", means: (period) => `also the ${period} before` },
  { id: "resurrecting", token: "--series-2", means: (period) => `not the ${period} before, but earlier` },
  { id: "dormant", token: "--series-4", means: (period) => `only the ${period} before` },
];

/** Who is new, who stays, who comes back and who leaves, period by period. */
export class RvLifecycleView extends LitElement {
  static properties = { body: { attribute: false }, asked: { attribute: false }, sort: {}, zone: {}, source: { attribute: false } };

  static styles = [shared, pageStyles, retentionStyles];

  render() {
    const series = this.body.series.slice(this.body.series.findIndex((row) => row.new !== null)); // From the project's first event on.
    const { value: period } = this.asked.period;
    const name = (row) => inFull(row.time, period, this.zone) + (row.partial ? ", so far" : "");
    const whole = series.findLast(({ partial }) => !partial) ?? series.at(-1);
    const lines = KINDS.map(({ id, token }) => ({ label: id, token, style: "bars",
      values: series.map((row) => (row[id] === null || row[id] === undefined ? null : id === "dormant" ? -row[id] : row[id])) }));
    const columns = [
      { id: "time", label: period, text: (row) => periodName(row.time, period, this.zone) + (row.partial ? ", so far" : ""), key: (row) => row.time },
      ...KINDS.map(({ id }) => ({ id, label: id, numeric: true, text: (row) => count(row[id]), key: (row) => row[id] })),
    ];
    return html`
      <h2>${name(whole)} <span class="muted">${whole.partial ? "" : "the newest finished one"}</span></h2>
      <div class="figures">${KINDS.map(({ id, token, means }) => html`<div><rv-tile id=${id} .value=${whole[id]} label=${id}></rv-tile>
        <p class="kind"><i ${style({ background: `var(${token})` })}></i>${typeof means === "string" ? means : means(period)}</p></div>`)}</div>
      <rv-chart id="lifecycle" ordinal stacked .times=${series.map((_, i) => i)} .series=${lines} .stepSeconds=${1} .partial=${partialIndex(series)}
        .tick=${(index) => (series[index] ? axisName(Date.parse(series[index].time), period, this.zone) : "")} .name=${(i) => inFull(series[i].time, period, this.zone)}
        .format=${(value) => count(Math.abs(value))} .axis=${(value) => compact(Math.abs(value))} label="Lifecycle by ${period}"></rv-chart>
      <rv-table id="table" label="Lifecycle by ${period}" .columns=${columns} .rows=${series} .sort=${columns.some(({ id }) => id === this.sort?.replace(/^-/, "")) ? this.sort : "-time"}
        @sort=${({ detail }) => setParams({ sort: detail }, { replace: true })}></rv-table>
      ${this.source}`;
  }
}

const axisName = (at, period, zone) => (period === "month" ? monthShort(at, zone) : dayOfMonth(at, zone));

customElements.define("rv-lifecycle-view", RvLifecycleView);
