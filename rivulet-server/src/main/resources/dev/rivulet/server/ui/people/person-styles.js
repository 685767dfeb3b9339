import { css } from "lit";

export const personStyles = css`
  .head { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-3) var(--space-5); }
  .head > div { flex: 1 1 20rem; min-width: 0; }
  .crumb { color: var(--muted); font-size: var(--size-s); }
  h1 { font-size: clamp(1.5rem, 1.1rem + 1.6vw, 2.25rem); font-weight: 500; letter-spacing: -0.025em; line-height: 1.25; overflow-wrap: anywhere; }
  .does { display: flex; gap: var(--space-2); }
  .erase:hover { border-color: var(--alarm); color: var(--alarm); }
  .figures { align-items: start; gap: var(--space-5) clamp(2rem, 5vw, 5rem); }
  .figures .note { margin-top: var(--space-1); color: var(--muted); font-size: var(--size-s); }
  .figures + rv-source { margin-top: var(--space-4); }
  .figures .note .mono { color: var(--text); }
  .now .label { display: flex; align-items: center; gap: var(--space-2); }
  .columns { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(17rem, 1fr); gap: var(--space-6) clamp(2rem, 5vw, 5rem); align-items: start; padding-top: var(--space-5); border-top: 1px solid var(--line-strong); }
  .side { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-6); }
  .side h2 { padding-bottom: var(--space-2); border-bottom: 1px solid var(--line-strong); }
  h2 .muted { font-weight: 400; }
  .side section > rv-source { margin-top: var(--space-2); }
  .known { display: grid; grid-template-columns: minmax(6rem, auto) minmax(0, 1fr); }
  .known > * { padding: 0.4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
  .known dt { padding-right: var(--space-4); color: var(--muted); }
  .none { padding: var(--space-3) 0; color: var(--muted); }
  .visits li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--space-3); padding: 0.45rem 0; border-bottom: 1px solid var(--line); }
  .visits b { font-weight: 600; white-space: nowrap; }
  .visits .way { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 0 var(--space-3); color: var(--muted); font-size: var(--size-s); }
  .visits .way .mono { min-width: 0; max-width: 100%; color: var(--text); }
  .visits + p { margin-top: var(--space-3); }
  @media (max-width: 56rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
  @media (max-width: 30rem) { .figures { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .does { flex: 1 1 100%; } }
`;
