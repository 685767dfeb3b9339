import { css } from "lit";

export const eventsStyles = css`
  :host { display: block; }
  .page { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); padding: clamp(1.25rem, 3vw, 2.5rem) var(--gutter) var(--space-7); }
  .first { padding: clamp(2rem, 9vh, 7rem) var(--gutter); display: grid; justify-content: center; grid-template-columns: minmax(0, 52rem); }
  .result { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); transition: opacity var(--quick); }
  .result[data-waiting] { opacity: 0.55; }
  .figures { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-4) var(--space-7); padding-top: var(--space-4); border-top: 1px solid var(--line-strong); }
  rv-switches { margin-left: auto; }
  rv-chart { height: clamp(15rem, 42vh, 36rem); }
  .below { display: grid; grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr); gap: var(--space-6) clamp(1.5rem, 4vw, 4.5rem); align-items: start; margin-top: var(--space-4); }
  .values { min-width: 0; }
  .values > p, .values rv-source { margin-top: var(--space-2); }
  .values h2 { display: flex; align-items: baseline; gap: 0.4em; height: 2.25rem; border-bottom: 1px solid var(--line-strong); }
  .values h2 rv-picker { min-width: 0; }
  .silent { display: grid; gap: var(--space-4); justify-items: start; padding: var(--space-6) 0; color: var(--muted); font-size: var(--size-l); overflow-wrap: anywhere; }
  .silent b { color: var(--text); }
  .silent .button { font-size: var(--size-m); color: var(--text); }
  @media (max-width: 56rem) { .below { grid-template-columns: minmax(0, 1fr); } rv-switches { margin-left: 0; } }
`;
