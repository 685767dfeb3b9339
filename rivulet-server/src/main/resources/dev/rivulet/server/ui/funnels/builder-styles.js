import { css } from "lit";

export const builderStyles = css`
  :host { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); }
  .bar { display: flex; flex-wrap: wrap; align-items: end; gap: var(--space-3) var(--space-4); }
  .bar label, .bar .fixed { flex: 1 1 18rem; min-width: 0; display: grid; }
  .bar input { width: 100%; min-width: 0; height: 3.25rem; padding: 0; border: 0; border-bottom: 2px solid var(--water-deep); background: none; outline: none; font-size: var(--size-2xl); font-weight: 500; letter-spacing: -0.025em; }
  .bar input:focus { border-color: var(--water); }
  .bar input::placeholder { color: var(--muted); opacity: 1; }
  .bar h1 { font-size: var(--size-2xl); font-weight: 500; letter-spacing: -0.025em; overflow-wrap: anywhere; line-height: 1.2; }
  .bar .buttons { display: flex; gap: var(--space-3); }
  .both { display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 5fr); gap: var(--space-5) clamp(1.5rem, 4vw, 4.5rem); align-items: start; }
  .edit { margin-top: calc(-1 * var(--space-2)); display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-5); }
  .bar > .wrong { flex: 1 0 100%; }
  .wrong { color: var(--alarm); font-size: var(--size-s); overflow-wrap: anywhere; }
  .add { color: var(--muted); border-bottom: 2px dashed var(--line-strong); line-height: 1.3; width: fit-content; }
  .add:hover { color: var(--water); border-color: var(--water); }
  .sentence { font-size: var(--size-l); line-height: 1.6; letter-spacing: -0.01em; }
  .sentence input { width: 2.6em; height: 1.7em; padding: 0 0.2em; border: 0; border-bottom: 2px solid var(--water-deep); background: none; color: var(--water); font-weight: 500; text-align: right; outline-offset: 2px; }
  .sentence input:focus { border-color: var(--water); }
  @supports (field-sizing: content) { .sentence input { width: auto; min-width: 1.4em; max-width: 7em; field-sizing: content; } }
  .how { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-3); padding-top: var(--space-2); }
  .how p.muted { font-size: var(--size-s); max-width: 44em; }
  .preview { position: sticky; top: 4.5rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); padding: var(--space-5); background: var(--raised); border-radius: 0.75rem; box-shadow: 0 0 0 1px var(--line); max-height: calc(100dvh - 5.5rem); overflow: auto; }
  .preview header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 var(--space-4); }
  .preview .big { font-size: var(--size-2xl); font-weight: 500; letter-spacing: -0.025em; line-height: 1.1; color: var(--water); }
  .shown { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--space-4); transition: opacity var(--quick); }
  .shown[data-waiting] { opacity: 0.5; }
  @media (max-width: 64rem) {
    .both { grid-template-columns: minmax(0, 1fr); }
    .preview { position: static; max-height: none; padding: var(--space-4); }
  }
`;
