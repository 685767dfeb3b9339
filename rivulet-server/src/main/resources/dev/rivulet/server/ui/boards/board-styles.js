import { css } from "lit";

export const boardStyles = css`
  .page { gap: var(--space-4); padding-top: var(--space-4); }
  .top { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--space-2) var(--space-4); min-height: 3rem; }
  h1 { font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; line-height: 1.3; }
  .title { flex: 1 1 14rem; min-width: 0; height: 2.75rem; padding: 0 var(--space-2); margin-left: calc(-1 * var(--space-2)); font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; letter-spacing: -0.02em; background: none; border: 0; border-bottom: 2px solid var(--water-deep); border-radius: var(--radius) var(--radius) 0 0; }
  .title:hover, .title:focus { background: var(--hover); border-color: var(--water); outline: none; }
  .acts { display: flex; flex-wrap: wrap; align-items: center; gap: var(--space-2) var(--space-3); }
  .acts .button { font-size: var(--size-s); padding: 0 var(--space-3); }
  rv-range-picker { font-weight: 500; margin-right: var(--space-2); }
  .usual { color: var(--muted); font-size: var(--size-s); }
  .usual rv-picker { color: var(--text); font-weight: 500; }
  .group { display: inline-flex; }
  .tool { display: grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: var(--radius); color: var(--muted); }
  .tool:not([disabled]):hover { background: var(--hover); color: var(--text); }
  .tool[disabled] { opacity: 0.4; cursor: default; }
  .how { color: var(--muted); font-size: var(--size-s); }
  .note { display: flex; flex-wrap: wrap; gap: var(--space-1) var(--space-4); padding: var(--space-3) var(--space-4); border-left: 3px solid var(--sand); background: var(--sand-soft); border-radius: 0 var(--radius) var(--radius) 0; overflow-wrap: anywhere; }
  .note.alarm { border-color: var(--alarm); background: var(--alarm-soft); }
  .link { color: var(--water); font-weight: 600; }
  .link:hover { text-decoration: underline; }
  .empty { display: grid; justify-items: center; gap: var(--space-4); padding: clamp(2rem, 12vh, 8rem) var(--space-4); text-align: center; border: 2px dashed var(--line-strong); border-radius: var(--radius); }
  .empty h2 { font-size: var(--size-xl); font-weight: 500; }
  .empty p { max-width: 34rem; color: var(--muted); }

  /* While a tile is edited on a wide screen, the board makes room for the panel. */
  @media (min-width: 64rem) { .page[data-panel] { padding-right: 27.5rem; } }

  .wall { min-height: 100dvh; padding: 0.75rem 1rem 1rem; transform: translate(var(--x), var(--y)); transition: opacity 3s, transform 4s; }
  .wall[data-dim] { opacity: 0.45; }
  .wall header { display: flex; align-items: center; gap: var(--space-4); height: 2rem; margin-bottom: 0.5rem; }
  .wall h1 { flex: 1; font-size: var(--size-l); color: var(--muted); }
  .wall time { color: var(--muted); font-size: var(--size-l); font-weight: 500; }
  .wall small { font-size: var(--size-xs); font-weight: 400; }
  .wall .away { color: var(--alarm); font-weight: 600; }
  #leave-wall { min-height: 1.75rem; font-size: var(--size-s); transition: opacity var(--quick); }
  :host([still]) .wall { cursor: none; }
  :host([still]) #leave-wall:not(:focus-visible) { opacity: 0; pointer-events: none; }

  @media (max-width: 36rem) { .acts .button { padding: 0 var(--space-2); } }
  @media (max-width: 48rem) { .how { display: none; } }
  @media print { .acts, .how, .note { display: none; } .page { padding: 0; } }
`;
