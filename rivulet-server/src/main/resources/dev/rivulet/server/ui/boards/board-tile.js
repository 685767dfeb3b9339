import { LitElement, html, nothing } from "lit";
import { foreign } from "../lib/format.js";
import { shared } from "../kit/styles.js";
import { load } from "./loading.js";
import { restOf } from "./asking.js";
import { factsOf } from "./drawing.js";
import { bodyOf } from "./tile-body.js";
import { tileStyles } from "./tile-styles.js";
import { titleOf } from "./titles.js";
import "../kit/source.js";
import "../kit/states.js";

/**
 * One tile: asks its query when it comes into sight, again when `pulse()` tells that numbers move and
 * its rest is over, and shows what came. `range` is the board's, `crowd` how many tiles ask beside it,
 * `shift` the server's clock less ours. What goes wrong is told in the tile.
 */
export class RvBoardTile extends LitElement {
  static properties = {
    tile: { attribute: false }, range: { attribute: false }, crowd: { attribute: false }, shift: { attribute: false },
    wall: { type: Boolean, reflect: true }, shown: { state: true }, error: { state: true }, sort: { state: true },
  };

  static styles = [shared, tileStyles];

  constructor() {
    super();
    this.range = { last: "24h" };
    this.crowd = 1;
    this.shift = 0;
    this.shown = null;
    this.error = null;
    this.sort = "";
    this.failures = 0;
    this.visible = false;
    this.dueAt = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.sight = new IntersectionObserver((entries) => this.seen(entries.at(-1).isIntersecting), { rootMargin: "100px" });
    this.sight.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.sight.disconnect();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.asking = null;
  }

  seen(visible) {
    this.visible = visible;
    if (visible) this.pulse();
  }

  willUpdate(changed) {
    if (!changed.has("tile") && !changed.has("range")) return;
    const key = JSON.stringify([this.tile.query, this.tile.kind, this.tile.options?.stat, this.tile.options?.compare, this.range]);
    if (key === this.key) return;
    const old = changed.get("tile");
    if (old && (old.query !== this.tile.query || old.kind !== this.tile.kind)) this.shown = null; // Another question: the old answer would mislead.
    this.key = key;
    this.asking = null;
    this.failures = 0;
    this.dueAt = 0;
    this.pulse();
  }

  /** Numbers may have moved. */
  pulse() {
    if (this.tile.kind === "text" || !this.visible || document.hidden || this.timer !== undefined || this.asking === this.key) return;
    if (this.dueAt > 0 && this.shown?.call.moving === false && this.failures === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.isConnected && this.visible && !document.hidden) this.ask();
    }, Math.max(0, this.dueAt - performance.now()));
  }

  async ask() {
    const { key, tile } = this;
    this.asking = key;
    const began = performance.now();
    let wait = null;
    try {
      const shown = await load(tile, this.range, Date.now() + this.shift, this.shown);
      if (this.asking !== key) return;
      this.shown = shown;
      this.error = null;
      this.failures = 0;
    } catch (error) {
      if (this.asking !== key) return;
      this.error = error;
      this.failures += 1;
      wait = error.retryAfterSeconds;
      // The tile may have gone from the board, and with it what its key opens.
      if (error.status === 403) this.dispatchEvent(new CustomEvent("refused", { bubbles: true, composed: true }));
    }
    this.asking = null;
    const took = performance.now() - began;
    this.dueAt = performance.now() + restOf({ tiles: this.crowd, took, failures: this.failures, wait });
    if (this.failures > 0) this.pulse();
  }

  retry() {
    this.failures = 0;
    this.dueAt = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.asking = null;
    this.pulse();
  }

  render() {
    const { tile, shown, error } = this;
    const title = titleOf(tile);
    if (tile.kind === "text") return html`${tile.title ? html`<header><h2><bdi>${foreign(title)}</bdi></h2></header>` : nothing}<div class="body"><div class="words">${paragraphs(tile.options?.text)}</div></div>`;
    const stale = error !== null && shown !== null && transient(error);
    return html`<header><h2 class="cut" title=${foreign(title)}><bdi>${foreign(title)}</bdi></h2></header>
      <div class="body" ?data-stale=${stale}>${error !== null && !stale ? this.wrong(error)
        : shown === null ? html`<rv-skeleton ?chart=${tile.kind !== "number"} lines="2" aria-busy="true"></rv-skeleton>`
        : bodyOf(tile, shown, { sort: this.sort, onSort: (sort) => (this.sort = sort) })}</div>
      ${shown === null || (error !== null && !stale) ? nothing : html`<footer>
        <span class="facts cut">${stale ? "not up to date: " : ""}${stale ? error.message : factsOf(shown, tile.kind).map(foreign).join(" · ")}</span>
        <rv-source .facts=${[]} path=${shown.call.path} .params=${shown.call.params}></rv-source></footer>`}`;
  }

  wrong(error) {
    return html`<div class="wrong" role="alert"><p><b>${error.status === 0 ? "No connection" : error.status === 404 ? "There is no such thing" : error.status === 403 ? "Not shared" : "No answer"}</b> ${foreign(error.message)}</p>
      <button class="button" @click=${this.retry}>Try again</button></div>`;
  }
}

/** What may be over in a moment: the numbers before stay, marked. */
const transient = ({ status }) => status === 0 || status === 429 || status >= 500;

const paragraphs = (text = "") => text.split(/\n{2,}/).map((part) => html`<p>${part.split("\n").map((line, i) => html`${i > 0 ? html`<br>` : nothing}${foreign(line)}`)}</p>`);

customElements.define("rv-board-tile", RvBoardTile);
