import { LitElement, css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { bytes, count, duration, foreign } from "../lib/format.js";
import { style } from "../kit/style.js";
import { shared } from "../kit/styles.js";
import "../kit/number.js";
import "./meter.js";

/** A clock this far off is worth a word; less is the network's. */
const SKEW_MILLIS = 1_000;
/** A node is heard each second. */
const LATE_MILLIS = 2_500;

/** The server processes: what each folds, appends and holds. `tokens` colours them by id, `now` is the server's clock. */
export class RvNodeList extends LitElement {
  static properties = { nodes: { attribute: false }, tokens: { attribute: false }, now: { attribute: false } };

  static styles = [
    shared,
    css`
      :host { display: block; }
      ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: var(--space-4) var(--space-5); }
      li { display: grid; align-content: start; gap: var(--space-2); padding: var(--space-4); background: var(--raised); border: 1px solid var(--line); border-left: 3px solid var(--owner); border-radius: 0 var(--radius) var(--radius) 0; min-width: 0; transition: opacity var(--flow); }
      li[data-silent] :is(dl, .heap) { opacity: 0.75; }
      li[data-silent] { border-style: dashed; border-left-style: solid; }
      header { display: flex; align-items: baseline; gap: var(--space-3); min-width: 0; }
      h3 { flex: 1; font-size: var(--size-l); font-weight: 600; }
      .state { font-size: var(--size-s); color: var(--water); white-space: nowrap; }
      .state[data-late] { color: var(--sand); }
      [data-silent] .state { color: var(--alarm); }
      .id { color: var(--muted); font-size: var(--size-s); }
      .folds { display: flex; flex-wrap: wrap; gap: 0.3rem; min-height: 1.6rem; align-items: center; }
      .folds b { min-width: 1.9rem; padding: 0.05rem 0.4rem; text-align: center; font-weight: 600; font-size: var(--size-s); border-radius: 4px; border: 1px solid var(--owner); }
      dl { display: grid; grid-template-columns: auto 1fr; gap: 0.15rem var(--space-4); font-size: var(--size-s); }
      dt { color: var(--muted); }
      dd { text-align: right; font-variant-numeric: tabular-nums; }
      dd.off { color: var(--sand); font-weight: 600; }
      .heap { display: grid; gap: var(--space-1); font-size: var(--size-s); }
      .heap p { display: flex; justify-content: space-between; }
      .heap p span:first-child { color: var(--muted); }
    `,
  ];

  constructor() {
    super();
    this.nodes = [];
    this.tokens = new Map();
  }

  render() {
    return html`<ol>${repeat(this.nodes, ({ node }) => node, (node) => this.node(node))}</ol>`;
  }

  node(node) {
    const silent = !node.live;
    const token = this.tokens.get(node.node) ?? "--series-other";
    return html`<li ?data-silent=${silent} ${style({ "--owner": `var(${token})` })}>
      <header><h3 class="cut" title=${foreign(node.name)}><bdi>${foreign(node.name)}</bdi></h3>
        <span class="state" ?data-late=${!silent && node.silentMillis > LATE_MILLIS}>${heard(node)}</span></header>
      <p class="id cut" title=${foreign(node.node)}><bdi>${node.address === undefined ? foreign(node.node) : foreign(node.address)}</bdi>${node.version === undefined ? nothing : html` · ${foreign(node.version)}`}</p>
      <p class="folds" aria-label="Partitions">${node.partitions.length === 0 ? html`<span class="muted small">folds no partition now</span>`
        : node.partitions.map((partition) => html`<b title="folds partition ${partition}">${partition}</b>`)}</p>
      ${node.startedAt === undefined ? html`<p class="muted small">It told nothing of itself lately.</p>` : this.facts(node)}
    </li>`;
  }

  facts(node) {
    const up = Math.max(0, this.now - Date.parse(node.startedAt));
    const off = Math.abs(node.clockSkewMillis) >= SKEW_MILLIS;
    const way = node.clockSkewMillis > 0 ? "ahead" : "behind";
    return html`<dl>
        <dt>up for</dt><dd title=${node.startedAt}>${duration(up)}</dd>
        <dt>took in</dt><dd><rv-number .value=${node.appended}></rv-number> events</dd>
        <dt>folded</dt><dd><rv-number .value=${node.folded}></rv-number> records</dd>
        <dt>live streams</dt><dd>${count(node.subscribers)}</dd>
        <dt>clock</dt><dd class=${off ? "off" : ""}>${off ? `${duration(Math.abs(node.clockSkewMillis))} ${way}${node.clockCorrected ? ", corrected" : ""}` : "right"}</dd>
      </dl>
      <div class="heap"><p><span>Java heap</span><span>${bytes(node.heapUsedBytes)} of ${bytes(node.heapMaxBytes)}</span></p>
        <rv-meter .parts=${[{ value: node.heapUsedBytes, token: "--water" }]} .whole=${node.heapMaxBytes} label="Java heap in use"></rv-meter></div>`;
  }
}

function heard({ live, silentMillis }) {
  if (!live) return `silent for ${silentMillis === undefined ? "a while" : duration(silentMillis)}`;
  return silentMillis > LATE_MILLIS ? `not heard for ${duration(silentMillis)}` : "live";
}

customElements.define("rv-node-list", RvNodeList);
