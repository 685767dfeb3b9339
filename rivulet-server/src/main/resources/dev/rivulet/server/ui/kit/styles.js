import { css } from "lit";

/** What every component shares: box model, focus, links, plain buttons, text for screen readers. */
export const shared = css`
  *, *::before, *::after { box-sizing: border-box; }
  [hidden] { display: none !important; }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h2 { font-size: var(--size-m); font-weight: 600; line-height: 1.4; }
  a { color: inherit; text-decoration: none; }
  a.quiet { position: relative; color: var(--muted); border-bottom: 1px solid transparent; }
  a.quiet::after { content: ""; position: absolute; inset: -0.3rem 0; } /* A finger is no arrow. */
  a.quiet:hover { color: var(--text); border-bottom-color: var(--line-strong); }
  button, input, select { font: inherit; color: inherit; }
  button { background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
  ::placeholder { color: var(--muted); opacity: 1; }
  :focus { outline: none; }
  :focus-visible { outline: 2px solid var(--water); outline-offset: 3px; border-radius: 4px; }
  .muted { color: var(--muted); }
  .small { font-size: var(--size-s); }
  .mono { font-family: var(--mono); font-size: 0.92em; }
  .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
  /* A name from right to left is cut at its end too, not at its beginning. */
  .cut > bdi:only-child { display: inline-block; max-width: 100%; overflow: hidden; text-overflow: ellipsis; vertical-align: bottom; }
  .out-of-sight {
    position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap;
  }
  .button {
    display: inline-flex; align-items: center; gap: var(--space-2);
    min-height: 2.25rem; padding: 0 var(--space-4); border-radius: var(--radius);
    border: 1px solid var(--line-strong); font-weight: 500;
    transition: background var(--quick), border-color var(--quick);
  }
  .button:hover { background: var(--hover); border-color: var(--muted); }
  .button.primary { background: var(--water); border-color: var(--water); color: var(--on-water); font-weight: 600; }
  .button.primary:hover { filter: brightness(1.08); }
  .button[disabled] { opacity: 0.55; cursor: default; }
  @media print { .button { display: none; } }
`;
