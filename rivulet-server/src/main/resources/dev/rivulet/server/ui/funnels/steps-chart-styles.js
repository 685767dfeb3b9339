import { css } from "lit";

/**
 * Columns where there is room, rows where there is not. A column is head, figures, and a plot of a
 * bar and the stream to the next; what was lost stands over that stream.
 */
export const stepsChartStyles = css`
  :host { display: block; }
  ol { display: grid; grid-template-columns: repeat(calc(var(--steps) - 1), minmax(0, 1fr)) minmax(9.5rem, 0.5fr); grid-template-rows: auto auto auto; }
  li { position: relative; display: grid; grid-row: 1 / span 3; grid-template-rows: subgrid; grid-template-columns: minmax(0, 1fr); }
  .head { padding-right: var(--space-4); }
  li:last-child .head { padding-right: 0; }
  .said .head { min-height: 3rem; }
  .name { display: flex; align-items: baseline; gap: 0.55em; font-weight: 600; }
  .nth { color: var(--muted); font-weight: 400; font-size: var(--size-s); }
  .where { display: flex; align-items: baseline; gap: var(--space-2); color: var(--muted); font-size: var(--size-s); }
  .tag { padding: 0 0.5em; border: 1px dashed var(--water); border-radius: 1rem; color: var(--water); font-size: var(--size-xs); line-height: 1.5; }
  .figures { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 var(--space-3); padding: 0 var(--space-4) var(--space-3) 0; }
  .users { font-size: var(--size-xl); font-weight: 500; letter-spacing: -0.02em; line-height: 1.25; }
  .share { color: var(--muted); }
  .plot { position: relative; display: grid; grid-template-columns: minmax(2.5rem, 1fr) minmax(0, 1fr); height: clamp(13rem, 36vh, 27rem); border-bottom: 1px solid var(--line-strong); }
  li:last-child .plot { grid-template-columns: minmax(0, 1fr); }
  .bar { position: relative; display: block; width: 100%; height: 100%; border-radius: var(--radius) var(--radius) 0 0; }
  .fill { position: absolute; inset: auto 0 0; height: max(var(--least), calc(var(--part) * 100%)); background: var(--water); transition: height var(--flow) ease-out, filter var(--quick); }
  .optional .fill { background: repeating-linear-gradient(135deg, var(--water) 0 2px, var(--water-soft) 2px 8px); border: 1.5px dashed var(--water); border-bottom: 0; }
  .past { position: absolute; inset: auto 0 0; height: calc(var(--level) * 100%); background: var(--water-soft); transition: height var(--flow) ease-out; }
  .ghost { position: absolute; inset: auto -0.3rem 0; height: max(2px, calc(var(--part) * 100%)); border: 2px dashed var(--sand); border-bottom: 0; pointer-events: none; }
  .stream { display: block; width: 100%; height: 100%; fill: var(--water-soft); }
  button.bar:hover { background: var(--hover); }
  button.bar:hover .fill { filter: brightness(1.12); }
  button.bar[aria-pressed="true"] .fill { box-shadow: inset 0 0 0 3px var(--text); }
  .delta { font-size: var(--size-s); color: var(--muted); white-space: nowrap; }
  .delta b { font-weight: 600; color: var(--water); }
  .delta b.less { color: var(--alarm); }
  .delta b.same { color: var(--muted); }

  .flow { position: relative; display: flex; flex-direction: column; justify-content: space-between; align-items: flex-end; padding: var(--space-2) var(--space-4) var(--space-2) var(--space-2); min-width: 0; text-align: right; }
  .stream { position: absolute; inset: 0; }
  .drop, .times { position: relative; }
  .drop { display: grid; justify-items: end; line-height: 1.35; text-align: right; }
  .drop b { font-size: var(--size-l); font-weight: 600; color: var(--alarm); white-space: nowrap; }
  .drop b.took { color: var(--water); }
  .lost { color: var(--muted); font-size: var(--size-s); }
  button.drop { border-radius: var(--radius); }
  button.drop::before { content: ""; position: absolute; inset: calc(-1 * var(--space-2)); border-radius: var(--radius); }
  button.drop:hover::before, button.drop[aria-pressed="true"]::before { background: var(--hover); }
  button.drop[aria-pressed="true"]::before { box-shadow: inset 0 0 0 2px var(--alarm); }
  .times { color: var(--muted); font-size: var(--size-s); line-height: 1.4; }
  .times > span { display: block; white-space: nowrap; }

  :host([rows]) ol { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; }
  :host([rows]) li { grid-row: auto; grid-template-rows: none; grid-template-columns: minmax(0, 1fr) auto; }
  :host([rows]) .said .head { min-height: 0; }
  :host([rows]) .head { grid-area: 1 / 1; min-height: 0; align-self: end; padding: 0.4rem var(--space-3) var(--space-1) 0; }
  :host([rows]) .figures { grid-area: 1 / 2; align-self: end; justify-content: flex-end; padding: 0 0 var(--space-1); }
  :host([rows]) .users { font-size: var(--size-l); }
  :host([rows]) .share { min-width: 3.2em; text-align: right; }
  :host([rows]) .plot, :host([rows]) li:last-child .plot { grid-column: 1 / -1; grid-template-columns: minmax(0, 1fr); grid-template-rows: 1.75rem auto; height: auto; border: 0; border-left: 1px solid var(--line-strong); }
  :host([rows]) .fill { inset: 0 auto 0 0; height: auto; width: max(var(--least), calc(var(--part) * 100%)); transition: width var(--flow) ease-out, filter var(--quick); }
  :host([rows]) .past { inset: 0 auto 0 0; height: auto; width: calc(var(--level) * 100%); }
  :host([rows]) .optional .fill { border: 1.5px dashed var(--water); border-left: 0; }
  :host([rows]) .ghost { inset: -0.2rem auto -0.2rem 0; height: auto; width: max(2px, calc(var(--part) * 100%)); border: 2px dashed var(--sand); border-left: 0; }
  :host([rows]) .flow { text-align: left; flex-direction: row; flex-wrap: wrap; justify-content: flex-start; align-items: baseline; gap: 0 var(--space-4); padding: 0.9rem var(--space-3); }
  :host([rows]) .drop { display: flex; align-items: baseline; gap: var(--space-2); }
  :host([rows]) .drop b { font-size: var(--size-m); }
  :host([rows]) .times { display: flex; gap: 0 var(--space-3); }
`;
