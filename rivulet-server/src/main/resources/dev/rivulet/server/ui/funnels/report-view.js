import { LitElement, css, html, nothing } from "lit";
import { count, exactness, foreign, percent } from "../lib/format.js";
import { dayClock } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { shared } from "../kit/styles.js";
import { funnelStyles } from "./funnel-styles.js";
import { amount, conversionOf, funnelPath, pathOf, points, span, stepName, unitOf, windowWords } from "./funnels.js";
import { groupsParams, reportParams, setWho } from "./question.js";
import { difference } from "./steps-chart.js";
import "../kit/source.js";
import "../kit/states.js";
import "../kit/tile.js";
import "./convert-times.js";
import "./groups-table.js";
import "./people-panel.js";
import "./trend.js";

/** The answer of a funnel: figures, the steps, who is behind them, trend, times, and the breakdown. */
export class RvFunnelReport extends LitElement {
  static properties = {
    name: { attribute: false }, funnel: { attribute: false }, answer: { attribute: false }, asked: { attribute: false },
    groups: { attribute: false }, groupsError: { attribute: false }, now: { attribute: false },
  };

  static styles = [
    shared,
    pageStyles,
    funnelStyles,
    css`
      :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); --plot-height: clamp(11rem, 24vh, 18rem); }
      .figures { align-items: start; }
      .below { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: var(--space-6) var(--space-7); padding-top: var(--space-4); }
      .groups { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); }
      .legend { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-5); color: var(--muted); font-size: var(--size-s); }
      @media (max-width: 40rem) { .figures { display: grid; grid-template-columns: 1fr 1fr; gap: var(--space-4); } }
      .legend span { display: inline-flex; align-items: center; gap: var(--space-2); }
      .legend i { width: 1.1rem; height: 0.75rem; border: 2px dashed var(--sand); }
    `,
  ];

  get titles() {
    const { steps } = this.funnel.definition;
    return this.answer.order === "any" ? steps.map((_, i) => `${i + 1} of the steps`) : steps.map((step) => stepName(step));
  }

  render() {
    const { answer } = this;
    return html`
      ${this.figures()}
      ${this.notes()}
      ${answer.entered === 0 ? html`<div class="silent"><p>Nobody did <b><bdi>${this.titles[0]}</bdi></b> in this range, so nobody entered.</p><slot></slot></div>` : this.body()}
      ${this.source()}`;
  }

  figures() {
    const { answer: { steps, entered, convert, compare, count: counts } } = this;
    const last = steps.at(-1);
    const conversion = conversionOf(this.answer);
    const moved = compare ? points(conversion, conversionOf(compare)) : null;
    const grown = (now, before) => (!before ? nothing : html`<p>${difference((now / before - 1) * 100, " %", "")} <span class="muted small">${count(before)} before</span></p>`);
    return html`<div class="figures">
      <div><rv-tile id="conversion" accent .value=${conversion} .format=${percent} label="conversion"></rv-tile>
        ${moved === null ? nothing : html`<p>${difference(moved, " pts", "")} <span class="muted small">${percent(conversionOf(compare))} before</span></p>`}</div>
      <div><rv-tile id="entered" .value=${entered} label="${unitOf(counts, entered)} entered"></rv-tile>${grown(entered, compare?.entered)}</div>
      <div><rv-tile id="finished" .value=${last.users} label="finished"></rv-tile>${grown(last.users, compare?.steps.at(-1).users)}</div>
      <div><rv-tile id="median" .value=${convert.medianSeconds} .format=${span} label="median time to convert"></rv-tile></div>
    </div>`;
  }

  /** What keeps the numbers from being all there is. */
  notes() {
    const { progress, completeFrom, from, truncatedPeople, timezone } = this.answer;
    const { state, progress: filled } = this.funnel;
    const since = completeFrom && Date.parse(completeFrom) > Date.parse(from) ? Date.parse(completeFrom) : null;
    return html`
      ${progress === undefined ? state !== "building" ? nothing : html`<p class="note"><span role="status">The changed definition is being filled from the log,</span> ${percent(filled)} done. These numbers are of the one before.</p>`
        : html`<p class="note"><span role="status">Being filled from the log,</span> ${percent(progress)} done: these numbers still grow.</p>`}
      ${since === null ? nothing : html`<p class="note" role="note">Complete from ${dayClock(since, timezone)}: what happened before is no longer in the log.</p>`}
      ${truncatedPeople > 0 ? html`<p class="note" role="note">${amount(truncatedPeople, "people")} did more than is kept of one person; what they did last may be missing.</p>` : nothing}`;
  }

