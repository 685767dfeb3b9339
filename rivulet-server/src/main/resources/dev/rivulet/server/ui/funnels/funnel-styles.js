import { css } from "lit";

/** What the parts of the report share. */
export const funnelStyles = css`
  h2 { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 var(--space-3); }
  h2 .muted { font-weight: 400; }
  .note { padding: var(--space-2) var(--space-4); background: var(--sand-soft); border-radius: var(--radius); font-size: var(--size-s); }
  .delta { font-size: var(--size-s); white-space: nowrap; color: var(--muted); }
  .delta b { font-weight: 600; color: var(--water); }
  .delta b.less { color: var(--alarm); }
  .delta b.same { color: var(--muted); }
`;
