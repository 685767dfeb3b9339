import { css } from "lit";

export const performanceStyles = css`
  .whole { padding-top: var(--space-5); border-top: 1px solid var(--line-strong); }
  .panel { display: grid; grid-template-columns: minmax(0, 1fr); align-content: start; gap: var(--space-2); min-width: 0; }
  .panel > header { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-1) var(--space-4); min-height: 2rem; }
  .legend { display: flex; flex-wrap: wrap; gap: 0 var(--space-4); color: var(--muted); font-size: var(--size-s); }
  .legend span { display: inline-flex; align-items: center; gap: 0.4rem; }
  .legend i { width: 0.65rem; height: 0.65rem; border-radius: 2px; }
  .scale { display: flex; margin-left: auto; padding: 2px; border: 1px solid var(--line); border-radius: calc(var(--radius) + 2px); }
  .scale button { height: 1.75rem; padding: 0 var(--space-3); border-radius: var(--radius); color: var(--muted); font-size: var(--size-s); }
  .scale button[aria-pressed="true"] { background: var(--hover); color: var(--text); font-weight: 600; }
  rv-percentile-bands { height: clamp(14rem, 34vh, 32rem); }
  .two { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: var(--space-6) clamp(1.5rem, 3vw, 4rem); margin-top: var(--space-4); }
  .two rv-latency-heat-map, .two rv-chart { height: clamp(14rem, 30vh, 28rem); }
  .below { margin-top: var(--space-5); }
  @media (max-width: 64rem) { .two { grid-template-columns: minmax(0, 1fr); } }
`;