  body() {
    const { answer, asked, funnel } = this;
    const { who } = asked;
    return html`
      <rv-funnel-steps id="steps" pickable .steps=${answer.steps} .definition=${funnel.definition} .before=${answer.compare?.steps} .counts=${answer.count} .order=${answer.order} .picked=${who}
        @pick=${({ detail }) => this.pick(detail)}></rv-funnel-steps>
      ${answer.order === "any" ? html`<p class="muted small">In any order: ${funnel.definition.steps.map((step) => stepName(step)).join(", ")}.</p>` : nothing}
      ${answer.compare ? html`<p class="legend"><span><i></i>the period before, ${dayClock(Date.parse(answer.compare.from), answer.timezone)} to ${dayClock(Date.parse(answer.compare.to), answer.timezone)}</span></p>` : nothing}
      ${who === null || who.step > answer.steps.length ? nothing : html`<rv-funnel-people id="people" .name=${this.name} .chosen=${who} .asked=${asked} .titles=${this.titles} .zone=${answer.timezone}
        @shut=${() => this.shut(who)}></rv-funnel-people>`}
      <div class="below">
        ${answer.series ? html`<rv-funnel-trend .series=${answer.series} .step=${answer.step} .steps=${asked.steps} .shown=${asked.trend} .zone=${answer.timezone} .counts=${answer.count}
          .window=${funnel.definition.window} .now=${this.now}></rv-funnel-trend>` : nothing}
        <rv-convert-times .convert=${answer.convert} .counts=${answer.count}></rv-convert-times>
      </div>
      ${asked.by === null ? nothing : this.breakdown()}`;
  }

  async pick(chosen) {
    const { who } = this.asked;
    const same = chosen.step === who?.step && chosen.outcome === who.outcome;
    setWho(same ? null : chosen);
    if (same) return;
    await new Promise(requestAnimationFrame); // The page hands the address down first.
    await this.updateComplete;
    this.renderRoot.querySelector("#people")?.focusHead();
  }

  async shut(who) {
    setWho(null);
    await this.updateComplete;
    const chart = this.renderRoot.querySelector("rv-funnel-steps");
    chart?.renderRoot.querySelector(`#${who.outcome === "reached" ? "step" : "drop"}-${who.step}`)?.focus();
  }

  breakdown() {
    const { asked, answer } = this;
    return html`<section class="groups" aria-labelledby="groups-title"><h2 id="groups-title"><span>By <bdi>${foreign(asked.by)}</bdi></span>
        <span class="muted">of the first step; shares of who entered with the value</span></h2>
      ${this.groupsError !== null ? html`<rv-error .error=${this.groupsError} @retry=${() => this.dispatchEvent(new CustomEvent("again"))}></rv-error>`
        : this.groups === null ? html`<p class="muted small" role="status">Reading the log, since a breakdown is not kept…</p><rv-skeleton lines="5" aria-busy="true"></rv-skeleton>`
        : html`<rv-funnel-groups id="groups" .groups=${this.groups.groups ?? []} .steps=${answer.steps} .by=${asked.by} .order=${answer.order}></rv-funnel-groups>
          <rv-source .facts=${[this.fact, exactness(this.groups), "read from the log"]} path=${funnelPath(this.name, "/report")} .params=${groupsParams(asked)}></rv-source>`}</section>`;
  }

  get fact() {
    const { from, to, timezone } = this.answer;
    return `${dayClock(Date.parse(from), timezone)} to ${dayClock(Date.parse(to), timezone)}`;
  }

  source() {
    const { answer, asked, funnel } = this;
    const ways = { ordered: "in order", strict: "in strict order", any: "in any order" };
    return html`<rv-source .facts=${[unitOf(answer.count), `${pathOf(funnel.definition)}`, ways[answer.order], `within ${windowWords(funnel.definition.window)}`, this.fact, answer.timezone, exactness(answer)]}
      path=${funnelPath(this.name, "/report")} .params=${reportParams(asked)}></rv-source>`;
  }
}

customElements.define("rv-funnel-report", RvFunnelReport);
