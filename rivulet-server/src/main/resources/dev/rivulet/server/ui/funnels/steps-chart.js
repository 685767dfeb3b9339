import { LitElement, html, nothing, svg } from "lit";
import { count, percent } from "../lib/format.js";
import { conditionsOf, operatorOf } from "../kit/where.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { stepsChartStyles } from "./steps-chart-styles.js";
import { amount, droppedBefore, points, requiredBefore, signed, span, stepName, unitOf } from "./funnels.js";
import "../kit/number.js";

/** Below so many rem a step the columns become rows. */
const NARROWEST_REM = 11.5;

/**
 * The funnel: a bar per step, and between them the stream that is left. `steps` as the API gives
 * them, `definition` for their conditions, `before` the steps of the period before. With `pickable`
 * bars and drops are buttons that fire `pick` with `{step, outcome}`, and `picked` is the chosen one.
 */
export class RvFunnelSteps extends LitElement {
  static properties = {
    steps: { attribute: false },
    definition: { attribute: false },
    before: { attribute: false },
    counts: {},
    order: {},
    pickable: { type: Boolean },
    picked: { attribute: false },
    rows: { type: Boolean, reflect: true },
  };

  static styles = [shared, stepsChartStyles];

  constructor() {
    super();
    this.steps = [];
    this.definition = null;
    this.before = null;
    this.counts = "people";
    this.picked = null;
    this.rows = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes = new ResizeObserver(([{ contentRect }]) => this.fit(contentRect.width));
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  willUpdate(changed) {
    if (changed.has("steps") && this.isConnected) this.fit(this.clientWidth);
  }

  fit(width) {
    if (width === 0) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const rows = width / rem / this.steps.length < NARROWEST_REM;
    if (rows !== this.rows) requestAnimationFrame(() => (this.rows = rows)); // Not within the observer's own turn.
  }

  render() {
    const said = this.definition?.steps.some(({ where, optional }) => where || optional);
    return html`<ol class=${said ? "said" : ""} ${style({ "--steps": String(this.steps.length) })}>${this.steps.map((step, i) => this.step(step, i))}</ol>`;
  }

  step(step, i) {
    const next = this.steps[i + 1];
    const before = this.before?.[i];
    return html`<li class=${step.optional ? "optional" : ""} ${style({ "--part": part(step.fromStart), "--level": part(this.level(i)), "--least": step.users > 0 ? "2px" : "0px" })}>
      <div class="head">
        <p class="name">${this.order === "any" ? nothing : html`<span class="nth" aria-hidden="true">${step.step}</span>`}<span class="cut" title=${this.name(step)}><bdi>${this.name(step)}</bdi></span></p>
        ${this.conditions(i)}
      </div>
      <div class="figures"><rv-number class="users" .value=${step.users}></rv-number>
        <span class="share">${percent(step.fromStart)}</span>${this.delta(step, before, i)}</div>
      <div class="plot">
        ${this.bar(step, before)}
        ${next === undefined ? nothing : html`<div class="flow">${stream(this.level(i), this.level(i + 1), this.rows)}${this.drop(i + 1)}</div>`}
      </div>
    </li>`;
  }

  /** The height of the stream at a step: it flows past an optional one as it came. */
  level(i) {
    const step = this.steps[i].optional ? requiredBefore(this.steps, i) : this.steps[i];
    return step?.fromStart ?? 0;
  }

  name(step) {
    if (this.order === "any") return step.step === 1 ? "any one of them" : `${step.step} different ones`;
    return stepName(step);
  }

  conditions(i) {
    const step = this.definition?.steps[i];
    const optional = step?.optional ? html`<span class="tag">optional</span>` : nothing;
    const where = this.order === "any" ? [] : conditionsOf(step?.where ?? null);
    if (optional === nothing && where.length === 0) return nothing;
    const words = where.map(({ property, operator, value }) => `${property} ${operatorOf(operator).label} ${value}`.trim()).join(", ");
    return html`<p class="where">${optional}<span class="cut" title=${words}><bdi>${words}</bdi></span></p>`;
  }

  /** The bar; what the period before had stands behind it as an outline. */
  bar(step, before) {
    const label = `${this.name(step)}: ${amount(step.users, this.counts)}, ${percent(step.fromStart)} of those who entered`;
    const ghost = before === undefined || step.step === 1 ? nothing : html`<span class="ghost" title="the period before: ${percent(before.fromStart)}" ${style({ "--part": part(before.fromStart) })}></span>`;
    const fill = html`${step.optional ? html`<span class="past"></span>` : nothing}<span class="fill"></span>${ghost}`;
    if (!this.pickable) return html`<div class="bar" role="img" aria-label=${label}>${fill}</div>`;
    return html`<button class="bar" id="step-${step.step}" aria-label="${label}. Show who" title=${label} aria-pressed=${this.isPicked(step.step, "reached")}
      @click=${() => this.pick(step.step, "reached")}>${fill}</button>`;
  }

  isPicked(step, outcome) {
    return this.picked?.step === step && this.picked?.outcome === outcome;
  }

  /** What lies between the step before and this one: who was lost, and how long the others took. */
  drop(i) {
    const step = this.steps[i];
    const lost = droppedBefore(this.steps, i);
    const lostShare = step.fromPrevious === null ? null : 1 - step.fromPrevious;
    const times = step.medianSeconds === null ? nothing
      : html`<span class="times" title="half took no longer than ${span(step.medianSeconds)}, nine in ten no longer than ${span(step.p90Seconds)}">
        <span>median ${span(step.medianSeconds)}</span> <span class="p90">p90 ${span(step.p90Seconds)}</span></span>`;
    if (step.fromPrevious === null) return nothing;
    if (lost === null) return html`<span class="drop"><b class="took">${percent(step.fromPrevious)}</b><span class="lost">do it, all may go on</span></span>${times}`;
    const text = html`<b class=${lost > 0 ? "" : "took"}>${lost > 0 ? "−" : ""}${percent(lostShare)}</b> <span class="lost">${count(lost)} dropped<span class="out-of-sight"> before ${this.name(step)}.</span></span>`;
    return html`${this.pickable && lost > 0
      ? html`<button class="drop" id="drop-${step.step}" title="Show who" aria-pressed=${this.isPicked(step.step, "dropped")}
          @click=${() => this.pick(step.step, "dropped")}>${text}</button>`
      : html`<span class="drop">${text}</span>`}${times}`;
  }

  delta(step, before, i) {
    if (before === undefined) return nothing;
    if (i === 0) {
      const grown = before.users === 0 ? null : (step.users / before.users - 1) * 100;
      return grown === null ? html`<span class="delta">nobody before</span>` : difference(grown, " %", `${count(before.users)} ${unitOf(this.counts, before.users)} in the period before`);
    }
    const moved = points(step.fromStart, before.fromStart);
    return moved === null ? nothing : difference(moved, " pts", `${percent(before.fromStart)} in the period before`);
  }

  pick(step, outcome) {
    this.dispatchEvent(new CustomEvent("pick", { detail: { step, outcome } }));
  }
}

const part = (fromStart) => String(Math.min(1, Math.max(0, fromStart ?? 0)));

/** A change with its sign; colour is not the only thing that tells up from down. */
export function difference(value, unit, title) {
  const kind = Math.abs(value) < 0.05 ? "same" : value < 0 ? "less" : "more";
  return html`<span class="delta" title=${title}><b class=${kind}>${kind === "same" ? "±0" : signed(value)}${unit}</b></span>`;
}

/** The stream from a step's height to the next one's; upright it runs to the right, in rows downwards. */
function stream(from, to, rows) {
  const [a, b] = [from * 100, to * 100];
  const path = rows ? `M0,0 H${a} C${a},55 ${b},45 ${b},100 H0 Z` : `M0,${100 - a} C45,${100 - a} 55,${100 - b} 100,${100 - b} V100 H0 Z`;
  return html`<svg class="stream" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">${svg`<path d=${path}></path>`}</svg>`;
}

customElements.define("rv-funnel-steps", RvFunnelSteps);
