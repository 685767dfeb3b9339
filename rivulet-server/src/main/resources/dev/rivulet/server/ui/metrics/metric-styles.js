import { css } from "lit";

export const metricStyles = css`
  header { display: flex; flex-wrap: wrap; align-items: baseline; gap: var(--space-2) var(--space-4); }
  h1 { font-size: var(--size-2xl); font-weight: 500; letter-spacing: -0.025em; line-height: 1.15; overflow-wrap: anywhere; min-width: 0; }
  .kind { padding: 0.1rem 0.6rem; border: 1px solid var(--line-strong); border-radius: 1rem; color: var(--muted); font-size: var(--size-s); }
  .back { flex: 1 0 100%; font-size: var(--size-s); }
  .now { display: grid; gap: var(--space-3); padding-top: var(--space-4); border-top: 1px solid var(--line-strong); }
  .figures { align-items: start; }
  .now + .figures { border-top-color: var(--line); }
  rv-chart, rv-percentile-bands { display: block; height: clamp(15rem, 42vh, 36rem); }
  .legend { display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-5); color: var(--muted); font-size: var(--size-s); }
  .legend i { display: inline-block; width: 0.65rem; height: 0.65rem; margin-right: 0.5rem; border-radius: 2px; }
  .hint { padding: var(--space-3) var(--space-4); border-left: 3px solid var(--sand); background: var(--sand-soft); border-radius: 0 var(--radius) var(--radius) 0; overflow-wrap: anywhere; }
  .below { margin-top: var(--space-3); min-width: 0; }
`;
