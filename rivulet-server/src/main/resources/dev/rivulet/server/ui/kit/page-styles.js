import { css } from "lit";

/** A page that answers a question: the question, its figures, a chart, and what is below. */
export const pageStyles = css`
  :host { display: block; }
  .page { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); padding: clamp(1.25rem, 3vw, 2.5rem) var(--gutter) var(--space-7); }
  .first { padding: clamp(2rem, 9vh, 7rem) var(--gutter); display: grid; justify-content: center; grid-template-columns: minmax(0, 52rem); }
  .result { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); transition: opacity var(--quick); }
  .result[data-waiting] { opacity: 0.55; }
  .figures { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-4) var(--space-7); padding-top: var(--space-4); border-top: 1px solid var(--line-strong); }
  rv-chart { height: clamp(15rem, 42vh, 36rem); }
  .silent { display: grid; gap: var(--space-4); justify-items: start; padding: var(--space-6) 0; color: var(--muted); font-size: var(--size-l); overflow-wrap: anywhere; }
  .silent b { color: var(--text); }
  .silent .button { font-size: var(--size-m); color: var(--text); }
`;
