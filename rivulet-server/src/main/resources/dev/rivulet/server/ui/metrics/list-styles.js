import { css } from "lit";

export const listStyles = css`
  .list { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); }
  table { width: 100%; border-collapse: collapse; table-layout: fixed; }
  th, td { height: 3.75rem; padding: 0 var(--space-5) 0 0; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); }
  thead th { height: 2.25rem; color: var(--muted); font-size: var(--size-s); border-bottom-color: var(--line-strong); }
  tbody tr { position: relative; }
  tbody tr:hover { background: var(--hover); }
  tbody tr:hover .who { color: var(--water); }
  .who { display: block; font-weight: 600; }
  a.who::after { content: ""; position: absolute; inset: 0; }
  .kind { color: var(--muted); font-size: var(--size-s); }
  .kind b { color: var(--sand); font-weight: 600; }
  .spark { width: 24%; }
  rv-sparkline { height: 2.25rem; }
  .value { width: 11rem; text-align: right; }
  .value rv-number { display: block; font-size: var(--size-l); font-weight: 600; }
  .word { color: var(--muted); font-size: var(--size-s); }
  .parts { width: 10.5rem; font-size: var(--size-s); }
  .when { width: 7rem; color: var(--muted); font-size: var(--size-s); white-space: nowrap; }
  .numeric { width: 7rem; padding-right: 0; text-align: right; font-variant-numeric: tabular-nums; }
  @media (max-width: 64rem) { .parts { display: none; } }
  @media (max-width: 48rem) {
    thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    table, tbody { display: block; }
    tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) 4.5rem 6.5rem; align-items: center; gap: 0 var(--space-4); padding: var(--space-3) 0; border-bottom: 1px solid var(--line); }
    th, td { height: auto; padding: 0; border: 0; width: auto; }
    .metric, .spark, .value { width: auto; }
    .when, .numeric { display: none; }
  }
`;
