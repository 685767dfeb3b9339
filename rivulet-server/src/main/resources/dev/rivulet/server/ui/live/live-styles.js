import { css } from "lit";

/** One sheet of paper with rules, not a wall of cards; the river runs from edge to edge. */
export const liveStyles = css`
  :host { display: block; }
  .page { transition: opacity var(--flow); }
  .page[data-stale] :is(.numbers, .river, .sums, rv-hours, .lists > div) { opacity: 0.55; }
  .stale-note { padding: var(--space-2) var(--gutter); background: var(--sand-soft); font-size: var(--size-s); }
  .first { padding: clamp(2rem, 9vh, 7rem) var(--gutter); display: grid; justify-content: center; grid-template-columns: minmax(0, 52rem); gap: var(--space-4); }
  rv-source { grid-column: 1 / -1; }

  .now { position: relative; padding: clamp(1.25rem, 3vw, 3rem) 0 0; }
  .numbers { display: flex; flex-wrap: wrap; gap: var(--space-4) clamp(2rem, 6vw, 6rem); padding: 0 var(--gutter); min-height: calc(var(--size-hero) + 2rem); }
  .numbers rv-skeleton { width: 14rem; --height: var(--size-hero); }
  .river { height: clamp(12rem, 32vh, 32rem); margin-top: calc(-1 * var(--space-4)); padding: 0 var(--gutter); }
  .now rv-source { padding: var(--space-1) var(--gutter) var(--space-4); }

  .today, .lists { margin: 0 var(--gutter); padding: var(--space-5) 0 var(--space-4); border-top: 1px solid var(--line-strong); display: grid; gap: var(--space-4) clamp(1.5rem, 4vw, 4.5rem); }
  .today { grid-template-columns: minmax(13rem, 1fr) minmax(0, 3fr); align-items: start; }
  .sums { display: grid; gap: var(--space-5); }
  .lists { grid-template-columns: repeat(3, minmax(0, 1fr)); padding-bottom: var(--space-6); }
  .lists h2 { padding-bottom: var(--space-2); border-bottom: 1px solid var(--line); }
  h2 .muted { font-weight: 400; }

  @media print { .river { margin-top: 0; } }
  @media (max-width: 64rem) {
    .lists { grid-template-columns: repeat(2, minmax(0, 1fr)); }
    .lists > div:nth-child(3) { grid-column: 1 / -1; }
  }
  @media (max-width: 48rem) {
    .river { margin-top: var(--space-3); }
    .today { grid-template-columns: minmax(0, 1fr); }
    .sums { grid-template-columns: 1fr 1fr; }
    .sums h2 { grid-column: 1 / -1; }
    .lists { grid-template-columns: minmax(0, 1fr); gap: var(--space-6); }
  }
`;
