import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { ask } from "../lib/api.js";
import { count, foreign, percent } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { Refresher } from "../lib/refresher.js";
import { navigate, onNavigate, setParams } from "../lib/router.js";
import { dayClock } from "../lib/time.js";
import { icon } from "../kit/icon.js";
import { pageStyles } from "../kit/page-styles.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { BLANK, definitionOf, draftOf, openDraft } from "./draft.js";
import { FUNNELS, conversionOf, funnelAddress, funnelPath, pathOf, unitOf } from "./funnels.js";
import { listStyles } from "./list-styles.js";
import { USUAL_RANGE } from "./question.js";
import "../kit/first-event.js";
import "../kit/number.js";
import "../kit/source.js";
import "../kit/states.js";
import "./builder.js";
import "./mini.js";
import "./teach.js";

const REFRESH_MILLIS = 3_000;
/** Reports that take long are asked for less often. */
const REST = 4;
const AT_ONCE = 3;

/** All funnels with their conversion at a glance; while `draft` is in the address, the builder of a new one. */
export class RvFunnelsPage extends LitElement {
  static properties = { funnels: { state: true }, reports: { state: true }, names: { state: true }, error: { state: true }, zone: { state: true } };

  static styles = [shared, pageStyles, listStyles];

  constructor() {
    super();
    this.funnels = null;
    this.reports = new Map();
    this.names = null;
    this.error = null;
    this.zone = "UTC";
    this.refresher = new Refresher(this, () => this.load(), {
      pause: (took) => Math.max(REFRESH_MILLIS, took * REST),
      may: () => draftOf() === null,
    });
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.requestUpdate()), watch("overview", ({ timezone }) => this.heard(timezone))];
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    this.request?.abort();
  }

  heard(timezone) {
    this.zone = timezone;
    this.refresher.soon();
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const { signal } = request;
    try {
      const { funnels } = await ask(FUNNELS, {}, { signal });
      this.funnels = funnels.toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
      if (funnels.length === 0) await this.loadNames(signal);
      this.error = null;
      await this.loadReports(signal);
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused) this.error = error;
    }
  }

  async loadNames(signal) {
    const { events } = await ask("/api/v1/events", {}, { signal });
    this.names = events;
  }

  /** A few at a time, so that two hundred funnels do not stand in the way of each other. */
  async loadReports(signal) {
    const waiting = [...this.funnels];
    const work = async () => {
      for (let funnel = waiting.shift(); funnel !== undefined; funnel = waiting.shift()) {
        const { name } = funnel;
        try {
          const report = await ask(funnelPath(name, "/report"), { last: USUAL_RANGE }, { signal });
          this.reports = new Map(this.reports).set(name, report);
        } catch (error) {
          if (error.name === "AbortError") throw error;
          this.reports = new Map(this.reports).set(name, null);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  async back() {
    setParams({ draft: null });
    await this.updateComplete;
    this.renderRoot.querySelector("#new")?.focus();
  }

  render() {
    const draft = draftOf();
    if (draft !== null) {
      return html`<div class="page"><rv-funnel-builder .draft=${draft} .names=${this.funnels?.map(({ name }) => name) ?? []}
        @saved=${({ detail }) => navigate(funnelAddress(detail.name))} @left=${this.back}></rv-funnel-builder></div>`;
    }
    if (this.funnels?.length === 0 && this.names !== null) return this.none();
    return html`<div class="page">
      <div class="top"><h1>Funnels <span class="muted">${this.funnels === null ? "" : count(this.funnels.length)}</span></h1>
        <button class="button primary" id="new" @click=${this.blank}>${icon("plus")}New funnel</button></div>
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${this.load}></rv-error>`}
      ${this.funnels !== null ? this.list() : this.error === null ? html`<rv-skeleton lines="9" aria-busy="true"></rv-skeleton>` : nothing}
    </div>`;
  }

  none() {
    if (this.names.length === 0) {
      return html`<div class="first"><rv-first-event heading="Nobody has taken a step yet."
        lead="A funnel shows where people turn back on their way. Send a first event; as soon as there are some, this page suggests one."></rv-first-event></div>`;
    }
    return html`<div class="page teaching"><rv-funnel-teach .names=${this.names} @blank=${this.blank}></rv-funnel-teach></div>`;
  }

  blank() {
    openDraft(definitionOf(BLANK));
  }

  list() {
    return html`<ul id="funnels">${repeat(this.funnels, ({ name }) => name, (funnel) => this.row(funnel))}</ul>
      <rv-source .facts=${["conversion of who entered in the last 30 days", this.zone]} path=${FUNNELS}></rv-source>`;
  }

  row(funnel) {
    const { name, definition } = funnel;
    const shown = foreign(name);
    const href = funnelAddress(name);
    const report = this.reports.get(name);
    const path = pathOf(definition);
    return html`<li>
      <div class="what">${href === null ? html`<span class="name"><bdi>${shown}</bdi></span>` : html`<a class="name cut" href=${href} data-page title=${shown}><bdi>${shown}</bdi></a>`}
        <p class="path cut" title=${path}><bdi>${path}</bdi></p>${this.state(funnel, report)}</div>
      <rv-funnel-mini .steps=${report?.steps}></rv-funnel-mini>
      <div class="numbers">${report === undefined ? html`<span class="muted">…</span>` : report === null ? html`<span class="muted">no answer</span>` : html`
        <rv-number class="conversion" .value=${conversionOf(report)} .format=${percent}></rv-number>
        <span class="muted small">of ${count(report.entered)} ${unitOf(report.count, report.entered)}</span>`}</div></li>`;
  }

  state({ state, progress, completeFrom }, report) {
    const since = completeFrom ?? report?.completeFrom;
    const from = since ? html`complete from <time datetime=${since}>${dayClock(Date.parse(since), this.zone)}</time>` : nothing;
    if (state !== "building") return since ? html`<p class="state">${from}</p>` : nothing;
    return html`<p class="state"><span class="fill" role="progressbar" aria-label="Filling from the log" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round((progress ?? 0) * 100)}>
      <span ${style({ "--part": String(progress ?? 0) })}></span></span>filling from the log, ${percent(progress ?? 0)}${since ? html` · ${from}` : nothing}</p>`;
  }
}

customElements.define("rv-funnels-page", RvFunnelsPage);
