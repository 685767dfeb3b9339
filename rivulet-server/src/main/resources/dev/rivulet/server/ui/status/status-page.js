import { LitElement, html, nothing } from "lit";
import { project } from "../lib/api.js";
import { bytes, count, duration, foreign, percent, since } from "../lib/format.js";
import { liveState, onLiveState, reconnect, watch } from "../lib/live.js";
import { clockSeconds, readersZone } from "../lib/time.js";
import { pageStyles } from "../kit/page-styles.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import { history, note } from "./history.js";
import { statusStyles } from "./status-styles.js";
import "../kit/chart.js";
import "../kit/number.js";
import "../kit/source.js";
import "../kit/states.js";
import "../kit/tile.js";
import "./keys-section.js";
import "./meter.js";
import "./node-list.js";

const STATUS = "/api/v1/status";
const GRAVE = new Set(["no_owner", "poison", "memory"]);
const WORDS = { clock_skew: "Clock", same_name: "One name twice", silent_node: "Silent node", no_owner: "Nobody folds",
  poison: "Put aside", memory: "Memory", versions: "Versions" };
const COLOURS = 8;
const MANY_PARTITIONS = 24;
const FEW_SECONDS = 2;
/** The status comes each second; later than this something is amiss. */
const SILENT_MILLIS = 5_000;

/** How the server is: who folds what, how far behind it is, and what was not taken. Everything moves by the stream. */
export class RvStatusPage extends LitElement {
  static properties = { status: { state: true }, connection: { state: true }, clock: { state: true } };

  static styles = [shared, pageStyles, statusStyles];

