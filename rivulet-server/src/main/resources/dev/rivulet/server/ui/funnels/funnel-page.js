import { LitElement, css, html, nothing } from "lit";
import { address, ask } from "../lib/api.js";
import { count, foreign } from "../lib/format.js";
import { watch } from "../lib/live.js";
import { setRange } from "../lib/question.js";
import { Refresher } from "../lib/refresher.js";
import { navigate, onNavigate, params, setParams } from "../lib/router.js";
import { icon } from "../kit/icon.js";
import { pageStyles } from "../kit/page-styles.js";
import { sentenceStyles } from "../kit/sentence-styles.js";
import { shared } from "../kit/styles.js";
import { draftOf, openDraft } from "./draft.js";
import { FUNNELS, addressed, eventsOf, funnelAddress, funnelKind, funnelPath, unitOf } from "./funnels.js";
import { RANGES, groupsParams, question, reportParams } from "./question.js";
import "../kit/picker.js";
import "../kit/range-picker.js";
import "../kit/save-dialog.js";
import "../kit/states.js";
import "./builder.js";
import "./report-view.js";
import "./steps-chart.js";

const REFRESH_MILLIS = 1_000;
/** The breakdown reads the log: it follows more slowly. */
const GROUPS_MILLIS = 10_000;
/** An answer that takes long is asked for less often: at most a part of the server's time is ours. */
const REST = 4;
const COMPARED = [{ value: null, label: "nothing" }, { value: "previous", label: "the period before" }];

/** One funnel: its report, or while `draft` is in the address, its builder. The address is the state. */
export class RvFunnelPage extends LitElement {
  static properties = {
    name: { state: true }, funnel: { state: true }, names: { state: true }, answer: { state: true }, groups: { state: true },
    error: { state: true }, groupsError: { state: true }, asked: { state: true }, properties: { state: true }, zone: { state: true },
  };

  static styles = [
    shared,
    pageStyles,
    sentenceStyles,
    css`
      .top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4); }
      .top > div { display: flex; gap: var(--space-3); }
      .top .button { font-size: var(--size-s); }
    `,
  ];

  constructor() {
    super();
    this.names = [];
    this.zone = "UTC";
    this.shift = 0;
    this.properties = [];
    this.begin(addressed());
    this.asked = question(this.now);
    this.refresher = new Refresher(this, () => this.refresh(), {
      pause: (took) => Math.max(REFRESH_MILLIS, took * REST),
      may: () => draftOf() === null,
    });
  }

  begin(name) {
    this.name = name;
    this.funnel = null;
    this.answer = null;
    this.groups = null;
    this.error = null;
    this.groupsError = null;
    this.request?.abort();
    this.groupsRequest?.abort();
    this.key = null;
    this.groupsKey = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.forget = [onNavigate(() => this.turn()), watch("overview", (message) => this.heard(message))];
    this.open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    this.unwatch?.();
    this.request?.abort();
    this.groupsRequest?.abort();
  }

  get now() {
    return Date.now() + this.shift;
  }

  heard({ at, timezone }) {
    this.shift = Date.parse(at) - Date.now();
    this.zone = timezone;
  }

  /** Reads the funnel, then asks; follows what changes. */
  async open() {
    const { name } = this;
    this.unwatch?.();
    document.title = `${foreign(name ?? "Funnel").slice(0, 60)} · Rivulet`;
    this.asked = question(this.now);
    // A comma separates topics: one inside a name is encoded, and so is the sign that encodes.
    const topic = `funnel:${(name ?? "").replaceAll("%", "%25").replaceAll(",", "%2C")}`;
    await this.loadFunnel();
    if (!this.isConnected || name !== this.name) return;
    if (this.funnel !== null) this.unwatch = watch(topic, () => this.asked.moving && this.refresher.soon());
    this.turn();
    this.loadNames();
  }

  async loadFunnel() {
    const { name } = this;
    try {
      const funnel = await ask(funnelPath(name));
      if (name !== this.name) return;
      const first = this.funnel === null;
      this.funnel = funnel;
      if (first) this.loadProperties();
      if (funnel.state === "building") this.refresher.soon();
    } catch (error) {
      if (!error.refused && name === this.name) this.error = error;
    }
  }

  async loadNames() {
    try {
      const { funnels } = await ask(FUNNELS);
      this.names = funnels.map(({ name }) => name);
    } catch {
      // The picker then offers this funnel only.
    }
  }

  async loadProperties() {
    const [first] = this.funnel.definition.steps;
    const answers = await Promise.all(eventsOf(first).map((event) => ask("/api/v1/events/properties", { event }).catch(() => ({ properties: [] }))));
    const sums = new Map();
    for (const { properties } of answers) for (const one of properties) sums.set(one.property, (sums.get(one.property) ?? 0) + one.count);
    this.properties = [...sums].map(([property, times]) => ({ value: property, detail: count(times) }));
  }

  turn() {
    if (!location.pathname.startsWith("/funnels/")) return;
    const name = addressed();
    if (name !== this.name) {
      this.begin(name);
      this.open();
      return;
    }
    this.asked = question(this.now);
    this.requestUpdate(); // The draft in the address may have come or gone.
    if (this.funnel === null || draftOf() !== null) return;
    this.refresher.start();
    const key = JSON.stringify(reportParams(this.asked));
    if (key !== this.key) {
      this.key = key;
      this.load();
    }
    const groupsKey = this.asked.by === null ? null : JSON.stringify(groupsParams(this.asked));
    if (groupsKey !== this.groupsKey) {
      this.groupsKey = groupsKey;
      this.groups = null;
      this.loadGroups();
    }
  }

