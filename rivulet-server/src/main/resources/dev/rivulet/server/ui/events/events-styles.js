import { css } from "lit";

export const eventsStyles = css`
  rv-switches { margin-left: auto; }
  .below { display: grid; grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr); gap: var(--space-6) clamp(1.5rem, 4vw, 4.5rem); align-items: start; margin-top: var(--space-4); }
  .values { min-width: 0; }
  .values > p, .values rv-source { margin-top: var(--space-2); }
  .values h2 { display: flex; align-items: baseline; gap: 0.4em; height: 2.25rem; border-bottom: 1px solid var(--line-strong); }
  .values h2 rv-picker { min-width: 0; }
  @media (max-width: 56rem) { .below { grid-template-columns: minmax(0, 1fr); } rv-switches { margin-left: 0; } }
`;