  constructor() {
    super();
    this.status = null;
    this.connection = liveState();
    this.clock = Date.now();
    this.shift = 0;
    this.tokens = new Map();
    this.zone = readersZone();
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = "Status · Rivulet";
    this.forget = [
      watch("status", (message) => this.take(message)),
      onLiveState((state) => (this.connection = state)),
    ];
    this.ticking = setInterval(() => (this.clock = Date.now()), 1_000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.forget.forEach((stop) => stop());
    clearInterval(this.ticking);
  }

  take(message) {
    this.status = message;
    this.shift = Date.parse(message.at) - Date.now();
    this.clock = Date.now();
    note(Date.parse(message.at), message.lagMillis, message.pending);
    for (const { node } of message.nodes) this.colour(node);
    for (const known of this.tokens.keys()) if (!message.nodes.some(({ node }) => node === known)) this.tokens.delete(known);
  }

  /** Each node gets the first colour that is free and keeps it. */
  colour(node) {
    if (this.tokens.has(node)) return;
    const taken = new Set(this.tokens.values());
    const all = Array.from({ length: COLOURS }, (_, i) => `--series-${i + 1}`);
    this.tokens.set(node, all.find((token) => !taken.has(token)) ?? "--series-other");
  }

  get stale() {
    return this.status !== null && (this.connection.name !== "live" || this.silentMillis > SILENT_MILLIS);
  }

  /** How long ago the server could read its status; it says nothing while its store is away. */
  get silentMillis() {
    return this.now - Date.parse(this.status.at);
  }

  get now() {
    return this.clock + this.shift;
  }

  render() {
    if (this.status === null) return this.waiting();
    return html`<div class="page" ?data-stale=${this.stale}>
      <h1 class="out-of-sight">Status</h1>
      ${this.stale ? html`<p class="stale-note">${this.connection.name === "live"
        ? html`<span role="status">The store does not answer:</span> these numbers are ${duration(this.silentMillis)} old.`
        : html`<span role="status">These numbers stand still until the connection is back.</span> ${this.connection.error?.message ?? ""}`}</p>` : nothing}
      ${this.warnings()} ${this.books()} ${this.lag()} ${this.nodes()} ${this.partitions()}
      <div class="two">${this.memory()} ${this.filling()}</div>
      ${this.refusals()} ${this.poison()}
      ${this.source(project() === null ? "whole server since its log began" : `project ${foreign(project())} since it began`, this.zone)}
      <rv-keys></rv-keys>
    </div>`;
  }

  waiting() {
    if (this.connection.error !== null) {
      return html`<section class="first"><h1 class="out-of-sight">Status</h1><rv-error .error=${this.connection.error} @retry=${reconnect}></rv-error>
        <p class="muted">This page keeps trying and fills itself as soon as there is an answer.</p></section>`;
    }
    return html`<div class="page" aria-busy="true"><span class="out-of-sight" role="status">Loading</span>
      <rv-skeleton lines="3"></rv-skeleton><rv-skeleton chart></rv-skeleton><rv-skeleton lines="6"></rv-skeleton></div>`;
  }

  /** Details move each second: what is announced is only which warnings there are. */
  warnings() {
    const { warnings } = this.status;
    const words = (kind) => WORDS[kind] ?? kind;
    return html`<p class="out-of-sight" role="status">${[...new Set(warnings.map(({ kind }) => words(kind)))].join(", ")}</p>
      ${warnings.length === 0 ? nothing : html`<ul class="warnings" aria-label="What somebody should look at">${warnings.map(({ kind, detail }) =>
        html`<li class=${GRAVE.has(kind) ? "grave" : ""}><b>${words(kind)}</b><span>${foreign(detail)}.</span></li>`)}</ul>`}`;
  }

  books() {
    const { appended, folded, pending, duplicates, rejected, received, accepted, lagMillis } = this.status;
    const refused = Object.values(rejected).reduce((sum, n) => sum + n, 0);
    return html`<div class="figures">
        <rv-tile id="lag" accent .value=${lagMillis} .format=${duration} label="behind"></rv-tile>
        <rv-tile id="pending" .value=${pending} label="records waiting"></rv-tile>
        <rv-tile id="appended" .value=${appended} label="records in the log"></rv-tile>
        <rv-tile id="refused" .value=${refused} label="items refused"></rv-tile>
        <rv-tile id="aside" .value=${asideOf(this.status)} label="put aside"></rv-tile>
      </div>
      <p class="books"><span><b>${count(appended)}</b> appended = <b>${count(folded)}</b> folded + <b>${count(pending)}</b> pending</span>
        <span><b>${count(received)}</b> received = <b>${count(accepted)}</b> accepted + <b>${count(duplicates)}</b> duplicates + <b>${count(refused)}</b> refused</span></p>`;
  }

  lag() {
    const { times, lags, pending } = history();
    const zone = this.zone;
    return html`<section class="lag" aria-labelledby="lag-title">
      <header><h2 id="lag-title">Lag <span class="muted">age of the oldest record that is not in the numbers yet</span></h2></header>
      ${times.length < FEW_SECONDS ? html`<rv-skeleton chart></rv-skeleton>` : html`<rv-chart .times=${times} .stepSeconds=${1} .zone=${zone} label="Lag, second by second"
        .series=${[{ label: "lag", values: lags, token: "--water", style: "area" }]} .format=${duration} .axis=${duration} .tick=${(at) => clockSeconds(at * 1_000, zone)}
        .name=${(index) => `${clockSeconds(times[index] * 1_000, zone)} · ${count(pending[index])} waiting`}></rv-chart>`}
      <p class="muted small">Kept by this page while it is open, ten minutes at most; ${zone}.</p>
    </section>`;
  }

  nodes() {
    const { nodes } = this.status;
    const live = nodes.filter((node) => node.live).length;
    return html`<section aria-labelledby="nodes-title">
      <header><h2 id="nodes-title">Nodes <span class="muted">${live} live${nodes.length > live ? `, ${nodes.length - live} silent` : ""}</span></h2></header>
      ${nodes.length === 0 ? html`<p class="none">No node was heard in the last seconds.</p>`
        : html`<rv-node-list .nodes=${nodes} .tokens=${this.tokens} .now=${this.now}></rv-node-list>`}
    </section>`;
  }

  partitions() {
    const { partitions } = this.status;
    const names = new Map(this.status.nodes.map(({ node, name }) => [node, name]));
    return html`<section aria-labelledby="map-title">
      <header><h2 id="map-title">Partitions <span class="muted">coloured by the node that folds them</span></h2></header>
      <ol class="map ${partitions.length > MANY_PARTITIONS ? "many" : ""}">${partitions.map((row) => this.cell(row, names))}</ol>
    </section>`;
  }

  cell({ partition, owner, pending, lagMillis, appended }, names) {
    const who = owner === null ? "nobody folds it" : foreign(names.get(owner) ?? owner);
    const token = owner === null ? "--alarm" : this.tokens.get(owner) ?? "--series-other";
    const said = `partition ${partition}: ${who}, ${count(appended)} records, ${count(pending)} waiting, ${duration(lagMillis)} behind`;
    return html`<li class="cell ${owner === null ? "idle" : ""}" title=${said} aria-label=${said} ${style({ "--owner": `var(${token})` })}>
      <b>${partition}</b><span class="cut"><bdi>${who}</bdi></span><span class="muted cut">${pending === 0 ? "up to date" : `${count(pending)} waiting`}</span></li>`;
  }

  memory() {
    const { redis, partitions } = this.status;
    return html`<section aria-labelledby="memory-title">
      <header><h2 id="memory-title">Redis memory</h2></header>
      <div class="bars">${(redis.primaries ?? []).map((one) => this.primary(one, partitions))}</div>
    </section>`;
  }

  primary(one, partitions) {
    const logs = partitions.filter(({ partition, logBytes }) => one.partitions.includes(partition) && logBytes !== undefined);
    const log = Math.min(one.usedMemory, logs.reduce((sum, { logBytes }) => sum + logBytes, 0));
    const bounded = one.maxmemory > 0;
    const whole = bounded ? one.maxmemory : Math.max(one.usedMemoryPeak ?? 0, one.usedMemory);
    return html`<div class="bar-row">
      <p><span class="cut"><bdi>${foreign(one.address)}</bdi></span><span><b>${bytes(one.usedMemory)}</b> ${bounded ? html`of ${bytes(whole)} <span class="muted">(${percent(one.usedMemory / whole)})</span>` : html`<span class="muted">no bound set</span>`}</span></p>
      <rv-meter .parts=${[{ value: log, token: "--water" }, { value: one.usedMemory - log, token: "--sand" }]} .whole=${whole} label="Redis memory in use"></rv-meter>
      <p class="facts"><span><i class="key" ${style({ background: "var(--water)" })}></i>log ${bytes(log)}</span>
        <span><i class="key" ${style({ background: "var(--sand)" })}></i>views and the rest ${bytes(one.usedMemory - log)}</span>
        ${bounded ? nothing : html`<span>peak ${bytes(one.usedMemoryPeak)}</span>`}
        <span>fragmentation ${one.memFragmentationRatio ?? "–"}</span><span>${foreign(one.maxmemoryPolicy ?? "")}</span>
        <span>${count(one.instantaneousOpsPerSec)} commands/s</span></p>
    </div>`;
  }

  filling() {
    const views = Object.entries(this.status.filling);
    return html`<section aria-labelledby="filling-title">
      <header><h2 id="filling-title">Views being filled <span class="muted">from the log</span></h2></header>
      ${views.length === 0 ? html`<p class="none">All views are up to date.</p>` : html`<div class="bars">${views.map(([view, done]) => html`<div class="bar-row">
        <p><span class="cut"><bdi>${foreign(view)}</bdi></span><b>${percent(done)}</b></p>
        <rv-meter .parts=${[{ value: done, token: "--water" }]} .whole=${1} label="Filled"></rv-meter></div>`)}</div>`}
    </section>`;
  }

  refusals() {
    const rows = this.status.refusals.toSorted((a, b) => b.count - a.count);
    const several = new Set(rows.map(({ project }) => project)).size > 1;
    return html`<section aria-labelledby="refusals-title">
      <header><h2 id="refusals-title">Refused <span class="muted">by reason, with the newest example</span></h2></header>
      ${rows.length === 0 ? html`<p class="none">Nothing was refused. What is, is listed here with what was wrong.</p>`
        : html`<ul class="reasons">${rows.map(({ project, reason, count: n, detail, time }) => html`<li>
          <span class="mono">${reason}${several ? html` <span class="muted">${foreign(project)}</span>` : nothing}</span>
          <span class="count">${count(n)}</span>
          <span class="detail">${detail === undefined ? "" : foreign(detail)}</span>
          <span class="when" title=${time ?? ""}>${time === undefined ? "" : since(Date.parse(time), this.now)}</span></li>`)}</ul>`}
    </section>`;
  }

  poison() {
    const { poison } = this.status, aside = asideOf(this.status);
    return html`<section aria-labelledby="poison-title">
      <header><h2 id="poison-title">Put aside <span class="muted">records a view could not fold${aside > poison.length && poison.length > 0 ? `, the newest ${poison.length} of ${count(aside)}` : ""}</span></h2></header>
      ${aside === 0 ? html`<p class="none">Every record could be folded.</p>`
        : poison.length === 0 ? html`<p class="none">${count(aside)} were; their reasons are in the status of the whole server.</p>`
        : html`<ul class="poison">${poison.map(({ partition, position, time, reason }) => html`<li>
          <span class="when" title=${time}>${since(Date.parse(time), this.now)}</span><span class="mono small">${partition} · ${position}</span>
          <span class="why">${foreign(reason)}</span></li>`)}</ul>`}
    </section>`;
  }

  source(...facts) {
    return html`<rv-source .facts=${[...facts, "counts are exact"]} path=${STATUS}></rv-source>`;
  }
}

/** What was put aside: records, and entries of the log that cannot be read and so hold nobody knows how many. */
const asideOf = ({ poisonous, unreadable }) => poisonous + unreadable;

customElements.define("rv-status-page", RvStatusPage);
