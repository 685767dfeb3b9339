import { html, nothing } from "lit";
import { foreign, percent } from "../lib/format.js";
import { isOfOneBoard } from "../lib/session.js";
import { style } from "../kit/style.js";
import { percentileToken } from "../kit/percentile-bands.js";
import { later } from "../retention/names.js";
import { bandsOf, barsOf, cohortsOf, linesOf, tableOf } from "./drawing.js";
import { pointsOf } from "./loading.js";
import { partialIndex } from "../kit/chart-data.js";
import "../kit/bar-list.js";
import "../kit/chart.js";
import "../kit/heat-map.js";
import "../kit/latency-heat-map.js";
import "../kit/number.js";
import "../kit/percentile-bands.js";
import "../kit/table.js";
import "../kit/sparkline.js";

const LEVEL_WORDS = { good: "good", warn: "watch", bad: "bad" };

const cannot = (what) => html`<p class="cannot">${what}</p>`;

/** What a tile shows of what it got. */
export function bodyOf(tile, shown, { sort, onSort }) {
  switch (tile.kind) {
    case "number": return number(tile, shown);
    case "line": return line(tile, shown);
    case "bars": return bars(tile, shown);
    case "percentiles": return percentiles(tile, shown);
    case "heatmap": return heatmap(tile, shown);
    default: return table(tile, shown, sort, onSort);
  }
}

/** The level of the last threshold that the value has reached, or null. */
export function levelOf(value, thresholds = []) {
  return value === null ? null : thresholds.findLast(({ from }) => value >= from)?.level ?? null;
}

function number(tile, shown) {
  const { reading } = shown.call;
  const value = reading.of(shown.answer);
  const level = levelOf(value, tile.options?.thresholds);
  const points = reading.point ? pointsOf(shown) : null;
  const values = points?.map(reading.point);
  const alone = points === null && shown.before === undefined;
  return html`<div class="number ${alone ? "alone" : ""}" data-level=${level ?? "none"}>
    <p class="value" ${style({ "--chars": String(Math.max(4, reading.format(value).length + (level === null ? 0 : 4))) })}><rv-number .value=${value} .format=${reading.format}></rv-number>${level === null ? nothing : html`<span class="level">${LEVEL_WORDS[level]}</span>`}</p>
    <p class="unit">${value === null ? html`no data${reading.unit ? ` (${foreign(reading.unit)})` : ""}` : foreign(reading.unit || " ")}</p>
    ${value === null && shown.answer.explanation ? html`<p class="trend">${foreign(shown.answer.explanation)}</p>` : trend(shown, value)}
    ${values?.filter((one) => one !== null).length > 2 ? html`<rv-sparkline .values=${values} .partial=${partialIndex(points)}></rv-sparkline>` : nothing}
  </div>`;
}

/** The distance to the period before; in points where the number is a share. */
function trend({ call: { reading }, before }, value) {
  if (before === undefined) return nothing;
  const earlier = reading.of(before);
  if (earlier === null || value === null) return html`<p class="trend">nothing before to compare with</p>`;
  const isShare = reading.format === percent;
  const change = isShare ? value - earlier : earlier === 0 ? null : value / earlier - 1;
  const way = change === null || Math.abs(change) < 0.0005 ? "same" : change > 0 ? "more" : "less";
  const good = way === "same" || reading.better === "neither" ? "" : (way === "more") === (reading.better === "higher") ? "good" : "bad";
  const amount = change === null ? "" : isShare ? `${Math.abs(change * 100).toFixed(1)} points` : percent(Math.abs(change));
  return html`<p class="trend"><b class=${good}><span aria-hidden="true">${{ same: "=", more: "↑", less: "↓" }[way]}</span><span class="out-of-sight">${way}</span> ${amount}</b>
    <span>before: ${reading.format(earlier)}</span></p>`;
}

const NO_SERIES = "This call gives nothing over time. Choose another kind of tile.";

