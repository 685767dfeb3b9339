import { css } from "lit";

/** The sheet of the status: what to look at, the books, the lag, who does what, and what was not taken. */
export const statusStyles = css`
  .page { transition: opacity var(--flow); }
  .page[data-stale] > :not(.stale-note) { opacity: 0.55; }
  .stale-note { padding: var(--space-2) var(--space-4); background: var(--sand-soft); font-size: var(--size-s); border-radius: var(--radius); }
  section { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); padding-top: var(--space-4); border-top: 1px solid var(--line-strong); }
  section > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 var(--space-3); }
  h2 .muted { font-weight: 400; }
  .none { color: var(--muted); padding: var(--space-2) 0; }

  .warnings { display: grid; gap: var(--space-2); }
  .warnings li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--space-3); padding: var(--space-3) var(--space-4); border-left: 3px solid var(--sand); background: var(--sand-soft); border-radius: 0 var(--radius) var(--radius) 0; overflow-wrap: anywhere; }
  .warnings li.grave { border-color: var(--alarm); background: var(--alarm-soft); }
  .warnings b { font-weight: 600; white-space: nowrap; }

  .figures { padding-top: 0; border-top: 0; }
  .books { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-6); color: var(--muted); font-size: var(--size-s); font-variant-numeric: tabular-nums; }
  .books b { color: var(--text); font-weight: 600; }
  .lag rv-chart { height: clamp(10rem, 24vh, 20rem); }
  .two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--space-5) clamp(1.5rem, 4vw, 4.5rem); align-items: start; }

  .map { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: var(--space-2); }
  .map.many { grid-template-columns: repeat(auto-fill, minmax(2.75rem, 1fr)); gap: 3px; }
  .cell { display: grid; gap: 0.1rem; padding: var(--space-2) var(--space-3); border-radius: var(--radius); background: var(--raised); border: 1px solid var(--line); border-top: 3px solid var(--owner, var(--alarm)); font-size: var(--size-s); font-variant-numeric: tabular-nums; min-width: 0; }
  .cell b { font-size: var(--size-l); font-weight: 500; }
  .cell.idle { background: var(--alarm-soft); }
  .many .cell { padding: 0.2rem 0.35rem; border-radius: 4px; }
  .many .cell b { font-size: var(--size-s); }
  .many .cell span { display: none; }

  .reasons li { display: grid; grid-template-columns: minmax(9rem, 1fr) auto minmax(0, 3fr) auto; gap: 0 var(--space-4); align-items: baseline; padding: var(--space-2) 0; border-bottom: 1px solid var(--line); }
  .reasons .count { font-weight: 600; text-align: right; min-width: 4ch; font-variant-numeric: tabular-nums; }
  .reasons .detail { overflow-wrap: anywhere; color: var(--muted); }
  .reasons .when, .poison .when { color: var(--muted); font-size: var(--size-s); white-space: nowrap; }
  .poison li { display: grid; grid-template-columns: auto auto minmax(0, 1fr); gap: 0 var(--space-4); align-items: baseline; padding: var(--space-2) 0; border-bottom: 1px solid var(--line); }
  .poison .why { overflow-wrap: anywhere; }

  .bars { display: grid; gap: var(--space-4); }
  .bar-row { display: grid; gap: var(--space-1); min-width: 0; }
  .bar-row p { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 var(--space-3); min-width: 0; }
  .bar-row .facts { color: var(--muted); font-size: var(--size-s); justify-content: flex-start; }
  .key { display: inline-block; width: 0.65rem; height: 0.65rem; border-radius: 2px; margin-right: 0.35rem; }

  @media (max-width: 64rem) { .two { grid-template-columns: minmax(0, 1fr); } }
  @media (max-width: 48rem) {
    .figures { display: grid; grid-template-columns: 1fr 1fr; gap: var(--space-4); }
    .warnings li { grid-template-columns: minmax(0, 1fr); gap: 0; }
    .reasons li { grid-template-columns: minmax(0, 1fr) auto; }
    .reasons .detail { grid-column: 1 / -1; grid-row: 2; }
    .reasons .when { grid-column: 1 / -1; }
    .poison li { grid-template-columns: auto minmax(0, 1fr); }
    .poison .why { grid-column: 1 / -1; }
  }
`;
