import { css } from "lit";

export const gridStyles = css`
  :host { display: block; container-type: inline-size; --unit: 5rem; --gap: var(--space-3); }
  .grid { position: relative; display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); grid-auto-rows: var(--unit); gap: var(--gap); min-height: calc(var(--rows) * var(--unit)); }
  .cell { position: relative; display: grid; min-width: 0; min-height: 0; grid-column: var(--column); grid-row: var(--row); scroll-margin: 6rem; }
  rv-board-tile { min-width: 0; }
  :host([editing]) .grid { padding-bottom: calc(var(--unit) * 2); }
  :host([editing]) rv-board-tile { user-select: none; }
  :host([editing]) .cell:is(:hover, :focus-within) rv-board-tile { border-color: var(--muted); }
  .cell[data-selected] rv-board-tile { border-color: var(--water); box-shadow: 0 0 0 1px var(--water); }
  .cell[data-moving] { z-index: 6; transform: translate(var(--x), var(--y)); cursor: grabbing; }
  .cell[data-moving] rv-board-tile { box-shadow: var(--shadow); opacity: 0.94; }
  .ghost { grid-column: var(--column); grid-row: var(--row); border: 2px dashed var(--water); border-radius: var(--radius); background: var(--water-soft); z-index: 1; }
  /* The whole head of a tile is the grip, but for the tools beside it. */
  .grip { position: absolute; z-index: 3; inset: 0 6.25rem auto 0; height: 2.5rem; display: flex; align-items: center; justify-content: center; color: var(--muted); cursor: grab; touch-action: none; border-radius: var(--radius); }
  .grip svg { position: absolute; left: 50%; top: 2px; rotate: 90deg; opacity: 0.55; }
  .grip:hover svg, .grip:focus-visible svg { opacity: 1; color: var(--water); }
  .grip:focus-visible { outline-offset: -2px; }
  .grip:active { cursor: grabbing; }
  .tools { position: absolute; z-index: 3; top: 0.3rem; right: 0.3rem; display: flex; background: var(--raised); border-radius: var(--radius); }
  .tools button { display: grid; place-items: center; width: 1.9rem; height: 1.9rem; border-radius: var(--radius); color: var(--muted); }
  .tools button:hover { background: var(--hover); color: var(--text); }
  .tools .remove:hover { color: var(--alarm); }
  .tools :is(.up, .down) { display: none; }
  .tools .up svg { rotate: 180deg; }
  .corner { position: absolute; z-index: 3; right: 0; bottom: 0; width: 1.6rem; height: 1.6rem; cursor: nwse-resize; touch-action: none; }
  .corner::after { content: ""; position: absolute; right: 0.35rem; bottom: 0.35rem; width: 0.55rem; height: 0.55rem; border: solid var(--muted); border-width: 0 2px 2px 0; border-radius: 0 0 3px 0; }
  .corner:hover::after { border-color: var(--water); }

  @container (max-width: 44rem) {
    .grid { grid-template-columns: minmax(0, 1fr); grid-auto-rows: auto; }
    .cell { grid-column: 1; grid-row: auto; height: calc(var(--high) * var(--unit) + (var(--high) - 1) * var(--gap)); max-height: 26rem; min-height: 8.5rem; }
    .cell[data-kind="text"] { height: auto; min-height: 0; }
    .corner { display: none; }
    .tools :is(.up, .down) { display: grid; }
    .grip { right: 10rem; touch-action: auto; cursor: default; }
  }
  /* On the wall the rows share the height of the screen. */
  :host([wall]) .grid { grid-template-columns: repeat(12, minmax(0, 1fr)); grid-auto-rows: max(var(--unit), calc((100dvh - 4.75rem - (var(--rows) - 1) * var(--gap)) / var(--rows))); }
  :host([wall]) .cell { grid-column: var(--column); grid-row: var(--row); height: auto; max-height: none; min-height: 0; }
  @media print { .cell { break-inside: avoid; } }
`;