function line(tile, shown, look = "line") {
  const chart = linesOf(shown, { style: look });
  if (chart === null) return cannot(NO_SERIES);
  const { reading } = shown.call;
  return html`<rv-chart .times=${chart.times} .series=${chart.series} ?stacked=${chart.stacked ?? false} .partial=${chart.partial} .stepSeconds=${chart.stepSeconds}
      .end=${chart.end} .zone=${chart.zone} .name=${chart.name} .format=${reading.format} .axis=${reading.axis} label=${tile.title}></rv-chart>
    ${chart.series.length > 1 ? legend(chart.series) : nothing}`;
}

const legend = (series) => html`<ul class="legend">${series.map(({ label, token }) => html`<li><i ${style({ background: `var(${token})` })}></i><bdi>${foreign(label)}</bdi></li>`)}</ul>`;

function bars(tile, shown) {
  const rows = tile.options?.style === "columns" ? null : barsOf(shown);
  if (rows === null) return line(tile, shown, "bars");
  const { answer, call: { route } } = shown;
  const total = route.totalOf?.(answer) ?? answer.total;
  return html`<div class="scroll"><rv-bar-list .rows=${rows} .total=${typeof total === "number" && total > 0 ? total : undefined} none="Nothing in this range"></rv-bar-list></div>`;
}

function percentiles(tile, shown) {
  const chart = bandsOf(shown);
  if (chart === null) return cannot("No percentiles in this range.");
  const { reading } = shown.call;
  return html`<rv-percentile-bands .times=${chart.times} .percentiles=${chart.percentiles} .partial=${chart.partial} .stepSeconds=${chart.stepSeconds}
      .end=${chart.end} .zone=${chart.zone} .name=${chart.name} .format=${reading.format} .axis=${reading.axis} label=${tile.title}></rv-percentile-bands>
    ${legend(chart.percentiles.map(({ label }, i) => ({ label, token: percentileToken(i) })).toReversed())}`;
}

function heatmap(tile, shown) {
  const { answer, call: { route } } = shown;
  if (route.cohorts) {
    const { rows, columns, period } = cohortsOf(shown);
    return html`<div class="scroll"><rv-heat-map .rows=${rows} .columns=${columns} corner=${period === "week" ? "week of" : period} unit="people" label=${tile.title}
      .tell=${(row, i) => `${row.title ?? row.label}, ${later(i + 1, period, answer.mode)}`}></rv-heat-map></div>`;
  }
  if (!route.latency) return cannot("A heat map shows retention or latencies. Choose another kind of tile.");
  if (!answer.counts?.some((cells) => cells?.some((many) => many > 0))) return cannot("No request in this range.");
  const stepMillis = answer.times.length > 1 ? Date.parse(answer.times[1]) - Date.parse(answer.times[0]) : 60_000;
  return html`<rv-latency-heat-map .times=${answer.times} .bounds=${edges(answer)} .counts=${answer.counts} .stepMillis=${stepMillis} zone=${answer.timezone ?? "UTC"}
    .partial=${answer.partial ? answer.times.length - 1 : -1} label=${tile.title}></rv-latency-heat-map>`;
}

/** One more edge than rows: where only upper bounds are told, the lowest row begins at 0. */
function edges({ bounds, counts }) {
  const rows = counts.find((cells) => cells !== null)?.length ?? 0;
  return bounds.length === rows ? [0, ...bounds] : bounds;
}

function table(tile, shown, sort, onSort) {
  const found = tableOf(shown);
  if (found === null && isOfOneBoard() && shown.call.route.withheld) return cannot(shown.call.route.withheld);
  if (found === null) return cannot("This call gives no rows. Choose another kind of tile.");
  if (found.rows.length === 0) return cannot("No rows in this range.");
  return html`<div class="scroll"><rv-table .columns=${found.columns} .rows=${found.rows} .sort=${sort} label=${tile.title} @sort=${({ detail }) => onSort(detail)}></rv-table></div>`;
}
