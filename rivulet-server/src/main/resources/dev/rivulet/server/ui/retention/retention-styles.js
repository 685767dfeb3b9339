import { css } from "lit";

/** What the three views share. */
export const retentionStyles = css`
  :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); }
  .figures { align-items: start; }
  h2 { padding-top: var(--space-4); }
  h2 .muted { font-weight: 400; }
  rv-chart { height: clamp(13rem, 32vh, 26rem); }
  .incomplete { padding: var(--space-2) var(--space-4); background: var(--sand-soft); border-radius: var(--radius); font-size: var(--size-s); }
  .kind { display: flex; align-items: center; gap: var(--space-2); color: var(--muted); font-size: var(--size-s); margin-top: var(--space-1); }
  .kind i { width: 0.65rem; height: 0.65rem; flex: none; border-radius: 2px; }
`;
