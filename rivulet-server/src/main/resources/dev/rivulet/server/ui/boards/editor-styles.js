import { css } from "lit";

export const editorStyles = css`
  :host { display: block; }
  aside { position: fixed; z-index: 12; inset: 0 0 0 auto; width: min(26rem, 100vw); display: grid; grid-template-rows: auto minmax(0, 1fr); background: var(--raised); box-shadow: var(--shadow); animation: in var(--quick) ease-out; }
  header { display: flex; align-items: center; justify-content: space-between; height: 3.5rem; padding: 0 var(--space-3) 0 var(--space-5); border-bottom: 1px solid var(--line); }
  h2 { font-size: var(--size-l); }
  .close { padding: var(--space-2); border-radius: var(--radius); line-height: 0; }
  .close:hover { background: var(--hover); }
  form { display: grid; align-content: start; gap: var(--space-4); padding: var(--space-5); overflow: auto; overscroll-behavior: contain; }
  label, .field { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); align-items: center; gap: var(--space-1) var(--space-3); font-size: var(--size-s); color: var(--muted); }
  .field.top { align-items: start; }
  .field > span { line-height: 1.6; }
  rv-picker { color: var(--text); font-size: var(--size-m); font-weight: 500; }
  input[type="text"], input[type="number"], textarea { min-width: 0; width: 100%; min-height: 2.25rem; padding: 0 var(--space-3); border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--bg); color: var(--text); font: inherit; font-size: var(--size-m); }
  textarea { padding: var(--space-2) var(--space-3); resize: vertical; line-height: 1.5; }
  textarea.mono { font-family: var(--mono); font-size: var(--size-s); }
  label:has(textarea), .preview { grid-template-columns: minmax(0, 1fr); }
  .hint { color: var(--muted); }
  .call { color: var(--muted); font-size: var(--size-xs); overflow-wrap: anywhere; padding: var(--space-2) var(--space-3); background: var(--sunken); border-radius: var(--radius); }
  .check { grid-template-columns: auto 1fr; color: var(--text); }
  input[type="checkbox"], input[type="radio"] { accent-color: var(--water); width: 1rem; height: 1rem; margin: 0; }
  .kinds { display: grid; grid-template-columns: 1fr 1fr; gap: var(--space-2); margin: 0; padding: 0; border: 0; }
  .kinds legend { padding: 0 0 var(--space-2); font-size: var(--size-s); color: var(--muted); }
  .kinds label { grid-template-columns: auto 1fr; min-height: 2.25rem; padding: 0 var(--space-3); border: 1px solid var(--line); border-radius: var(--radius); color: var(--text); cursor: pointer; }
  .kinds label:has(:checked) { border-color: var(--water); background: var(--water-soft); }
  .kinds label:has(:focus-visible) { outline: 2px solid var(--water); outline-offset: 2px; }
  .kinds input:focus-visible { outline: none; }
  .kinds .cannot { color: var(--muted); opacity: 0.55; cursor: default; }
  .box { display: grid; height: 17rem; color: var(--text); }
  .box[data-kind="number"] { height: 11rem; }
  .thresholds { display: grid; gap: var(--space-2); justify-items: start; }
  .thresholds p { display: flex; align-items: center; gap: var(--space-2); }
  .thresholds input { width: 6rem; }
  .button.small { min-height: 2rem; color: var(--text); }
  .wrong { padding: var(--space-3) var(--space-4); border-left: 3px solid var(--alarm); background: var(--alarm-soft); border-radius: 0 var(--radius) var(--radius) 0; overflow-wrap: anywhere; font-size: var(--size-s); }
  #done { justify-content: center; }
  @keyframes in { from { translate: 1.5rem 0; opacity: 0; } }
`;
