import { css } from "lit";

/** Sizes within a tile follow the tile: the same tile reads well at 3 columns of a phone and of a wall. */
export const tileStyles = css`
  :host { display: grid; grid-template-columns: minmax(0, 1fr); grid-template-rows: auto minmax(0, 1fr) auto; min-width: 0; min-height: 0; overflow: hidden; padding: var(--space-3) var(--space-4) var(--space-2); border-radius: var(--radius); border: 1px solid var(--line); background: var(--raised); --bg: var(--raised); }
  header { display: flex; align-items: center; min-height: 1.5rem; padding-bottom: var(--space-1); }
  h2 { font-size: var(--size-m); }
  .body { grid-row: 2; position: relative; display: flex; flex-direction: column; min-height: 0; min-width: 0; container-type: size; transition: opacity var(--quick); }
  .body[data-stale] { opacity: 0.5; }
  rv-chart, rv-percentile-bands, rv-latency-heat-map { flex: 1; min-height: 0; width: 100%; }
  rv-skeleton { --height: 100%; flex: 1; }
  .scroll { flex: 1; min-height: 0; overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; }
  footer { grid-row: 3; display: flex; align-items: center; gap: var(--space-2); min-height: 1.5rem; color: var(--muted); font-size: var(--size-xs); }
  footer .facts { flex: 1; }
  footer rv-source { flex: none; font-size: var(--size-xs); }

  .number { flex: 1; display: grid; grid-template-columns: minmax(0, 1fr) auto; grid-template-rows: auto auto minmax(0, 1fr); gap: 0 var(--space-3); min-height: 0; }
  .value { grid-column: 1 / -1; display: flex; align-items: baseline; gap: var(--space-3); min-width: 0; line-height: 1.1; }
  .value rv-number { font-size: clamp(1.125rem, min(19cqw, 36cqh, calc(150cqw / var(--chars, 8))), 9rem); font-weight: 500; letter-spacing: -0.03em; }
  .alone .value rv-number { font-size: clamp(1.125rem, min(24cqw, 62cqh, calc(150cqw / var(--chars, 8))), 14rem); }
  .unit { color: var(--muted); font-size: clamp(var(--size-s), min(5cqw, 10cqh), 1.75rem); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .trend { display: flex; flex-wrap: wrap; justify-content: flex-end; align-content: start; gap: 0 var(--space-2); color: var(--muted); font-size: clamp(var(--size-s), min(5cqw, 10cqh), 1.5rem); text-align: right; }
  .trend b { font-weight: 600; color: var(--text); white-space: nowrap; }
  .trend b.good { color: var(--water); }
  .trend b.bad { color: var(--alarm); }
  rv-sparkline { grid-column: 1 / -1; align-self: end; height: 100%; max-height: 10rem; padding-top: var(--space-2); }
  .level { padding: 0.1em 0.55em; border-radius: 1em; font-size: clamp(var(--size-xs), 8cqh, 1.25rem); font-weight: 600; }
  [data-level="good"] .value rv-number { color: var(--water); }
  [data-level="good"] .level { background: var(--water-soft); color: var(--water); }
  [data-level="warn"] .value rv-number { color: var(--sand); }
  [data-level="warn"] .level { background: var(--sand-soft); color: var(--sand); }
  [data-level="bad"] .value rv-number { color: var(--alarm); }
  [data-level="bad"] .level { background: var(--alarm-soft); color: var(--alarm); }
  [data-level="warn"] { --ink: var(--sand); }
  [data-level="bad"] { --ink: var(--alarm); }
  @container (max-height: 6rem) {
    rv-sparkline { display: none; }
  }
  @container (max-height: 4.5rem) {
    .trend span:last-child { display: none; }
  }
  @container (max-width: 13.5rem) {
    .trend span:last-child { display: none; }
  }
  @container (max-width: 9rem) {
    .number { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto auto auto minmax(0, 1fr); }
    .trend { justify-content: flex-start; text-align: left; }
  }

  .legend { display: flex; flex-wrap: wrap; gap: 0 var(--space-4); max-height: 2.75rem; overflow: hidden; padding-top: var(--space-1); color: var(--muted); font-size: var(--size-s); }
  .legend li { display: inline-flex; align-items: center; gap: var(--space-2); max-width: 14rem; white-space: nowrap; overflow: hidden; }
  .legend i { flex: none; width: 0.65rem; height: 0.65rem; border-radius: 2px; }
  @container (max-height: 8rem) { .legend { display: none; } }

  .words { flex: 1; overflow: auto; display: grid; gap: var(--space-3); align-content: start; font-size: clamp(var(--size-m), min(6cqw, 12cqh), 1.75rem); line-height: 1.4; overflow-wrap: anywhere; }
  .cannot { margin: auto; color: var(--muted); text-align: center; max-width: 32ch; }
  .wrong { display: grid; gap: var(--space-2); justify-items: start; align-content: start; flex: 1; min-height: 0; overflow: auto; padding-left: var(--space-3); border-left: 3px solid var(--alarm); }
  .wrong p { overflow-wrap: anywhere; font-size: var(--size-s); }
  .wrong b { display: block; font-weight: 600; }
  .wrong .button { min-height: 1.75rem; padding: 0 var(--space-3); font-size: var(--size-s); }
  :host([wall]) footer rv-source { display: none; }
`;
