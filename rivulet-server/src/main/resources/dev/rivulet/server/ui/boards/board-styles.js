import { css } from "lit";

export const boardStyles = css`
  .page { gap: var(--space-4); padding-top: var(--space-4); }
  h1 { font-size: clamp(1.25rem, 1rem + 1.1vw, 1.875rem); font-weight: 500; }
  /* Saving is at hand however far one has scrolled. */
  @media (min-width: 48rem) { .page[data-editing] rv-board-bar { position: sticky; z-index: 8; top: 3.5rem; padding: var(--space-2) 0; margin: calc(-1 * var(--space-2)) 0; background: var(--bg); } }
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

  @media (max-width: 48rem) { .how { display: none; } }
  @media print { .how, .note { display: none; } .page { padding: 0; } .page[data-editing] rv-board-bar { position: static; } }
`;
