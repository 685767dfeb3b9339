import { LitElement, css, html, nothing, svg } from "lit";
import { rowsOf } from "./grid.js";

const CELL = 10;
const LEAST_ROWS = 9;
const MOST_ROWS = 14;

/** The place of the first tile. */
const BLANK = svg`<rect class="blank" x="0.8" y="0.8" width="38.4" height="26.4" rx="1.4"></rect><path class="ink" d="M20,11 V17 M17,14 H23"></path>`;

/** A board as a small picture: `tiles` with their places; says nothing to screen readers. */
export class RvMiniBoard extends LitElement {
  static properties = { tiles: { attribute: false } };

  static styles = css`
    :host { display: block; }
    svg { display: block; width: 100%; height: auto; }
    .box { fill: var(--raised); stroke: var(--line-strong); stroke-width: 0.6; }
    .ink { fill: none; stroke: var(--water); stroke-width: 1.2; stroke-linecap: round; stroke-linejoin: round; }
    .soft { fill: var(--water-soft); }
    .full { fill: var(--water); }
    .sand { fill: none; stroke: var(--sand); stroke-width: 1; stroke-linecap: round; }
    .band { fill: var(--sand-soft); }
    .blank { fill: none; stroke: var(--line-strong); stroke-width: 0.6; stroke-dasharray: 2 1.6; }
    .faint { stroke: var(--line-strong); stroke-width: 1; stroke-linecap: round; }
  `;

  render() {
    const tiles = this.tiles ?? [];
    const rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, rowsOf(tiles)));
    return html`<svg viewBox="0 0 ${12 * CELL} ${rows * CELL * 0.7}" aria-hidden="true">${tiles
      .filter(({ place }) => place.row <= rows)
      .map((tile) => this.tile(tile))}${this.tiles?.length === 0 ? BLANK : nothing}</svg>`;
  }

  tile({ kind, place }) {
    const [x, y] = [(place.column - 1) * CELL + 0.8, (place.row - 1) * CELL * 0.7 + 0.8];
    const [w, h] = [place.width * CELL - 1.6, place.height * CELL * 0.7 - 1.6];
    return svg`<g transform="translate(${x} ${y})"><rect class="box" width=${w} height=${h} rx="1.4"></rect>${glyph(kind, w, h)}</g>`;
  }
}

const WAVE = [0.7, 0.52, 0.6, 0.38, 0.5, 0.3, 0.42, 0.2];
const along = (w, h, lift = 0) => WAVE.map((part, i) => `${(w * (0.08 + (0.84 * i) / 7)).toFixed(1)},${(h * Math.min(0.92, part + 0.08 + lift)).toFixed(1)}`);

function glyph(kind, w, h) {
  switch (kind) {
    case "number": return svg`<rect class="full" x=${w * 0.1} y=${h * 0.22} width=${Math.min(12, w * 0.42)} height=${h * 0.26} rx="0.8"></rect>
      <path class="ink" d="M${along(w, h, 0.35).slice(1).join(" L")}"></path>`;
    case "line": return svg`<path class="soft" d="M${w * 0.08},${h * 0.92} L${along(w, h).join(" L")} L${w * 0.92},${h * 0.92} Z"></path><path class="ink" d="M${along(w, h).join(" L")}"></path>`;
    case "bars": return svg`${[0.9, 0.66, 0.5, 0.34].map((part, i) => svg`<rect class=${i === 0 ? "full" : "soft"} x=${w * 0.08} y=${h * (0.14 + i * 0.2)} width=${w * 0.84 * part} height=${h * 0.12} rx="0.6"></rect>`)}`;
    case "table": return svg`${[0.2, 0.4, 0.6, 0.8].map((part) => svg`<path class="faint" d="M${w * 0.06},${h * part} H${w * 0.6} M${w * 0.78},${h * part} H${w * 0.94}"></path>`)}`;
    case "percentiles": return svg`<path class="band" d="M${along(w, h, -0.16).join(" L")} L${along(w, h, 0.16).toReversed().join(" L")} Z"></path>
      <path class="sand" d="M${along(w, h, -0.16).join(" L")}"></path><path class="ink" d="M${along(w, h, 0.16).join(" L")}"></path>`;
    case "heatmap": return svg`${Array.from({ length: 24 }, (_, i) => svg`<rect class="full" opacity=${(0.15 + 0.75 * Math.abs(Math.sin(i * 2.4))).toFixed(2)}
      x=${w * 0.06 + (i % 8) * w * 0.11} y=${h * 0.14 + Math.floor(i / 8) * h * 0.25} width=${w * 0.1} height=${h * 0.22} rx="0.5"></rect>`)}`;
    case "text": return svg`${[0.3, 0.5, 0.7].map((part, i) => svg`<path class="faint" d="M${w * 0.1},${h * part} H${w * (i === 2 ? 0.5 : 0.86)}"></path>`)}`;
    default: return nothing;
  }
}

customElements.define("rv-mini-board", RvMiniBoard);
