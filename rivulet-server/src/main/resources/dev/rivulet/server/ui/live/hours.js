import { LitElement, css, html } from "lit";
import { clock } from "../lib/time.js";
import { shared } from "../kit/styles.js";
import "../kit/chart.js";

const HOUR = 3_600;

/** Today by hour over the same day last week: slim bars before wide ones. */
export class RvHours extends LitElement {
  static properties = {
    hours: { attribute: false },
    from: { attribute: false },
    lastWeekFrom: { attribute: false },
    zone: {},
  };

  static styles = [
    shared,
    css`
      :host { display: block; }
      rv-chart { height: clamp(12rem, 18vw, 20rem); min-height: 12rem; }
      .key { display: flex; gap: var(--space-4); justify-content: flex-end; font-size: var(--size-s); color: var(--muted); }
      .key span::before { content: ""; display: inline-block; width: 0.9rem; height: 0.6rem; margin-right: 0.4rem; border-radius: 2px; background: var(--water); }
      .key .before::before { background: color-mix(in srgb, var(--sand) 30%, transparent); }
    `,
  ];

  render() {
    const start = Date.parse(this.from) / 1000;
    const today = this.hours?.today ?? [];
    const before = this.hours?.lastWeek ?? [];
    const placed = place(today, start);
    const placedBefore = place(before, Date.parse(this.lastWeekFrom) / 1000);
    const length = Math.max(24, placed.length, placedBefore.length); // 25 where clocks go back.
    const times = Array.from({ length }, (_, i) => start + i * HOUR);
    const values = (rows) => times.map((_, i) => rows[i]?.count ?? null);
    const series = [{ label: "today", values: values(placed), token: "--water", style: "bars", slim: before.length > 0 }];
    if (before.length > 0) {
      series.unshift({ label: "last week", values: values(placedBefore), token: "--sand", style: "bars", soft: true, whole: true });
    }
    return html`
      <div class="key"><span>today</span>${before.length > 0 ? html`<span class="before">last week</span>` : ""}</div>
      <rv-chart .times=${times} .series=${series} .stepSeconds=${HOUR} .zone=${this.zone}
        .end=${start + length * HOUR}
        .partial=${placed.findLastIndex((row) => row?.partial === true)}
        .tick=${(seconds) => clock(seconds * 1000, this.zone)}
        .name=${(i) => `${clock(times[i] * 1000, this.zone)} to ${clock((times[i] + HOUR) * 1000, this.zone)}`}
        label="Events by hour, today and last week"></rv-chart>
    `;
  }
}

/** Rows by their hour of the day, whichever of them are there. */
function place(rows, start) {
  const placed = [];
  for (const row of rows) placed[Math.round((Date.parse(row.time) / 1000 - start) / HOUR)] = row;
  return placed;
}

customElements.define("rv-hours", RvHours);
