import { LitElement, css, html, nothing } from "lit";
import { ask } from "../lib/api.js";
import { count, foreign } from "../lib/format.js";
import { setRange } from "../lib/question.js";
import { setParams } from "../lib/router.js";
import { readersZone } from "../lib/time.js";
import { icon } from "../kit/icon.js";
import { sentenceStyles } from "../kit/sentence-styles.js";
import { shared } from "../kit/styles.js";
import { BANDS, STATS, groupName, metricPath, usualOf } from "./metrics.js";
import { callParams, setBy, setTag, tagOf } from "./question.js";
import "../kit/picker.js";
import "../kit/range-picker.js";

const MOST_VALUES = 100;

/** The question about a metric as a sentence, and the tags it is narrowed to. Choices go to the address. */
export class RvMetricSentence extends LitElement {
  static properties = {
    asked: { attribute: false },
    info: { attribute: false },
    projectZone: { attribute: false },
    now: { attribute: false },
    adding: { state: true },
  };

  static styles = [
    shared,
    sentenceStyles,
    css`
      :host { display: grid; gap: var(--space-3); }
      .tags { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); min-height: 2rem; }
      .chip { display: inline-flex; align-items: center; gap: var(--space-2); max-width: 100%; height: 2rem; padding: 0 0.35rem 0 var(--space-3); border-radius: 1rem; background: var(--water-soft); }
      .chip b { font-weight: 600; }
      .chip button { display: grid; place-items: center; width: 1.4rem; height: 1.4rem; border-radius: 50%; color: var(--muted); }
      .chip button:hover { background: var(--hover); color: var(--text); }
      .chip button svg { width: 0.75rem; height: 0.75rem; }
      .new { display: inline-flex; align-items: baseline; gap: 0.4em; }
    `,
  ];

  constructor() {
    super();
    this.adding = null;
  }

  render() {
    const { range, step, steps, stat, by, zone } = this.asked;
    const tags = Object.entries(this.info.tags ?? {});
    const percentiles = { value: BANDS, label: "percentiles", detail: "p50, p90, p99" };
    const usual = usualOf(this.info.kind).stat;
    const stats = [percentiles, ...STATS].map((one) => (one.value === usual ? { ...one, detail: "usual" } : one));
    const parts = [{ value: null, label: "nothing" }, ...tags.map(([value, distinct]) => ({ value, detail: count(distinct) })),
      ...(this.info.nodes?.length > 0 ? [{ value: "node", detail: count(this.info.nodes.length) }] : [])];
    const zones = [...new Set([this.projectZone, readersZone(), "UTC", zone])].map((value) => ({ value,
      detail: value === this.projectZone ? "project" : value === readersZone() ? "yours" : "" }));
    return html`<div class="sentence" role="group" aria-label="What the chart shows">
      <rv-picker id="stat" label="Stat" .value=${stat} .options=${stats} @pick=${({ detail }) => setParams({ stat: detail === usual ? null : detail })}></rv-picker>
      <span>${range.last ? "over the" : "from"}</span>
      <rv-range-picker id="range" .range=${range} .zone=${zone} .now=${this.now} @range=${({ detail }) => setRange(detail)}></rv-range-picker>
      <span>by</span>
      <rv-picker id="step" label="Step" .value=${step} .options=${steps.map(({ value, label }) => ({ value, label }))}
        @pick=${({ detail }) => setParams({ step: detail })}></rv-picker>
      <span>in</span>
      <rv-picker id="zone" label="Time zone" .value=${zone} .options=${zones}
        @pick=${({ detail }) => setParams({ tz: detail === this.projectZone ? null : detail })}></rv-picker>
      <span>split by</span>
      <rv-picker id="by" label="Breakdown" .value=${by} .options=${parts} none="It has no tags and no nodes" @pick=${({ detail }) => setBy(detail)}></rv-picker>
    </div>
    ${tags.length === 0 && Object.keys(this.asked.tags).length === 0 ? nothing : this.tags(tags)}`;
  }

  tags(known) {
    const chosen = Object.entries(this.asked.tags);
    const free = known.filter(([tag]) => !(`tag.${tag}` in this.asked.tags)).map(([value, distinct]) => ({ value, detail: count(distinct) }));
    return html`<div class="tags" role="group" aria-label="Only samples with">
      ${chosen.map(([parameter, value]) => html`<span class="chip"><span class="cut"><bdi>${foreign(tagOf(parameter))}</bdi> is <b><bdi>${foreign(groupName(value))}</bdi></b></span>
        <button aria-label="Remove the condition on ${foreign(tagOf(parameter))}" title="Remove" @click=${() => setTag(tagOf(parameter), null)}>${icon("close")}</button></span>`)}
      ${this.adding === null ? nothing : html`<span class="new">where <bdi>${foreign(this.adding.tag)}</bdi> is
        <rv-picker id="value" label="Value" search="Find a value" placeholder=${this.adding.values === null ? "loading…" : "choose a value"}
          .none=${this.adding.failed ? "The values could not be loaded" : "No value in this range"} .options=${this.adding.values ?? []} @pick=${({ detail }) => this.take(detail)}></rv-picker></span>`}
      ${free.length === 0 ? nothing : html`<rv-picker quiet id="where" label="Condition" placeholder=${chosen.length === 0 ? "only where…" : "and where…"} .options=${free}
        @pick=${({ detail }) => this.choose(detail)}></rv-picker>`}
    </div>`;
  }

  /** The values are those of the range, the most frequent first. */
  async choose(tag) {
    this.adding = { tag, values: null };
    let values = [];
    let failed = false;
    try {
      const { groups } = await ask(metricPath(this.asked.metric), callParams(this.asked, { stat: "count", by: tag }));
      values = groups.filter(({ group }) => group !== null).slice(0, MOST_VALUES).map(({ group, value }) => ({ value: group, label: groupName(group), detail: count(value) }));
    } catch {
      failed = true;
    }
    if (this.adding?.tag !== tag) return;
    this.adding = { tag, values, failed };
    await this.updateComplete;
    this.renderRoot.querySelector("#value")?.toggle();
  }

  take(value) {
    const { tag } = this.adding;
    this.adding = null;
    setTag(tag, value);
  }
}

customElements.define("rv-metric-sentence", RvMetricSentence);
