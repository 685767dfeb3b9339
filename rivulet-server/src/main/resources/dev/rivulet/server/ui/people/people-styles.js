import { css } from "lit";

export const peopleStyles = css`
  .list { display: grid; gap: var(--space-3); transition: opacity var(--quick); }
  .list[data-waiting] { opacity: 0.55; }
  table { width: 100%; border-collapse: collapse; table-layout: fixed; }
  th, td { height: 2.75rem; padding: 0 var(--space-5) 0 0; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); }
  thead th { height: 2.25rem; color: var(--muted); font-size: var(--size-s); border-bottom-color: var(--line-strong); }
  tbody tr { position: relative; }
  tbody tr:hover { background: var(--hover); }
  tbody tr:hover .who { color: var(--water); }
  .who { display: block; font-weight: 600; }
  a.who::after { content: ""; position: absolute; inset: 0; }
  .user { width: 30%; }
  .when { width: 9.5rem; }
  .numeric { width: 7rem; padding-right: 0; text-align: right; }
  td.numeric { font-weight: 600; }
  .traits { color: var(--muted); font-size: var(--size-s); }
  .traits b { font-weight: 400; color: var(--text); }
  .seen { white-space: nowrap; }
  .more { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-3) var(--space-4); }
  @media (max-width: 64rem) { .first-seen { display: none; } }
  @media (max-width: 40rem) {
    thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    table, tbody { display: block; }
    tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--space-3); padding: var(--space-2) 0; border-bottom: 1px solid var(--line); }
    th, td { height: auto; padding: 0; border: 0; width: auto; }
    .user, .traits { grid-column: 1; width: auto; }
    .when, .numeric { grid-column: 2; text-align: right; width: auto; }
    .user, .when { grid-row: 1; }
    .traits, .numeric { grid-row: 2; }
    td.when { color: var(--muted); font-size: var(--size-s); }
    td.numeric { font-size: var(--size-s); }
    td.numeric::after { content: " " attr(data-unit); font-weight: 400; color: var(--muted); }
  }
`;