  /** Whether it is still building is read first: the report that follows is then of what was built. */
  async refresh() {
    if (this.funnel?.state === "building") await this.loadFunnel();
    await this.load();
    if (performance.now() > (this.groupsAgain ?? Infinity)) this.loadGroups();
  }

  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    const { asked, name } = this;
    try {
      const body = await ask(funnelPath(name, "/report"), reportParams(asked), { signal: request.signal });
      if (name !== this.name) return;
      this.answer = { body, key: JSON.stringify(reportParams(asked)) };
      this.error = null;
    } catch (error) {
      if (error.name !== "AbortError" && !error.refused && name === this.name) this.error = error;
    }
  }

  async loadGroups() {
    const { asked, name } = this;
    if (asked.by === null) return;
    const begin = performance.now();
    this.groupsAgain = Infinity;
    this.groupsRequest?.abort();
    const { signal } = (this.groupsRequest = new AbortController());
    try {
      const groups = await ask(funnelPath(name, "/report"), groupsParams(asked), { signal });
      this.groups = groups;
      this.groupsError = null;
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!error.refused) this.groupsError = error;
    }
    const took = performance.now() - begin;
    this.groupsAgain = performance.now() + Math.max(GROUPS_MILLIS, took * REST);
  }

  render() {
    if (this.error?.status === 404 && this.funnel === null) return this.lost();
    const draft = draftOf();
    if (draft !== null && this.funnel !== null) {
      return html`<div class="page"><rv-funnel-builder .draft=${draft} .saved=${this.funnel} .names=${this.names} @saved=${this.saved}
        @left=${() => this.back({ draft: null })}></rv-funnel-builder></div>`;
    }
    return html`<div class="page">
      <h1 class="out-of-sight">Funnel ${foreign(this.name)}</h1>
      <div class="top"><a class="quiet" href=${address("/funnels")} data-page>All funnels</a>
        ${this.funnel === null ? nothing : html`<div><button class="button" id="edit" @click=${() => openDraft(this.funnel.definition)}>${icon("pencil")}Edit</button>
          <button class="button" id="delete" @click=${() => this.renderRoot.querySelector("rv-save-dialog").confirm(this.name)}>Delete</button></div>`}</div>
      ${this.sentence()}
      ${this.error === null ? nothing : html`<rv-error .error=${this.error} @retry=${() => (this.funnel === null ? this.open() : this.load())}></rv-error>`}
      ${this.answer !== null ? this.report() : this.error === null ? html`<rv-skeleton lines="2"></rv-skeleton><rv-skeleton chart aria-busy="true"></rv-skeleton>` : nothing}
      <rv-save-dialog .kind=${funnelKind} @deleted=${() => navigate(address("/funnels"))}></rv-save-dialog>
    </div>`;
  }

  sentence() {
    const { range, compare, by } = this.asked;
    const names = [...new Set([this.name, ...this.names])].map((name) => ({ value: name }));
    const properties = [{ value: null, label: "nothing" }, ...this.properties];
    return html`<div class="sentence" role="group" aria-label="The question">
      <span>how far ${unitOf(this.funnel?.definition.count)} get in</span>
      <rv-picker id="funnel" label="Funnel" search="Find a funnel" .value=${this.name} .options=${names} @pick=${({ detail }) => this.go(detail)}></rv-picker>
      <span>${range.last ? "who entered in the" : "who entered from"}</span>
      <rv-range-picker id="range" .range=${range} .ranges=${RANGES} .zone=${this.zone} .now=${this.now} @range=${({ detail }) => setRange(detail)}></rv-range-picker>
      <span>compared with</span> <rv-picker id="compare" label="Compared with" .value=${compare ? "previous" : null} .options=${COMPARED} @pick=${({ detail }) => setParams({ compare: detail })}></rv-picker>
      <span>split by</span> <rv-picker id="by" label="Breakdown" search="Find a property" .value=${by} .options=${properties}
        @pick=${({ detail }) => setParams({ by: detail })}></rv-picker></div>`;
  }

  /** Another funnel under the same range; a step or a property of this one means nothing there. */
  go(name) {
    const kept = Object.fromEntries(["last", "from", "to", "compare"].map((each) => [each, params().get(each)]));
    const address = funnelAddress(name, kept);
    if (address !== null) navigate(address);
  }

  report() {
    const waiting = this.answer.key !== this.key;
    const longest = RANGES.at(-1);
    return html`<div class="result" ?data-waiting=${waiting}><rv-funnel-report .name=${this.name} .funnel=${this.funnel} .answer=${this.answer.body} .asked=${this.asked}
      .groups=${this.groups} .groupsError=${this.groupsError} .now=${this.now} @again=${this.loadGroups}>
      ${this.asked.range.last === longest.value ? nothing : html`<button class="button" @click=${() => setRange({ last: longest.value })}>Show the ${longest.label}</button>`}
    </rv-funnel-report></div>`;
  }

  saved({ detail }) {
    this.funnel = detail;
    this.refresher.soon();
    this.answer = null;
    this.key = null;
    this.back({ draft: null, who: null });
  }

  /** From the builder to the report, and the focus to the button that leads there again. */
  async back(changes) {
    setParams(changes);
    await this.updateComplete;
    this.renderRoot.querySelector("#edit")?.focus();
  }

  lost() {
    return html`<div class="page"><h1 class="out-of-sight">Funnel ${foreign(this.name)}</h1><div class="silent"><p>There is no funnel named <b><bdi>${foreign(this.name)}</bdi></b>.</p>
      <p><a class="button" href=${address("/funnels")} data-page>Show all funnels</a></p></div></div>`;
  }
}

customElements.define("rv-funnel-page", RvFunnelPage);
